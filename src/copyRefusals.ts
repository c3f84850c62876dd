import type { Difference } from './comparing.ts';
import type { CopyKey, KeptKind } from './copyPorts.ts';
import { CodedError } from './errors.ts';

/** What each kind is called. */
export const NAMES: Readonly<Record<KeptKind, readonly [one: string, many: string]>> = {
  storeKey: ['store key', 'store keys'],
  access: ['entry of the access log', 'entries of the access log'],
  wording: ['wording', 'wordings'],
  alias: ['alias', 'aliases'],
  number: ['number', 'numbers'],
  caseFile: ['case file', 'case files'],
  grant: ['urgent access', 'urgent accesses'],
  draft: ['draft', 'drafts'],
  conversation: ['conversation', 'conversations'],
  notice: ['message', 'messages'],
  nudge: ['daily card', 'daily cards'],
  item: ['open item', 'open items'],
  deputy: ['deputy', 'deputies'],
  unreachable: ['person who cannot be reached', 'people who cannot be reached'],
};

/** Something else stands where something was to be copied. */
export function foreign(kind: KeptKind, key: CopyKey): CodedError {
  return new CodedError('copy.foreign', `The target holds other records, which were left as they are (${named(kind, key)}): copy into an empty database or folder.`); // prettier-ignore
}

/** The two are not the same in the end. */
export function differs(kind: KeptKind, { key, what }: Difference): CodedError {
  const how = {
    missing: 'is missing in the target',
    extra: 'stands in the target only',
    other: 'is not the same in both',
  } as const;
  return new CodedError('copy.differs', `The target is no copy of these records, and was left as it is, as ${named(kind, key)} ${how[what]}: check that no bot runs, or copy into an empty database or folder.`); // prettier-ignore
}

function named(kind: KeptKind, key: CopyKey): string {
  return ['the', NAMES[kind][0], ...key].join(' ');
}
