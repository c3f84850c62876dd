import { dateOf, longDate } from '../src/londonTime.ts';
import type { CaseSummary } from '../src/summary.ts';
import { openItemText } from '../src/recordWords.ts';
import {
  box,
  card,
  CARD_BUDGET_BYTES,
  cardBytes,
  heading,
  plainButton,
  shortened,
  subtle,
  typedText,
  urgentMark,
  words,
  type Action,
  type ActionData,
  type Card,
  type Element,
} from './elements.ts';
import { monthsPicture } from './monthsPicture.ts';
import { summaryLineElements } from './summaryLines.ts';

/** How much is shown, as long as there is room: characters of a long answer, and the picture. */
const ROOMS = [
  ...[240, 160, 100, 60, 30].map((characters) => ({ characters, hasPicture: true })),
  { characters: 30, hasPicture: false },
  // What a card of the longest texts in any script comes down to.
  { characters: 10, hasPicture: false },
] as const;
type Room = (typeof ROOMS)[number];
const SMALLEST: Room = ROOMS[ROOMS.length - 1] ?? ROOMS[0];

/** How many open items, limits and people to be kept from it the first page names. */
const NAMED_AT_MOST = 5;

/** The story of a case, a page of it. Only ever in an invoke's reply. `asked` is what its pages are asked for by. */
export function summaryCard(summary: CaseSummary, asked: ActionData): Card {
  const fitting = ROOMS.find((room) => cardBytes(draw(summary, asked, room)) <= CARD_BUDGET_BYTES);
  return draw(summary, asked, fitting ?? SMALLEST);
}

function draw(summary: CaseSummary, asked: ActionData, { characters, hasPicture }: Room): Card {
  const { reference, lines, from } = summary;
  const isFirst = from === 1;
  return card(
    [
      ...keepFromElements(summary),
      heading('Case summary'),
      ...(reference === undefined ? [] : [typedText(reference)]),
      ...urgentMark(summary.urgentUntil),
      ...factElements(summary),
      ...(isFirst ? [...limitElements(summary, characters), ...openElements(summary)] : []),
      ...(isFirst && hasPicture ? monthsPicture(summary.months) : []),
      ...lines.flatMap((line) => summaryLineElements(line, characters)),
      ...(lines.length === 0 ? [words('There is nothing earlier on this case.')] : []),
      { ...subtle(LEFT_OUT, 'Large'), separator: true },
    ],
    pageButtons(summary, asked),
  );
}

const LEFT_OUT =
  'Left out: drafts, and whatever you may not see, which is not counted either. Long answers are cut: the record has them whole.';

function pageButtons({ from, before }: CaseSummary, asked: ActionData): readonly Action[] {
  return [
    ...(before === undefined
      ? []
      : [plainButton('Earlier contacts', 'summary.page', { ...asked, before }, 'positive')]),
    ...(from > 1 ? [plainButton('Latest contacts', 'summary.open', asked)] : []),
  ];
}

/** First on every page. Source: record-types, family block, `keepFrom`. */
function keepFromElements({ keepFrom }: CaseSummary): readonly Element[] {
  if (keepFrom.length === 0) return [];
  const more = keepFrom.length - NAMED_AT_MOST;
  const title = { ...words('Keep this from'), weight: 'Bolder', style: 'heading' } as const;
  const items = [
    title,
    ...keepFrom.slice(0, NAMED_AT_MOST).map((text) => typedText(text, 'Small')),
    ...(more > 0 ? [words(`And ${more} more: each stands first in its record.`)] : []),
  ];
  return [{ type: 'Container', style: 'attention', spacing: 'Medium', items }];
}

function factElements({ records, firstContact, lastContact, from, lines }: CaseSummary): readonly Element[] {
  const count = records === 1 ? 'One record' : `${records} records`;
  const first = longDate(dateOf(firstContact));
  const last = longDate(dateOf(lastContact));
  const dates = first === last ? `contact on ${first}` : `first contact ${first}, last contact ${last}`;
  const shown =
    records > lines.length && lines.length > 0
      ? [`Shown here: ${from} to ${from + lines.length - 1}, the latest first.`]
      : [];
  return [words(`${count}: ${dates}.`), ...shown.map((text) => subtle(text, 'None'))];
}

function limitElements({ limits }: CaseSummary, characters: number): readonly Element[] {
  if (limits.length === 0) return [];
  const more = limits.slice(NAMED_AT_MOST).map(({ number }) => number);
  const items = [
    { ...words('Limits to consent'), weight: 'Bolder' } as const,
    ...limits
      .slice(0, NAMED_AT_MOST)
      .flatMap(({ number, text }) => [
        typedText(shortened(text, characters, characters).text, 'Small'),
        subtle(number, 'None'),
      ]),
    ...(more.length > 0 ? [subtle(`And in ${listed(more)}`)] : []),
  ];
  return [{ type: 'Container', style: 'warning', spacing: 'Medium', items }];
}

function openElements({ open }: CaseSummary): readonly Element[] {
  const texts = open.slice(0, NAMED_AT_MOST).map((item) => `${openItemText(item)} (${item.number})`);
  const more = open.slice(NAMED_AT_MOST).map(({ number }) => number);
  return box('accent', 'Still open', more.length === 0 ? texts : [...texts, `And in ${listed([...new Set(more)])}`]);
}

/** Numbers of records in a row, as many as have room. */
function listed(numbers: readonly string[]): string {
  const more = numbers.length - LISTED_AT_MOST;
  return `${numbers.slice(0, LISTED_AT_MOST).join(', ')}${more > 0 ? `, and ${more} more` : ''}`;
}

const LISTED_AT_MOST = 10;

/** The message that stands in the chat for the summary of a case: nothing of the case. */
export function summaryStub(asked: ActionData, userId: string): Card {
  const open = plainButton('Open', 'summary.open', asked, 'positive');
  return {
    ...card(
      [heading('Case summary'), words('Open it to read it. Nothing of the case stands in this message.')],
      [open],
    ),
    refresh: { action: open, userIds: [userId] },
  };
}
