import { createHash } from 'node:crypto';
import { z } from 'zod';
import { canonicalJson } from './canonicalJson.ts';
import type { RecordType } from './recordType.ts';
import type { RecordStore, Wording } from './ports.ts';
import { CodedError } from './errors.ts';

const shown = z.object({
  type: z.string(),
  title: z.string(),
  sections: z.array(z.object({ id: z.string(), title: z.string(), fields: z.array(z.string()) })),
  fields: z.record(
    z.string(),
    z.object({ kind: z.string(), label: z.string(), options: z.record(z.string(), z.string()).optional() }),
  ),
});

/** The words of a record type as people saw them: enough to read a record without the code of its day. */
export type ShownWording = Readonly<z.infer<typeof shown>>;

const known = new WeakMap<RecordType, Wording>();

/** The words of a record type as it stands now, and their hash. */
export function wordingOf(type: RecordType): Wording {
  const before = known.get(type);
  if (before !== undefined) return before;
  const body = canonicalJson({
    type: type.id,
    title: type.title,
    sections: type.sections.map(({ id, title, fields }) => ({ id, title, fields: [...fields] })),
    fields: Object.fromEntries(
      Object.entries(type.fields).map(([name, field]) => [
        name,
        {
          kind: field.kind,
          label: field.label,
          ...('options' in field
            ? { options: Object.fromEntries(Object.entries(field.options).map(([key, { label }]) => [key, label])) }
            : {}),
        },
      ]),
    ),
  });
  const wording = { hash: createHash('sha256').update(body).digest('hex'), body };
  known.set(type, wording);
  return wording;
}

/** Reads stored words. Throws `CodedError('store.broken')` when they are not what was stored. */
export function readWording(body: string): ShownWording {
  try {
    return shown.parse(JSON.parse(body));
  } catch (cause) {
    throw new CodedError('store.broken', 'The stored wording of a record cannot be read.', { cause });
  }
}

/** The words that were stored under a hash. Throws `CodedError('store.broken')` when they are missing or damaged. */
export async function storedWording(records: Pick<RecordStore, 'wording'>, hash: string): Promise<ShownWording> {
  const body = await records.wording(hash);
  if (body === undefined) throw new CodedError('store.broken', 'The wording of a record is missing from the store.');
  return readWording(body);
}
