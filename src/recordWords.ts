import type { Entry } from './drafts.ts';
import type { Instant } from './fields.ts';
import { longDate, longTime, timeOf } from './londonTime.ts';
import type { VersionHeader } from './ports.ts';
import type { OpenItemKind } from './recordType.ts';

/** How a version came to be, as people say it. */
export const KIND_WORDS = {
  recorded: 'Recorded',
  completed: 'Completed',
  outcome: 'Outcome added',
  amended: 'Amended',
  endorsed: 'Endorsement recorded',
  commented: 'Commented on',
  linked: 'Filed under a case',
  withdrawn: 'Consent taken back, recorded',
  disputed: 'Dispute recorded',
} as const satisfies Readonly<Record<VersionHeader['kind'], string>>;

/** Whether a record is an urgent one of which the rest is not known yet. */
export function isToBeCompleted(header: Pick<VersionHeader, 'openItems'>): boolean {
  return header.openItems.some(({ kind }) => kind === 'completion');
}

const OPEN_ITEM_WORDS = {
  outcome: 'Outcome to be found out',
  receipt: 'Arrival to be confirmed',
  familyTold: 'Family to be told',
  decision: 'Decision awaited',
  review: 'Decision to review',
  basis: 'Lawful basis to be settled',
  completion: 'Record to be completed',
} as const;

/** What kind of unfinished business an item is. */
export function openItemWords(kind: OpenItemKind): string {
  return OPEN_ITEM_WORDS[kind];
}

/** "Outcome to be found out by Monday 30 November 2026". */
export function openItemText(item: VersionHeader['openItems'][number]): string {
  const hour = item.kind === 'completion' ? '12:00 on ' : '';
  return `${OPEN_ITEM_WORDS[item.kind]} by ${hour}${longDate(item.due)}`;
}

/** How an entry was signed: the name typed, and the directory's when it differs. Source: record-types, Entry. */
export function signedText(entry: Entry): string {
  const role = [entry.jobTitle, entry.organisation].filter((part) => part !== '').join(', ');
  // Some versions are made by one press, without a typed name.
  const isPlain = entry.signature === '' || entry.signature === entry.name;
  const name = isPlain ? entry.name : `signed as ${entry.signature}; directory ${entry.name}`;
  const known = entry.asKnownAt === undefined ? '' : `; ${asKnownText(entry.asKnownAt)}`;
  return `${name}${role === '' ? '' : `, ${role}`}, ${longTime(entry.signedAt)}${known}`;
}

/** How old role and team are, where the directory could not be asked. Source: architecture, "Who may do what". */
export function asKnownText(at: Instant): string {
  return `role and team as last known at ${longTime(at)}`;
}

/** The mark on everything that is seen by urgent access alone. Source: issue "Case summary", 5. */
export function urgentAccessText(until: Instant): string {
  return `Opened by urgent access until ${timeOf(until)}. Every view is marked, and managers and the records officers have been told.`;
}

/** "Recorded 3 days after the contact"; `undefined` on the same day. */
export function recordedText(days: number): string | undefined {
  if (days <= 0) return undefined;
  return `Recorded ${days} ${days === 1 ? 'day' : 'days'} after the contact`;
}
