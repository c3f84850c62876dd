import type { Change } from '../src/changes.ts';
import { shortened, subheading, subtle, typedText, type Element } from './elements.ts';

/** How many changes a card shows, and how much of each: the history shows the whole. */
const SHOWN = 8;
const SHOWN_CHARACTERS = 200;

/** What changes, question by question, before and after; nothing at all when nothing does. */
export function changeElements(
  title: string,
  changes: readonly Change[],
  [then, now]: readonly [string, string] = ['Before', 'Now'],
  characters: number = SHOWN_CHARACTERS,
): readonly Element[] {
  if (changes.length === 0) return [];
  const more = changes.length - SHOWN;
  return [
    { ...subheading(title), separator: true, spacing: 'Large' },
    ...changes
      .slice(0, SHOWN)
      .flatMap((change) => [
        { ...subtle(change.label, 'Medium'), weight: 'Bolder' as const },
        ...side(then, change.before, characters),
        ...side(now, change.now, characters),
      ]),
    ...(more > 0 ? [subtle(`And ${more} more ${more === 1 ? 'answer' : 'answers'}.`, 'Medium')] : []),
  ];
}

function side(when: string, text: string | undefined, characters: number): readonly Element[] {
  return [subtle(when), typedText(text === undefined ? 'Nothing' : shortened(text, characters).text)];
}
