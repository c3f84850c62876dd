import { REFUSAL_REASONS } from './refusalReasons.ts';
import { TOLD_CODES } from './teamsRefusals.ts';

/** What is looked at to tell whether the bot is ready. */
export const CHECKED = ['store', 'keys', 'directory'] as const;

/** The fault of a check that gave no answer in time. */
export const LATE = 'late';

/**
 * What a field of the log may hold: a count, the code of a fault, one of these words, one of the codes below, or somebody's
 * id, which is written as a keyed hash.
 */
export type FieldKind = 'count' | 'fault' | 'logCode' | 'person' | readonly string[];

interface LogCodeEntry {
  readonly level: 'info' | 'warn' | 'error';
  readonly fields: Readonly<Record<string, FieldKind>>;
  /** For operators: what has happened, and what to do. */
  readonly means: string;
  readonly todo: string;
}

const WAITS = 'Nothing, unless it goes on: it is tried again by itself.';
const BY_FAULT = 'Mend what the fault names: the store, the vault, the directory or the way to Teams.';

/**
 * Everything that the log can say, in whatever mode. A field that is not named here is not written.
 * Source: issue “In a real tenant”, 6; project decision 0021.
 */
export const LOG_CODES = {
  'turn.failed': {
    level: 'error',
    fields: { fault: 'fault', person: 'person' },
    means: 'Somebody was answered that something went wrong.',
    todo: BY_FAULT,
  },
  'turn.untold': {
    level: 'error',
    fields: { fault: 'fault' },
    means: 'Something went wrong in a turn, and Teams did not take the message that says so.',
    todo: 'See the line before it, with the same correlation.',
  },
  'receipt.notStored': {
    level: 'warn',
    fields: { fault: 'fault' },
    means: 'A record is saved, and whoever signed it sees that; the message in the chat does not say so.',
    todo: 'Nothing, unless it goes on: then Teams is not to be reached.',
  },
  'activity.refused': {
    level: 'warn',
    fields: { reason: REFUSAL_REASONS, count: 'count' },
    means: 'Requests were turned away before any turn; in a tenant, how many since the last such line.',
    todo: 'Find the reason in docs/decisions/0018-the-gate.md. Many of one kind: a setting is wrong, or somebody is trying.',
  },
  'activity.failed': {
    level: 'error',
    fields: { fault: 'fault' },
    means: 'A turn ended without an answer, and Teams was answered 500.',
    todo: BY_FAULT,
  },
  'request.failed': {
    level: 'error',
    fields: { fault: 'fault' },
    means: 'A request other than a turn could not be answered.',
    todo: BY_FAULT,
  },
  'health.notReady': {
    level: 'error',
    fields: { check: CHECKED, fault: 'fault' },
    means: 'The bot is not ready, or works without the directory. Written when it begins and when the fault changes.',
    todo: 'See “Health” in docs/operations.md.',
  },
  'health.restored': {
    level: 'info',
    fields: { check: CHECKED },
    means: 'What was not ready is again.',
    todo: 'Nothing.',
  },
  'directory.away': {
    level: 'warn',
    fields: { fault: 'fault' },
    means: 'Microsoft Graph could not be asked when the bot started, which it did all the same.',
    todo: 'Nothing, unless it goes on: people see their own drafts and records only.',
  },
  'notice.nobody': {
    level: 'error',
    fields: {},
    means: 'Somebody had to be told of something, and there is nobody: no manager, or no records officer.',
    todo: 'Give the person a manager, and the records officers’ group a member.',
  },
  'notice.unreachable': {
    level: 'warn',
    fields: {},
    means: 'Somebody who had to be told cannot be written to; their manager is told instead, where that may be.',
    todo: 'Have the app installed for everybody.',
  },
  'notice.failed': {
    level: 'error',
    fields: {},
    means: 'A message was not delivered in ten attempts; their manager is told instead, where that may be.',
    todo: 'Find out why Teams did not take it: see the refusals of those minutes.',
  },
  'notice.again': { level: 'warn', fields: {}, means: 'A message was not taken, and is sent again.', todo: WAITS },
  'reach.refused': {
    level: 'warn',
    fields: { status: 'count', says: TOLD_CODES },
    means: 'Teams refused a message for a reason that says nothing of the person; it is sent again.',
    todo: 'Look the code up in Microsoft’s “Status codes from bot conversational APIs”, and mend what it names.',
  },
  'reach.failed': {
    level: 'warn',
    fields: { fault: 'fault' },
    means: 'A message may not have arrived: Teams did not answer, or has a fault of its own, or the bot has no token.',
    todo: 'With outbound.token: look at the secret or the identity of the bot. Else nothing, unless it goes on.',
  },
  'reach.lost': {
    level: 'warn',
    fields: { why: ['blocked', 'notInstalled', 'noChat'] },
    means: 'Somebody cannot be written to any more: the next one up is told instead.',
    todo: 'Nothing, if they took the app away themselves. Else have it installed for them.',
  },
  'reach.install': {
    level: 'info',
    fields: { result: ['chat', 'soon', 'notPermitted', 'impossible', 'failed'], fault: 'fault' },
    means: 'Somebody who had to be told was to be given the app through Microsoft Graph.',
    todo: 'With notPermitted: grant the permission, or unset TEAMS_CATALOGUE_APP_ID.',
  },
  'notices.failed': {
    level: 'error',
    fields: { fault: 'fault' },
    means: 'Messages that had to be sent were not looked through.',
    todo: WAITS,
  },
  'nudge.unreachable': {
    level: 'warn',
    fields: {},
    means: 'Somebody cannot be sent the card of the day.',
    todo: 'Have the app installed for them.',
  },
  'nudge.failed': {
    level: 'warn',
    fields: {},
    means: 'It is not known whether somebody got the card of the day. It is not sent twice.',
    todo: 'Nothing, unless it goes on.',
  },
  'nudge.later': { level: 'info', fields: {}, means: 'Teams asked to wait with cards of the day.', todo: WAITS },
  'nudges.failed': {
    level: 'error',
    fields: { fault: 'fault' },
    means: 'Cards of the day were not worked out or sent, all of them or one.',
    todo: WAITS,
  },
  'recovery.failed': {
    level: 'error',
    fields: { fault: 'fault' },
    means: 'A signed record that was broken off could not be brought to its end.',
    todo: 'Nothing, unless it goes on for minutes: then mend the fault. What was signed is kept.',
  },
  'signingKeys.failed': {
    level: 'error',
    fields: { fault: 'fault' },
    means: 'The keys by which Teams’ tokens are checked could not be fetched.',
    todo: 'Let the bot reach login.botframework.com. Known keys serve for five days.',
  },
  'figures.failed': {
    level: 'warn',
    fields: { fault: 'fault' },
    means: 'A figure for /metrics could not be worked out.',
    todo: 'Nothing, unless it goes on.',
  },
  'localRoute.failed': {
    level: 'error',
    fields: { fault: 'fault' },
    means: 'In local mode: the page or the connector of this machine failed.',
    todo: 'Report it.',
  },
  'stop.begun': {
    level: 'info',
    fields: { turns: 'count' },
    means: 'The bot was told to end, with so many turns under way.',
    todo: 'Nothing.',
  },
  'stop.late': {
    level: 'warn',
    fields: { turns: 'count' },
    means:
      'The bot ended although so many turns or its other work had not: what was signed is brought to its end at the next start.',
    todo: 'Nothing, unless it is so at every end: then the store or Teams is slow.',
  },
  'log.dropped': {
    level: 'error',
    fields: { of: 'logCode', count: 'count' },
    means:
      'Something was kept out of the log, because this table does not allow it: so many fields of this code, or the line.',
    todo: 'Report it: the bot is at fault.',
  },
} as const satisfies Readonly<Record<string, LogCodeEntry>>;

export type LogCode = keyof typeof LOG_CODES;
