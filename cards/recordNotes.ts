import type { Note, NoteKind } from '../src/readRecord.ts';
import { labelled, shortened, subtle, typedText, words, type Element, type Room } from './elements.ts';

/** How many notes are shown with a record, the last ones: the history shows all of them. */
const NOTES_SHOWN = 3;

const STYLES = { withdrawn: 'warning', disputed: 'warning', commented: 'emphasis' } as const satisfies Readonly<
  Record<NoteKind, string>
>;

/** What was said about a record since it was made, with who recorded it. */
export function recordNotes(notes: readonly Note[], room: Room): readonly Element[] {
  const more = notes.length - NOTES_SHOWN;
  return [
    ...(more > 0 ? [words(`${more} earlier ${more === 1 ? 'note stands' : 'notes stand'} in the history.`)] : []),
    ...notes.slice(-NOTES_SHOWN).flatMap((note) => noteElements(note, room)),
  ];
}

function noteElements({ kind, title, lines, signed }: Note, room: Room): readonly Element[] {
  return [
    {
      type: 'Container',
      style: STYLES[kind],
      spacing: 'Large',
      items: [
        { type: 'TextBlock', text: title, weight: 'Bolder', wrap: true },
        ...lines.flatMap(({ label, text }) => labelled(label, shortened(text, room.characters).text)),
        subtle('Recorded by', 'Medium'),
        typedText(signed),
      ],
    },
  ];
}
