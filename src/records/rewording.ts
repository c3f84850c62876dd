import type { Field, Fields } from '../fields.ts';

type Words = Partial<Pick<Field, 'label' | 'hint' | 'mend' | 'beside' | 'source'>>;

/** The fields of a block in the words of the record type that asks them: keys, kinds and options stay as they are. */
export function reworded<const F extends Fields>(fields: F, words: { readonly [K in keyof F]?: Words }): F {
  const entries = Object.entries(fields).map(([name, field]) => [name, { ...field, ...words[name] }]);
  // Only words differ, and no condition or rule looks at words.
  return Object.fromEntries(entries) as F;
}

/** The fields of a block as another bullet of the guidance asks for them; what the project itself decided keeps its source. */
export function askedBy<const F extends Fields>(fields: F, source: string): F {
  const entries = Object.entries(fields).map(([name, field]) => [
    name,
    field.source.startsWith('RK §3.1') ? { ...field, source } : field,
  ]);
  // Only the source differs.
  return Object.fromEntries(entries) as F;
}
