import type { Stores } from '../../../../src/storePorts.ts';
import { WHOLE_CALLS } from './listCalls.ts';

/** A call that only reads. */
export interface ReadCall {
  readonly name: string;
  readonly run: (stores: Stores) => Promise<unknown>;
  /** Resolves with nothing, always. */
  readonly isSilent?: true;
}

const AT = '2026-11-24T08:00:00.000Z';
const GRANT = { grantId: 'grant-1', personId: 'person-asha', caseKey: 'case-1' } as const;

/** Adds what a store that lists were filled from does not hold yet, so that every call of `READ_CALLS` finds something. */
export async function fillForReads({ drafts, records, cases, conversations, notices, nudges, storeKey }: Stores) {
  const body = Uint8Array.of(1);
  const draft = { personId: 'person-asha', revision: 1, touchedAt: AT, body } as const;
  await drafts.create({ ...draft, draftId: 'draft-1', status: 'open' });
  await drafts.create({ ...draft, draftId: 'draft-2', status: 'committing' });
  const caseKey = await records.caseKeyFor('alias-1', 1, 'case-2');
  await cases.save({ caseKey, revision: 1, teamIds: [], body });
  await records.reserveNumber({ number: 'SL-7KQ2M9XA', recordId: 'record-01', caseKey: 'case-1' });
  await cases.save({ caseKey: 'case-1', revision: 1, teamIds: ['team-north'], undecidedSince: AT, body });
  await cases.grant({ ...GRANT, until: '2026-11-25T08:00:00.000Z', body });
  await conversations.save({ personId: 'person-asha', savedAt: AT, reference: body });
  await notices.queue([
    {
      ...{ noticeId: 'notice-1', what: 'urgent', about: 'SL-7KQ2M9XA', queuedAt: AT, attempts: 0 },
      audience: { kind: 'recordsOfficers' },
    },
  ]);
  await nudges.saveItem({ recordId: 'record-01', kind: 'outcome', pausedDays: 1, revision: 1 });
  await nudges.saveDeputy({ managerId: 'person-mo', deputyId: 'person-asha', until: '2026-11-30' });
  await nudges.setReachable('person-bo', false);
  await storeKey.create({ keyId: 'kek-1', wrapped: body });
}

/** Every call of every store that only reads, and is no list that may end early. */
export const READ_CALLS: readonly ReadCall[] = [
  ...WHOLE_CALLS,
  { name: 'a draft', run: ({ drafts }) => drafts.read('person-asha', 'draft-1') },
  { name: 'the unfinished drafts of a person', run: ({ drafts }) => drafts.unfinished('person-asha') },
  { name: 'how many drafts are open', run: ({ drafts }) => drafts.countOpen() },
  { name: 'the case file for an alias', run: ({ records }) => records.caseKeyFor('alias-1', 1, 'case-3') },
  { name: 'the case file of an alias', run: ({ records }) => records.findCaseKey('alias-1') },
  { name: 'what has a number', run: ({ records }) => records.byNumber('SL-7KQ2M9XA') },
  { name: 'the end of a chain', run: ({ records }) => records.head('case-1') },
  { name: 'one version', run: ({ records }) => records.version('case-1', 'record-01', 1) },
  { name: 'the latest version', run: ({ records }) => records.latest('case-1', 'record-01') },
  { name: 'a link of a chain', run: ({ records }) => records.chainOf('case-1', 'record-01', 1) },
  { name: 'a wording', run: ({ records }) => records.wording('wording-1') },
  { name: 'every version', run: ({ records }) => records.versions('case-1', 'record-01') },
  { name: 'who may see a case', run: ({ cases }) => cases.read('case-1') },
  { name: 'whether there is a case', run: ({ cases }) => cases.has('case-1') },
  { name: 'urgent access', run: ({ cases }) => cases.grantById('grant-1') },
  { name: 'urgent access to a case', run: ({ cases }) => cases.grantsOf('person-asha', 'case-1', AT) },
  { name: 'where somebody can be reached', run: ({ conversations }) => conversations.read('person-asha') },
  { name: 'the card of a day', run: ({ nudges }) => nudges.read('person-01', '2026-11-23') },
  { name: 'what is known of an item', run: ({ nudges }) => nudges.item('record-01', 'outcome') },
  { name: 'one open record', run: ({ open }) => open.one({ homeCaseKey: 'case-1', recordId: 'record-01' }) },
  { name: 'the store key', run: ({ storeKey }) => storeKey.read() },
  { name: 'whether the store can be used', run: (stores) => stores.check(), isSilent: true },
];
