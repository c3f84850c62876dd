import { longDate, longTime } from '../src/londonTime.ts';
import type { NudgeCounts, NudgeStatus } from '../src/nudgePorts.ts';
import { SNOOZE_DAYS, SNOOZE_REASON, type Acted, type Deputised } from '../src/nudging/acting.ts';
import type { Digest, DigestLine } from '../src/nudging/digest.ts';
import type { SentCards } from '../src/nudging/sent.ts';
import { openItemWords } from '../src/recordWords.ts';
import { bars } from './bars.ts';
import {
  button,
  buttons,
  card,
  cutShort,
  outOfTime,
  heading,
  plainButton,
  shortened,
  subheading,
  subtle,
  typedText,
  words,
  type Action,
  type Card,
  type Element,
} from './elements.ts';
import { noticeCard } from './noticeCards.ts';

/** How many record numbers the stored message names: the list shows them all. */
const NUMBERS_SHOWN = 12;

/**
 * The one message of a day, which Teams keeps: counts and record numbers, nothing of any case.
 * Source: issue "Nothing left open", 3.
 */
export function nudgeCard(counts: NudgeCounts, numbers: readonly string[]): Card {
  const more = numbers.length - NUMBERS_SHOWN;
  const named = numbers.slice(0, NUMBERS_SHOWN).join(', ');
  return card(
    [
      heading('What is open today'),
      ...countTexts(counts).map((text, at) => ({ ...words(text), ...(at === 0 ? {} : { spacing: 'None' as const }) })),
      ...(numbers.length === 0 ? [] : [subtle(`${named}${more > 0 ? `, and ${more} more` : ''}`, 'Medium')]),
    ],
    [
      ...(numbers.length === 0 ? [] : [plainButton('Open the list', 'nudge.open', {}, 'positive')]),
      ...(counts.drafts === 0 ? [] : [plainButton('Unfinished records', 'draft.list', {})]),
    ],
  );
}

function countTexts({ own, team, escalated, basis, drafts }: NudgeCounts): readonly string[] {
  const of = (count: number, one: string, many: string): readonly string[] =>
    count === 0 ? [] : [count === 1 ? `One ${one}` : `${count} ${many}`];
  return [
    ...of(own, 'item in a record of yours', 'items in records of yours'),
    ...of(team, 'item of somebody you manage, past its day', 'items of people you manage, past their day'),
    ...of(
      escalated,
      'item that has waited long in another manager’s list',
      'items that have waited long in other managers’ lists',
    ),
    ...of(basis, 'record whose lawful basis is not sure', 'records whose lawful basis is not sure'),
    ...of(drafts, 'unfinished record', 'unfinished records'),
  ];
}

/** The two lists of open items. */
export const LISTED = {
  today: { title: 'What is open today', none: 'Nothing is open for you today.', verb: 'nudge.open' },
  missing: { title: 'Records with something open', none: 'Nothing is open in these records.', verb: 'nudge.missing' },
} as const;

const DUE_FIRST = ', by the day on which they are due';
const THERE_ARE_MORE = 'There are more: settle some of these, and ask again.';

/** What is open today for the person who pressed, case by case. Only ever in an invoke's reply. */
export function digestCard(digest: Digest, list: keyof typeof LISTED = 'today'): Card {
  const { lines, page, pages, ages, first, isTooMany } = digest;
  const { title, none, verb } = LISTED[list];
  if (lines.length === 0 && first === undefined) return noticeCard('Nothing is open', none);
  return card(
    [
      heading(title),
      ...(pages > 1 ? [subtle(`Page ${page} of ${pages}`, 'None')] : []),
      ...(page === 1 ? bars(ages) : []),
      ...(first === undefined
        ? []
        : [cutShort(first, DUE_FIRST, isTooMany ? THERE_ARE_MORE : outOfTime('ask again in a moment'))]),
      ...lines.flatMap((line, at) => lineElements(line, lines[at - 1])),
    ],
    [
      ...(page > 1 ? [plainButton('Earlier in the list', verb, { page: page - 1 })] : []),
      ...(page < pages ? [plainButton('Further in the list', verb, { page: page + 1 })] : []),
    ],
  );
}

/** The message that stands in the chat for a list of open items: nothing of any case. */
export function openStub(list: keyof typeof LISTED, userId: string): Card {
  const { title, verb } = LISTED[list];
  const open = plainButton('Open', verb, {}, 'positive');
  return {
    ...card([heading(title), words('Open the list to read it. Nothing of any case stands in this message.')], [open]),
    refresh: { action: open, userIds: [userId] },
  };
}

const CHARACTERS = 160;

function lineElements(line: DigestLine, before: DigestLine | undefined): readonly Element[] {
  const { fact, nextAction } = line;
  const isNewCase = before?.fact.caseKey !== fact.caseKey;
  const actions = actionsOf(line);
  return [
    ...(isNewCase ? caseElements(line) : []),
    {
      ...words(`${openItemWords(fact.kind)}: ${lateText(line)}`),
      weight: 'Bolder',
      color: 'Attention',
      spacing: 'Medium',
    },
    subtle(`${line.title ?? 'Record'} ${fact.number} · due ${longDate(fact.dueOn)}`, 'None'),
    ...(line.title === undefined ? [subtle('You may not open this record.', 'None')] : []),
    ...(nextAction === undefined
      ? []
      : [subtle('Next, as recorded', 'None'), typedText(shortened(nextAction, CHARACTERS).text)]),
    ...statusTexts(line).map((text) => subtle(text, 'None')),
    ...(actions.length === 0 ? [] : [buttons(actions)]),
  ];
}

function caseElements({ fact, about, standing, title }: DigestLine): readonly Element[] {
  const close = plainButton('Close these', 'nudge.askClose', { caseKey: fact.caseKey });
  const isCloseable = standing !== 'listed' && standing !== 'basis' && title !== undefined;
  return [
    { ...subheading('Case'), separator: true, spacing: 'Large' },
    typedText(about ?? fact.number),
    ...(isCloseable ? [buttons([{ ...close, tooltip: 'Close these, with one reason' }])] : []),
  ];
}

function lateText({ daysLate }: DigestLine): string {
  if (daysLate === 0) return 'due today';
  return `${daysLate} working ${daysLate === 1 ? 'day' : 'days'} late`;
}

function statusTexts({ standing, isEscalated, isReminded, snoozedUntil }: DigestLine): readonly string[] {
  return [
    ...(standing === 'escalated' ? ['It has waited long, so it stands here as well as in the manager’s list.'] : []),
    ...(standing === 'team' && isEscalated ? ['It stands in your manager’s list as well.'] : []),
    ...(isReminded ? ['A manager has asked for a reminder.'] : []),
    ...(snoozedUntil === undefined ? [] : [`It was put off until ${longDate(snoozedUntil)}.`]),
  ];
}

function actionsOf({ fact, standing, title }: DigestLine): readonly Action[] {
  const { number, recordId, kind } = fact;
  const item = { number, recordId, kind };
  const isManagers = standing === 'team' || standing === 'escalated';
  const named = (action: Action): Action => ({ ...action, tooltip: `${action.title ?? ''}: ${number}` });
  const remind = isManagers ? [named(plainButton('Remind author', 'nudge.remindAuthor', item))] : [];
  if (title === undefined) return remind;
  return [
    named(plainButton('Open', 'record.open', { number })),
    ...(standing === 'basis'
      ? []
      : [
          named(
            kind === 'completion'
              ? plainButton('Complete it', 'record.complete', { number })
              : plainButton('Add outcome', 'outcome.start', { number }),
          ),
        ]),
    ...remind,
    ...(isManagers ? [named(plainButton('Snooze', 'nudge.askSnooze', item))] : []),
  ];
}

/** For how long an item is put off, and why. */
export function snoozeCard(
  item: { readonly number: string; readonly recordId: string; readonly kind: string },
  problem?: string,
): Card {
  return card(
    [
      heading(`Put off: ${item.number}`),
      words('It leaves your list for so many working days, and does not go further up meanwhile.'),
      ...(problem === undefined ? [] : [{ ...words(problem), color: 'Attention' as const, weight: 'Bolder' as const }]),
      {
        type: 'Input.ChoiceSet',
        id: 'days',
        label: 'For how long?',
        style: 'expanded',
        value: String(SNOOZE_DAYS[0]),
        isRequired: true,
        errorMessage: 'Say for how long.',
        choices: SNOOZE_DAYS.map((days) => ({
          title: `${days} working ${days === 1 ? 'day' : 'days'}`,
          value: String(days),
        })),
      },
      {
        type: 'Input.Text',
        id: 'reason',
        label: SNOOZE_REASON.label,
        isRequired: true,
        errorMessage: `${SNOOZE_REASON.mend}.`,
      },
    ],
    [button('Put it off', 'nudge.snooze', item, 'positive'), plainButton('Back to the list', 'nudge.open', {})],
  );
}

/** What a press on an item came to. */
export function actedCard(acted: Exclude<Acted, { kind: 'refused' }>): Card {
  const back = [plainButton('Back to the list', 'nudge.open', {}, 'positive')];
  switch (acted.kind) {
    case 'snoozed':
      return noticeCard('Put off', `${acted.number} stands in your list again after ${longDate(acted.until)}.`, back);
    case 'reminded':
      return noticeCard(
        'Its author is reminded',
        `${acted.number} stands in its author’s next card, with your request.`,
        back,
      );
    case 'notYours':
      return noticeCard('Not in your list', 'That item is not in your list any more. Nothing was changed.', back);
    default:
      return acted satisfies never;
  }
}

/** What naming a deputy came to. */
export function deputyCard(deputised: Deputised): Card {
  switch (deputised.kind) {
    case 'deputy':
      return noticeCard(
        'Somebody stands in for you',
        `Your daily list goes to your deputy until ${longDate(deputised.until)}.`,
      );
    case 'notManager':
      return noticeCard('This is for managers', 'Only managers have somebody stand in for them.');
    case 'refused':
      return noticeCard('Nobody stands in yet', deputised.text);
    default:
      return deputised satisfies never;
  }
}

const RESULTS: Readonly<Record<NudgeStatus, string>> = {
  claimed: 'About to be sent',
  sending: 'Being sent',
  sent: 'Sent',
  uncertain: 'May have arrived; not sent again that day',
  waiting: 'Teams asked to wait',
  unreachable: 'Could not be reached',
  nothing: 'Nothing was open any more',
};

/** What was sent to whom, when, with what result. */
export function sentCard({ lines, isCutShort }: SentCards): Card {
  if (lines.length === 0) return noticeCard('No daily cards yet', 'No daily card has been sent to you or your people.');
  return card([
    heading('Daily cards'),
    ...lines.flatMap(({ nudge, name }): readonly Element[] => [
      { ...typedText(name, 'Medium'), separator: true },
      subtle(`${longTime(nudge.changedAt)} · ${RESULTS[nudge.status]}`, 'None'),
      ...(nudge.counts === undefined ? [] : countTexts(nudge.counts).map((text) => subtle(text, 'None'))),
    ]),
    ...(isCutShort ? [cutShort(lines.length, '', outOfTime('ask again in a moment'))] : []),
  ]);
}
