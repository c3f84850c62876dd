import { copiedText } from './copiedText.ts';
import { comparison } from './comparing.ts';
import { KEPT_KINDS, type CopyStore, type Kept, type KeptKind } from './copyPorts.ts';
import type { AuditFinding } from './auditFindings.ts';
import { differs, foreign } from './copyRefusals.ts';
import { CodedError } from './errors.ts';
import type { Keys } from './keyPorts.ts';
import { verify } from './verifying.ts';

export interface Copying {
  readonly from: CopyStore;
  readonly to: CopyStore;
  /** The keys of both. */
  readonly keys: Keys;
  /** Hears how much has been copied and compared so far, in things that are kept. */
  readonly onProgress?: ((done: number) => void) | undefined;
  /** Asked before each step: whether to stop there. What was copied stays, and is gone on from. */
  readonly isStopped?: (() => boolean) | undefined;
}

export type Counts = Readonly<Record<KeptKind, number>>;

/** What a copy came to. */
export interface Copied {
  /** The target held all of it before. */
  readonly wasThere: boolean;
  readonly counts: Counts;
  /** What is wrong with the records, in the source as well; the target is not given to a bot then. */
  readonly findings: readonly AuditFinding[];
}

/**
 * Copies everything that a store keeps into an empty one (`checkSource` and `checkTarget` have let them pass), compares the
 * two, and verifies the target where that can be done. The target is marked until all of it has ended well, and no bot starts
 * on a marked store. Run again after an end of any kind, it goes on, and ends in the same. Where the target is whole already,
 * the two are only compared. Nothing is overwritten: throws `copy.foreign` when something else stands in the target under the
 * same key, `copy.differs` when the two are not the same in the end, and `copy.stopped`.
 * Source: issue “Azure Cosmos DB”, 5; project decision 0017.
 */
export async function copyAll(copying: Copying): Promise<Copied> {
  const { to } = copying;
  const steps = stepping(copying);
  const state = await to.state();
  if (state === 'whole') return { wasThere: true, counts: await compared(copying, steps), findings: [] };
  await to.begin();
  await copyEach(copying, steps);
  await to.derive();
  const counts = await compared(copying, steps);
  const findings = await verified(copying);
  if (findings.length === 0) await to.end();
  return { wasThere: false, counts, findings };
}

/** Refuses what cannot be copied: `copy.empty` for a store that holds nothing, `store.half` for a copy that did not end. */
export async function checkSource(from: CopyStore): Promise<void> {
  const state = await from.state();
  if (state === 'empty')
    throw new CodedError('copy.empty', 'There is nothing to copy: check that the settings name the records that you mean.'); // prettier-ignore
  if (state === 'half')
    throw new CodedError('store.half', 'What is to be copied is itself a copy that did not end: end that one first, by the same command.'); // prettier-ignore
}

/** Refuses a target that holds the records of another store, as its store key says: `copy.foreign`. Changes nothing. */
export async function checkTarget(from: CopyStore, to: CopyStore): Promise<void> {
  const [state, ours, there] = await Promise.all([to.state(), from.storeKey(), to.storeKey()]);
  if (there === undefined && state !== 'whole') return;
  if (ours === undefined || there === undefined || copiedText(ours) !== copiedText(there))
    throw foreign('storeKey', []);
}

interface Steps {
  /** Notes that so many more are done. Throws `copy.stopped`. */
  done(more: number): void;
}

function stepping({ onProgress, isStopped }: Copying): Steps {
  let all = 0;
  return {
    done(more) {
      onProgress?.((all += more));
      if (isStopped?.() === true)
        throw new CodedError('copy.stopped', 'The copy was stopped, and the target is not complete: run the same command again to go on.'); // prettier-ignore
    },
  };
}

async function copyEach({ from, to }: Copying, steps: Steps): Promise<void> {
  const last = await from.lastAccess();
  const isLast = (value: Kept['access']): boolean => value.chainKey === last?.chainKey && value.seq === last.seq;
  let held: readonly Kept['access'][] = [];

  async function copyKind<K extends KeptKind>(kind: K, hold: (value: Kept[K]) => boolean): Promise<void> {
    for await (const batch of from.read(kind)) {
      await keep(to, kind, batch.filter((value) => !hold(value))); // prettier-ignore
      steps.done(batch.length);
    }
  }

  for (const kind of KEPT_KINDS) {
    if (kind !== 'access') await copyKind(kind, () => false);
    else
      await copyKind(kind, (value) => {
        if (isLast(value)) held = [value];
        return isLast(value);
      });
  }
  // The entry that was written last is written last again: the next chain vouches for it.
  await keep(to, 'access', held);
}

async function keep<K extends KeptKind>(to: CopyStore, kind: K, values: readonly Kept[K][]): Promise<void> {
  const other = values.length === 0 ? undefined : await to.keep(kind, values);
  if (other !== undefined) throw foreign(kind, other);
}

async function compared({ from, to }: Copying, steps: Steps): Promise<Counts> {
  const counts: Partial<Record<KeptKind, number>> = {};
  for (const kind of KEPT_KINDS) {
    const found = await comparison(kind, from.read(kind), to.read(kind), (more) => steps.done(more));
    if (found.difference !== undefined) throw differs(kind, found.difference);
    counts[kind] = found.count;
  }
  return counts as Counts; // every kind was counted
}

async function verified({ to, keys }: Copying): Promise<readonly AuditFinding[]> {
  const source = to.audit?.();
  if (source === undefined) return [];
  try {
    return (await verify(source, keys)).findings;
  } finally {
    await source.close();
  }
}
