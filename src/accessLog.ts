import type { AccessEnd, AccessLink, AccessStore, ChainedAccess } from './accessLogPorts.ts';
import { canonicalJson } from './canonicalJson.ts';
import type { Keys } from './keyPorts.ts';
import type { AccessEntry, AccessLog, Clock, Random } from './ports.ts';

/** What the first entry of the first chain follows. */
export const BEFORE_THE_FIRST = '0'.repeat(64);
const PROCESS_ID_BYTES = 8;

export interface AccessLogDeps {
  readonly store: AccessStore;
  readonly keys: Keys;
  readonly clock: Clock;
  readonly random: Random;
}

/** The chain that a process is writing. */
interface Chain {
  readonly date: string;
  readonly processId: string;
  readonly end: AccessEnd;
}

interface Waiting {
  readonly entry: AccessEntry;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/**
 * The hash of an entry: keyed, so that nobody without the keys can write an entry or change one. The key is the lookup key,
 * which is never replaced.
 * Source: issue "Case summary", 6; project decision 0014.
 */
export function accessHash(keys: Pick<Keys, 'lookupHash'>, link: AccessLink): string {
  const { chainKey, seq, at, personId, action, subject, grantId, before, prev } = link;
  const place = before === undefined ? undefined : { chainKey: before.chainKey, seq: before.seq };
  const hashed = { chainKey, seq, at, personId, action, subject, prev };
  return keys.lookupHash(
    'access',
    canonicalJson({
      ...hashed,
      ...(grantId === undefined ? {} : { grantId }),
      ...(place === undefined ? {} : { before: place }),
    }),
  );
}

/**
 * The access log of one process. Entries that arrive together share a write, in the order in which they arrived, and what
 * arrives while a write is under way shares the next one; each append resolves once its entry is durable. A process writes
 * a chain of its own for each UTC date, and shares nothing with other processes; the first entry of a chain names the end
 * of the one before it.
 * When a write fails, everything that waits rejects: whether it was written is not known. The next append begins a new
 * chain, which follows the last entry that is known to be durable.
 * Source: issue "Case summary", 6; project decision 0014.
 */
export function accessLog(deps: AccessLogDeps): AccessLog {
  const { store } = deps;
  let waiting: Waiting[] = [];
  let isWriting = false;
  let chain: Chain | undefined;
  /** The last entry that is known to be durable, once anything is. */
  let known: AccessEnd | undefined;

  async function write(batch: readonly Waiting[]): Promise<void> {
    const follows = chain?.end ?? known ?? (await store.latestChain());
    const begun = chainFor(deps, chain, follows);
    const links = linked(deps.keys, begun, batch.map(({ entry }) => entry)); // prettier-ignore
    await store.appendBatch(links);
    known = endOf(links) ?? follows;
    chain = known && { date: begun.date, processId: begun.processId, end: known };
  }

  async function writeAll(): Promise<void> {
    // Whatever else is appended in this turn comes along.
    await Promise.resolve();
    while (waiting.length > 0) {
      const batch = waiting;
      waiting = [];
      try {
        await write(batch);
        for (const { resolve } of batch) resolve();
      } catch (error) {
        chain = undefined;
        const rest = waiting;
        waiting = [];
        for (const { reject } of [...batch, ...rest]) reject(error);
      }
    }
    isWriting = false;
  }

  return {
    append: (entry) =>
      new Promise((resolve, reject) => {
        waiting.push({ entry, resolve, reject });
        if (isWriting) return;
        isWriting = true;
        void writeAll(); // never rejects: whoever waits hears of it
      }),
  };
}

/** Where the next entry goes: the chain of today, or a new one. */
interface Begun {
  readonly date: string;
  readonly processId: string;
  readonly chainKey: string;
  readonly follows: AccessEnd | undefined;
}

function chainFor({ clock, random }: AccessLogDeps, chain: Chain | undefined, follows: AccessEnd | undefined): Begun {
  const date = clock.now().slice(0, 'YYYY-MM-DD'.length);
  if (chain?.date === date) return { ...chain, chainKey: chain.end.chainKey, follows };
  // A clock that was set back would come upon a chain of this process from before.
  const isNext = chain !== undefined && chain.date < date;
  const processId = isNext ? chain.processId : Buffer.from(random.bytes(PROCESS_ID_BYTES)).toString('hex');
  return { date, processId, chainKey: `${date}:${processId}`, follows };
}

function linked(keys: Keys, { chainKey, follows }: Begun, entries: readonly AccessEntry[]): readonly ChainedAccess[] {
  const links: ChainedAccess[] = [];
  let end = follows;
  for (const entry of entries) {
    const isFirst = end?.chainKey !== chainKey;
    const link: AccessLink = {
      ...entry,
      chainKey,
      seq: isFirst ? 1 : (end?.seq ?? 0) + 1,
      ...(isFirst && end !== undefined ? { before: { chainKey: end.chainKey, seq: end.seq } } : {}),
      prev: end?.hash ?? BEFORE_THE_FIRST,
    };
    const chained = { ...link, hash: accessHash(keys, link) };
    links.push(chained);
    end = chained;
  }
  return links;
}

function endOf(links: readonly ChainedAccess[]): AccessEnd | undefined {
  const last = links.at(-1);
  return last && { chainKey: last.chainKey, seq: last.seq, hash: last.hash };
}
