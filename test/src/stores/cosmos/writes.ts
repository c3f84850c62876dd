import type { AccessEntry, Commit } from '../../../../src/ports.ts';
import type { Nudge } from '../../../../src/nudgePorts.ts';
import type { StoredCase } from '../../../../src/casePorts.ts';
import type { StoredNotice } from '../../../../src/noticePorts.ts';
import type { Stores } from '../../../../src/storePorts.ts';
import { anAccess } from '../contract/accessStore.ts';
import { aCommit, aDraft, noHead } from '../contract/builders.ts';

/** A call that changes something. Whatever it touches has `p` in its ids, so that many stand beside each other. */
export interface WriteCall {
  readonly name: string;
  readonly prepare?: (stores: Stores, p: string) => Promise<unknown>;
  readonly run: (stores: Stores, p: string) => Promise<unknown>;
}

const draft = (p: string, revision = 1) => aDraft({ personId: p, revision, body: Uint8Array.of(revision) });
const ids = (p: string) => ({ recordId: `${p}-record`, wordingHash: `${p}-wording` });

async function commit({ records }: Stores, p: string, version: number, more: Partial<Commit> = {}): Promise<string> {
  const wanted = aCommit(await records.head(p), { ...ids(p), version });
  return records.commit({ ...wanted, hash: `${p}-hash-${version}`, ...more });
}

function aCase(p: string, wanted: Partial<StoredCase> = {}): StoredCase {
  return { caseKey: p, revision: 1, teamIds: [`${p}-team`], body: Uint8Array.of(1), ...wanted };
}

function aNotice(p: string): StoredNotice {
  const action: AccessEntry['action'] = 'record.open';
  return {
    ...{ noticeId: `${p}-notice`, what: 'urgent', about: `${p}-${action}` },
    ...{ audience: { kind: 'recordsOfficers' }, queuedAt: '2026-11-23T14:05:00.000Z', attempts: 0 },
  };
}

function aNudge(p: string, revision: number): Nudge {
  const changedAt = '2026-11-24T08:00:00.000Z';
  return { personId: p, date: '2026-11-24', status: 'claimed', revision, changedAt };
}

const anItem = (p: string, revision: number) =>
  ({ recordId: `${p}-record`, kind: 'outcome', pausedDays: revision, revision }) as const;

const reservation = (p: string) => ({ number: `${p}-number`, recordId: `${p}-record`, caseKey: p });
const grant = (p: string) => ({
  ...{ grantId: `${p}-grant`, personId: `${p}-person`, caseKey: p },
  ...{ until: '2026-11-25T08:00:00.000Z', body: Uint8Array.of(1) },
});
const deputy = (p: string) => ({ managerId: p, deputyId: `${p}-deputy`, until: '2026-11-30' });
const conversation = (p: string) => ({
  ...{ personId: p, savedAt: '2026-11-23T14:05:00.000Z', reference: Uint8Array.of(1) },
});

/** Every call of every store that writes, each in every way that takes other requests. */
export const WRITES: readonly WriteCall[] = [
  { name: 'a draft is created', run: ({ drafts }, p) => drafts.create(draft(p)) },
  {
    name: 'a draft is saved',
    prepare: ({ drafts }, p) => drafts.create(draft(p)),
    run: ({ drafts }, p) => drafts.save(draft(p, 2)),
  },
  {
    name: 'a draft is saved too late',
    prepare: async ({ drafts }, p) => {
      await drafts.create(draft(p));
      await drafts.save(draft(p, 2));
    },
    run: ({ drafts }, p) => drafts.save({ ...draft(p, 2), body: Uint8Array.of(9) }),
  },
  {
    name: 'a draft is discarded',
    prepare: ({ drafts }, p) => drafts.create(draft(p)),
    run: ({ drafts }, p) => drafts.discard(p, draft(p).draftId, 1),
  },
  {
    name: 'a case file is made that is found by its alias',
    async run({ records }, p) {
      const caseKey = await records.caseKeyFor(`${p}-alias`, 1, p);
      const committed = await records.commit({ ...aCommit(noHead(caseKey), ids(p)), hash: `${p}-hash-1` });
      return [committed, await records.findCaseKey(`${p}-alias`)];
    },
  },
  { name: 'a number is reserved', run: ({ records }, p) => records.reserveNumber(reservation(p)) },
  {
    name: 'a number is reserved that another record holds',
    prepare: ({ records }, p) => records.reserveNumber(reservation(p)),
    run: ({ records }, p) => records.reserveNumber({ ...reservation(p), recordId: `${p}-another` }),
  },
  { name: 'the first version of a case file is committed', run: (stores, p) => commit(stores, p, 1) },
  {
    name: 'a further version is committed',
    prepare: (stores, p) => commit(stores, p, 1),
    run: (stores, p) => commit(stores, p, 2),
  },
  {
    name: 'a case is opened by its first commit',
    run: (stores, p) => commit(stores, p, 1, { opens: aCase(p) }),
  },
  {
    name: 'a case is opened by its first commit that records were linked into',
    prepare: ({ records }, p) => records.linkInto(p, `${p}-linked`, `${p}-home`),
    run: (stores, p) => commit(stores, p, 1, { opens: aCase(p) }),
  },
  {
    name: 'a version is committed on a head that moved',
    prepare: (stores, p) => commit(stores, p, 1),
    run: ({ records }, p) => records.commit(aCommit(noHead(p), { ...ids(p), recordId: `${p}-another` })),
  },
  {
    name: 'a record is linked',
    prepare: ({ cases }, p) => cases.save(aCase(p)),
    run: ({ records }, p) => records.linkInto(p, `${p}-record`, `${p}-home`),
  },
  { name: 'a case is opened', run: ({ cases }, p) => cases.save(aCase(p)) },
  {
    name: 'a case is given another team',
    prepare: async (stores, p) => {
      await stores.cases.save(aCase(p));
      await commit(stores, p, 1);
    },
    run: ({ cases }, p) => cases.save(aCase(p, { revision: 2, teamIds: [`${p}-team`, `${p}-other`] })),
  },
  {
    name: 'a case is restricted',
    prepare: ({ cases }, p) => cases.save(aCase(p)),
    run: ({ cases }, p) => cases.save(aCase(p, { revision: 2, undecidedSince: '2026-11-23T09:00:00.000Z' })),
  },
  { name: 'urgent access is granted', run: ({ cases }, p) => cases.grant(grant(p)) },
  {
    name: 'the access log is written',
    run: ({ access }, p) =>
      access.appendBatch([anAccess({ chainKey: p }), anAccess({ chainKey: p, seq: 2, subject: `${p}-record` })]),
  },
  { name: 'a conversation is kept', run: ({ conversations }, p) => conversations.save(conversation(p)) },
  { name: 'a message is queued', run: ({ notices }, p) => notices.queue([aNotice(p)]) },
  {
    name: 'a message is claimed',
    prepare: ({ notices }, p) => notices.queue([aNotice(p)]),
    run: ({ notices }, p) => notices.claim(aNotice(p)),
  },
  {
    name: 'a message was sent',
    prepare: ({ notices }, p) => notices.queue([aNotice(p)]),
    run: ({ notices }, p) => notices.settle(`${p}-notice`, 'sent'),
  },
  { name: 'a nudge is claimed', run: ({ nudges }, p) => nudges.create(aNudge(p, 1)) },
  {
    name: 'a nudge moves on',
    prepare: ({ nudges }, p) => nudges.create(aNudge(p, 1)),
    run: ({ nudges }, p) => nudges.save(aNudge(p, 2)),
  },
  { name: 'an item is noted', run: ({ nudges }, p) => nudges.saveItem(anItem(p, 1)) },
  {
    name: 'an item is snoozed',
    prepare: ({ nudges }, p) => nudges.saveItem(anItem(p, 1)),
    run: ({ nudges }, p) => nudges.saveItem(anItem(p, 2)),
  },
  { name: 'a deputy is named', run: ({ nudges }, p) => nudges.saveDeputy(deputy(p)) },
  { name: 'somebody cannot be reached', run: ({ nudges }, p) => nudges.setReachable(p, false) },
  {
    name: 'somebody can be reached again',
    prepare: ({ nudges }, p) => nudges.setReachable(p, false),
    run: ({ nudges }, p) => nudges.setReachable(p, true),
  },
];
