import type { Note, NoteKind } from '../src/opening.ts';
import { labelled, shortened, subtle, typedText, type Element } from './elements.ts';

/** How much of what was said is shown with the record, and of how many comments; the history shows the whole. */
const NOTE_CHARACTERS = 400;
const COMMENT_CHARACTERS = 250;
const COMMENTS_SHOWN = 3;

const STYLES = { withdrawn: 'warning', disputed: 'warning', commented: 'emphasis' } as const satisfies Readonly<
  Record<NoteKind, string>
>;

/** What was said about a record since it was made, with who recorded it; of the comments, the latest. */
export function recordNotes(notes: readonly Note[]): readonly Element[] {
  const comments = notes.filter(({ kind }) => kind === 'commented');
  const left = new Set(comments.slice(0, -COMMENTS_SHOWN));
  return [
    ...notes.filter((note) => !left.has(note)).flatMap(noteElements),
    ...(left.size === 0
      ? []
      : [subtle(`${left.size} earlier ${left.size === 1 ? 'comment' : 'comments'}: see the history.`, 'Medium')]),
  ];
}

function noteElements({ kind, title, lines, signed }: Note): readonly Element[] {
  const characters = kind === 'commented' ? COMMENT_CHARACTERS : NOTE_CHARACTERS;
  return [
    {
      type: 'Container',
      style: STYLES[kind],
      spacing: 'Large',
      items: [
        { type: 'TextBlock', text: title, weight: 'Bolder', wrap: true },
        ...lines.flatMap(({ label, text }) => labelled(label, shortened(text, characters).text)),
        subtle('Recorded by', 'Medium'),
        typedText(signed),
      ],
    },
  ];
}
