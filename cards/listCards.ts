import type { RecordLine, RecordList } from '../src/listing.ts';
import { longTime } from '../src/londonTime.ts';
import { openItemText } from '../src/recordWords.ts';
import {
  buttons,
  card,
  cutShort,
  outOfTime,
  heading,
  plainButton,
  subheading,
  subtle,
  typedText,
  words,
  type Card,
  type Element,
} from './elements.ts';

/** The two lists of records, and how each is asked for, headed and empty. */
export const LISTS = {
  mine: { verb: 'record.mine', title: 'Your records', none: 'You have made no records yet.' },
  unlinked: {
    verb: 'record.unlinked',
    title: 'Records without a case',
    none: 'Every record is filed under a case.',
  },
} as const;

export type ListKind = keyof typeof LISTS;

/** A page of a list of records. Only ever in an invoke's reply. */
export function recordsCard(kind: ListKind, { lines, before, isCutShort }: RecordList, isFirst: boolean): Card {
  const { verb, title, none } = LISTS[kind];
  return card(
    [
      heading(title),
      ...(lines.length === 0 ? [words(none)] : lines.flatMap((line) => recordElements(line, kind === 'mine'))),
      ...(isCutShort
        ? [cutShort(lines.length, isFirst ? '' : ' of the older ones', outOfTime('press “Older” to look further back'))]
        : []),
    ],
    [
      ...(isFirst ? [] : [plainButton('Newest', verb, {})]),
      ...(before === undefined ? [] : [plainButton('Older', verb, { before })]),
    ],
  );
}

/** A record in a list, with a button that opens it, and for its author one that completes it. */
export function recordElements(
  { header, title, about, counterpart }: RecordLine,
  isAuthors: boolean,
): readonly Element[] {
  const { number, contactAt, openItems } = header;
  const details = [about, counterpart].filter((text) => text !== undefined);
  return [
    { ...subheading(`${title} ${number}`), separator: true, spacing: 'Large' },
    subtle(longTime(contactAt), 'None'),
    ...details.map((text) => typedText(text)),
    ...openItems.map((item): Element => ({
      ...words(`Still open: ${openItemText(item)}`),
      spacing: 'None',
      color: 'Attention',
    })),
    buttons([{ ...plainButton('Open', 'record.open', { number }), tooltip: `Open: ${number}` }]),
    ...(isAuthors && openItems.some(({ kind: open }) => open === 'completion')
      ? [buttons([{ ...plainButton('Complete it', 'record.complete', { number }), tooltip: `Complete it: ${number}` }])]
      : []),
  ];
}

/** The message that stands in the chat for a list: nothing of any case. */
export function listStub(kind: ListKind, userId: string): Card {
  const { verb, title } = LISTS[kind];
  const open = plainButton('Open', verb, {}, 'positive');
  return {
    ...card([heading(title), words('Open the list to read it. Nothing of any case stands in this message.')], [open]),
    refresh: { action: open, userIds: [userId] },
  };
}
