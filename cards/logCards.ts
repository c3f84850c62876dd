import type { AccessKey } from '../src/accessLogPorts.ts';
import { longTime } from '../src/londonTime.ts';
import type { LogLine, LogPage } from '../src/readingAccess.ts';
import {
  buttons,
  card,
  CARD_BUDGET_BYTES,
  cardBytes,
  cutShort,
  outOfTime,
  heading,
  plainButton,
  subheading,
  subtle,
  typedText,
  words,
  type ActionData,
  type Card,
  type Element,
} from './elements.ts';

const TITLE = 'Access log';
/** How many of a line's records are named, as long as there is room. */
const NUMBERS_SHOWN = [12, 8, 6, 4, 2] as const;
/** Source: platform-facts, cards in Teams: at most 6, aim for 4. */
const ACTIONS_A_SET = 4;

const OF: Readonly<Record<LogPage['of'], string>> = {
  case: 'Everything on the case, the newest first',
  record: 'Everything on the record, the newest first',
  person: 'Everything that this person opened, or was refused, the newest first',
};

/** A page of the access log. Only ever in an invoke's reply. `data` is what the next page is asked for by. */
export function logCard(page: LogPage, data: ActionData, isFirst: boolean): Card {
  const drawn = NUMBERS_SHOWN.map((shown) => () => draw(page, data, isFirst, shown));
  for (const one of drawn) {
    const made = one();
    if (cardBytes(made) <= CARD_BUDGET_BYTES) return made;
  }
  return draw(page, data, isFirst, 1);
}

function draw(
  { of, about, lines, before, isCutShort }: LogPage,
  data: ActionData,
  isFirst: boolean,
  shown: number,
): Card {
  return card(
    [
      heading(TITLE),
      typedText(about),
      subtle(OF[of], 'None'),
      ...(lines.length === 0
        ? [words(isFirst ? 'There is nothing in the log.' : 'There is nothing older in the log.')]
        : lines.flatMap((line) => lineElements(line, shown))),
      ...(isCutShort
        ? [cutShort(lines.length, isFirst ? '' : ' of the older ones', outOfTime('press “Older” to look further back'))]
        : []),
    ],
    [
      ...(isFirst ? [] : [plainButton('Newest', 'log.open', data)]),
      ...(before === undefined ? [] : [plainButton('Older', 'log.page', { ...data, before: logKeyText(before) })]),
    ],
  );
}

/** Where a page of the log begins, as a button carries it. */
export function logKeyText({ at, chainKey, seq }: AccessKey): string {
  return `${at} ${chainKey} ${seq}`;
}

function lineElements({ who, at, what, numbers, isUrgent }: LogLine, shown: number): readonly Element[] {
  const named = numbers.slice(0, shown);
  const more = numbers.length - named.length;
  return [
    { ...subheading(what), separator: true, spacing: 'Large' },
    subtle(longTime(at), 'None'),
    typedText(who),
    ...(isUrgent ? [{ ...words('Under urgent access'), spacing: 'None', color: 'Attention' } as const] : []),
    ...setsOf(named).map((set) =>
      buttons(set.map((number) => ({ ...plainButton(number, 'record.open', { number }), tooltip: `${number}: open` }))),
    ),
    ...(more === 0 ? [] : [subtle(more === 1 ? 'and one more record' : `and ${more} more records`, 'None')]),
  ];
}

function setsOf(numbers: readonly string[]): readonly (readonly string[])[] {
  const sets = Math.ceil(numbers.length / ACTIONS_A_SET);
  return Array.from({ length: sets }, (_, nth) => numbers.slice(nth * ACTIONS_A_SET, (nth + 1) * ACTIONS_A_SET));
}

/** The message that stands in the chat for the access log: nothing of whose or what's log was asked for. */
export function logStub(data: ActionData, userId: string): Card {
  const open = plainButton('Open', 'log.open', data, 'positive');
  return {
    ...card([heading(TITLE), words('Open it to read it. Nothing of the log stands in this message.')], [open]),
    refresh: { action: open, userIds: [userId] },
  };
}
