import {
  type AccessEnd,
  type AccessPage,
  type AccessStore,
  type AccessTally,
  type ChainedAccess,
} from '../../accessLogPorts.ts';
import type { Listed } from '../../listed.ts';
import { outsideTurn } from '../../turnTime.ts';
import { subjectsOf } from '../subjectsOf.ts';
import type { Connection, On } from './connection.ts';
import { cosmosFault } from './cosmosFault.ts';
import type { Query } from './documents.ts';
import { mergedAccess } from './mergedAccess.ts';
import { settled } from './settled.ts';
import { anyOf, idOf, inChunks } from './text.ts';

export interface AccessDoc extends ChainedAccess {
  readonly id: string;
  /** The ids of its `subject`, each once. */
  readonly subjects: readonly string[];
  /** How many this process had written before: tells apart what it wrote within a second. */
  readonly nth: number;
}

/** A batch takes 100 steps. */
const WRITTEN_AT_ONCE = 100;
/** How many subjects are asked for at once. */
const ASKED_AT_ONCE = 50;

const OLDER = anyOf([
  'c.at < @at',
  'c.at = @at AND c.chainKey < @chainKey',
  'c.at = @at AND c.chainKey = @chainKey AND c.seq < @seq',
]);
const NEWEST_FIRST = 'ORDER BY c.at DESC, c.chainKey DESC, c.seq DESC';

/** Comes after every key. */
const NEWEST = { at: '~', chainKey: '~', seq: Number.MAX_SAFE_INTEGER } as const;

/**
 * Keeps the access log in Cosmos DB: a document for each entry, a partition for each chain. A batch of up to 100 entries is
 * kept whole or not at all; a longer one in parts, in order.
 */
export function accessStore({ call }: Connection): AccessStore {
  let written = 0;

  async function append(on: On, entries: readonly ChainedAccess[]): Promise<void> {
    const docs = entries.map((entry) => accessDoc(entry, (written += 1)));
    const [first] = docs;
    if (first === undefined) return;
    const { chainKey, id } = first;
    await settled<true>(on.deadline, {
      attempt: async () =>
        'etags' in (await on.access.batch(chainKey, docs.map((doc) => ({ create: doc })))) || undefined, // prettier-ignore
      async lookBack() {
        const there = await on.access.read<AccessDoc>(chainKey, id);
        if (there?.hash === first.hash) return true;
        if (there === undefined && !(await isTaken(on, docs))) return undefined;
        throw cosmosFault('store.fault', undefined, 'A place in the access log is taken already.');
      },
    });
  }

  return {
    // Entries of several turns share a batch: none of them may end it for the others.
    appendBatch: (entries) =>
      outsideTurn(() =>
        call(async (on) => {
          for (const [, chain] of Map.groupBy(entries, ({ chainKey }) => chainKey))
            for (const part of inChunks(chain, WRITTEN_AT_ONCE)) await append(on, part);
        }),
      ),
    latestChain: () => call(latestChain),
    about: (subjects, page) =>
      call(async (on) => {
        const chunks = inChunks([...new Set(subjects)], ASKED_AT_ONCE);
        return mergedAccess(await Promise.all(chunks.map((chunk) => pageOf(on, aboutAny(chunk), page))), page.limit);
      }),
    by: (personId, page) => call((on) => pageOf(on, { sql: 'c.personId = @personId', values: { personId } }, page)),
    tally: (personId, from) =>
      call(async ({ access }) => {
        const sql = 'SELECT c.action, c.subjects[0] AS first FROM c WHERE c.personId = @personId AND c.at >= @from';
        return tallied(await access.query<Omit<AccessTally, 'times'>>({ sql, values: { personId, from } }));
      }),
  };
}

/** Whether any of these places holds an entry. */
async function isTaken({ access }: On, docs: readonly AccessDoc[]): Promise<boolean> {
  const there = await Promise.all(docs.map(({ chainKey, id }) => access.read(chainKey, id)));
  return there.some((doc) => doc !== undefined);
}

function aboutAny(subjects: readonly string[]): Query {
  const named = subjects.map((subject, nth) => [`subject${nth}`, subject] as const);
  const sql = anyOf(named.map(([name]) => `ARRAY_CONTAINS(c.subjects, @${name})`));
  return { sql, values: Object.fromEntries(named) };
}

async function pageOf(
  { access }: On,
  where: Query,
  { before = NEWEST, limit }: AccessPage,
): Promise<Listed<ChainedAccess>> {
  const { at, chainKey, seq } = before;
  const sql = `SELECT TOP @limit * FROM c WHERE ${where.sql} AND ${OLDER} ${NEWEST_FIRST}`;
  const values = { ...where.values, at, chainKey, seq, limit };
  const { items, isCutShort } = await access.list<AccessDoc>({ sql, values });
  return { items: items.map(asAccess), isCutShort };
}

function tallied(looks: readonly Omit<AccessTally, 'times'>[]): readonly AccessTally[] {
  const groups = Map.groupBy(looks, ({ action, first }) => `${action} ${first}`);
  return [...groups.values()].flatMap((group) => group.slice(0, 1).map((look) => ({ ...look, times: group.length })));
}

interface Latest {
  readonly chainKey: string;
  readonly _ts: number;
  readonly nth: number;
}

/** How many are looked at to find the last one of the last second. */
const OF_A_SECOND = 100;

/** By the account’s clock, which counts seconds; within one, by the order in which its process wrote. */
async function latestChain({ access }: On): Promise<AccessEnd | undefined> {
  const sql = 'SELECT TOP @most c.chainKey, c._ts, c.nth FROM c ORDER BY c._ts DESC';
  const newest = await access.query<Latest>({ sql, values: { most: OF_A_SECOND } });
  const [last] = newest.filter(({ _ts }) => _ts === newest[0]?._ts).sort((a, b) => b.nth - a.nth);
  if (last === undefined) return undefined;
  const { chainKey } = last;
  const end = 'SELECT TOP 1 c.chainKey, c.seq, c.hash FROM c WHERE c.chainKey = @chainKey ORDER BY c.seq DESC';
  return (await access.query<AccessEnd>({ sql: end, values: { chainKey } }, chainKey))[0];
}

/** An entry as it is kept, the nth that this process writes. */
export function accessDoc(entry: ChainedAccess, nth: number): AccessDoc {
  return { id: idOf(entry.seq), ...entry, subjects: subjectsOf(entry.subject), nth };
}

export function asAccess(doc: AccessDoc): ChainedAccess {
  const { chainKey, seq, at, personId, action, subject, grantId, before, prev, hash } = doc;
  return {
    ...{ chainKey, seq, at, personId, action, subject },
    ...(grantId === undefined ? {} : { grantId }),
    ...(before === undefined ? {} : { before }),
    ...{ prev, hash },
  };
}
