import type { AccessKey, ChainedAccess } from '../../../../src/accessLogPorts.ts';
import type { Listed } from '../../../../src/listed.ts';
import type { StoredVersion } from '../../../../src/ports.ts';
import type { Stores } from '../../../../src/storePorts.ts';
import { anAccess } from '../contract/accessStore.ts';
import { aCommit } from '../contract/builders.ts';

/** What is in every list of a filled store. */
export const FILLED = 12;

const two = (nth: number): string => String(nth).padStart(2, '0');

/** Fills a store so that each of its lists has the same number of entries, in as many partitions. */
export async function fill(stores: Stores): Promise<void> {
  for (let nth = 0; nth < FILLED; nth += 1) {
    const openItems = [{ kind: 'completion', due: `2026-12-${two(nth + 1)}` }] as const;
    const savedAt = `2026-11-23T14:${two(nth)}:00.000Z`;
    const head = await stores.records.head(`case-${nth}`);
    await stores.records.commit(
      aCommit(head, { recordId: `record-${two(nth)}`, savedAt, openItems, isUnlinked: true }),
    );
    await stores.access.appendBatch([anAccess({ chainKey: `2026-11-23:${two(nth)}`, at: savedAt })]);
    const nudge = { personId: `person-${two(nth)}`, date: '2026-11-23', status: 'sent', revision: 1 } as const;
    await stores.nudges.create({ ...nudge, changedAt: savedAt });
  }
}

/** A list that is shown, by the keys of what stands in it. */
export interface ListCall {
  readonly name: string;
  readonly container: 'cases' | 'access' | 'nudges';
  /** At most 50 of it, all of it or what follows the last of these. */
  readonly keys: (stores: Stores, after?: string) => Promise<Listed<string>>;
  /** There is no way to go on. */
  readonly isOnePage?: true;
}

const limit = 50;
const idOf = ({ header }: Pick<StoredVersion, 'header'>): string => header.recordId;
const placeOf = ({ at, chainKey, seq }: ChainedAccess): string => [at, chainKey, seq].join(' ');

async function keysOf<T>(listing: Promise<Listed<T>>, key: (item: T) => string): Promise<Listed<string>> {
  const { items, isCutShort } = await listing;
  return { items: items.map(key), isCutShort };
}

function accessBefore(key: string | undefined): AccessKey | undefined {
  if (key === undefined) return undefined;
  const [at = '', chainKey = '', seq = ''] = key.split(' ');
  return { at, chainKey, seq: Number(seq) };
}

const AUTHOR = 'person-asha';
const TEAM = 'team-north';
export const LIST_CALLS: readonly ListCall[] = [
  {
    ...{ name: 'the records of an author', container: 'cases' },
    keys: ({ records }, before) => keysOf(records.byAuthor(AUTHOR, { before, limit }), idOf),
  },
  {
    ...{ name: 'records without a case', container: 'cases' },
    keys: ({ records }, before) => keysOf(records.unlinked({ before, limit }), idOf),
  },
  {
    ...{ name: 'what is to be completed', container: 'cases', isOnePage: true },
    keys: ({ records }) => keysOf(records.toBeCompleted({ authorId: AUTHOR, teamIds: [TEAM] }, limit), idOf),
  },
  {
    ...{ name: 'what a team saved', container: 'cases' },
    keys: ({ records }, after) => {
      const [savedAt = '', recordId = ''] = after?.split(' ') ?? [];
      const before = after === undefined ? undefined : { savedAt, recordId };
      const key = ({ header }: Pick<StoredVersion, 'header'>): string => `${header.savedAt} ${header.recordId}`;
      return keysOf(records.headersOfTeam(TEAM, '2026-11-01', { before, limit }), key);
    },
  },
  {
    ...{ name: 'what is open', container: 'cases', isOnePage: true },
    keys: ({ open }) => keysOf(open.openOf({ authorId: AUTHOR, teamIds: [TEAM] }, limit), idOf),
  },
  {
    ...{ name: 'what a search finds', container: 'cases' },
    keys: async ({ search }, before) => {
      const wanted = { within: [{ kind: 'author', id: AUTHOR }], also: [] } as const;
      const { found, isCutShort } = await search.search(wanted, { before, limit });
      return { items: found.map(idOf), isCutShort };
    },
  },
  {
    ...{ name: 'the access log of a person', container: 'access' },
    keys: ({ access }, after) => keysOf(access.by(AUTHOR, { before: accessBefore(after), limit }), placeOf),
  },
  {
    ...{ name: 'the access log of a record', container: 'access' },
    keys: ({ access }, after) => keysOf(access.about(['SL-7KQ2M9XA'], { before: accessBefore(after), limit }), placeOf),
  },
  {
    ...{ name: 'the cards that were sent', container: 'nudges', isOnePage: true },
    keys: ({ nudges }) => keysOf(nudges.latest(limit), ({ personId }) => personId),
  },
];

/** What must be whole, or fail. */
export const WHOLE_CALLS: readonly { readonly name: string; readonly run: (stores: Stores) => Promise<unknown> }[] = [
  { name: 'what is due', run: ({ open }) => open.due('2027-12-31', { limit }) },
  { name: 'the cards of a day', run: ({ nudges }) => nudges.ofDay('2026-11-23') },
  { name: 'the cards of one person', run: ({ nudges }) => nudges.latestOf('person-00', limit) },
  { name: 'what is known of items', run: ({ nudges }) => nudges.items(['record-00', 'record-01']) },
  { name: 'deputies', run: ({ nudges }) => nudges.deputies('2026-11-23') },
  { name: 'who cannot be reached', run: ({ nudges }) => nudges.unreachable() },
  { name: 'drafts that are being signed', run: ({ drafts }) => drafts.committing(limit) },
  { name: 'drafts that nobody touched', run: ({ drafts }) => drafts.touchedBefore('2027-01-01', limit) },
  { name: 'messages to be sent', run: ({ notices }) => notices.pending(limit) },
  { name: 'messages about something', run: ({ notices }) => notices.about('SL-7KQ2M9XA') },
  { name: 'restrictions to be decided on', run: ({ cases }) => cases.undecided(limit) },
  { name: 'a case file', run: ({ records }) => records.caseFile('case-1') },
  { name: 'what slows somebody', run: ({ access }) => access.tally(AUTHOR, '2026-11-23') },
  { name: 'the end of the access log', run: ({ access }) => access.latestChain() },
];
