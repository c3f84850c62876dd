import { accessHash, BEFORE_THE_FIRST } from './accessLog.ts';
import type { ChainedAccess } from './accessLogPorts.ts';
import type { AuditFinding, FindingCode, FindingList } from './auditFindings.ts';
import type { Keys } from './keyPorts.ts';

/** An entry of the access log with what the store holds for it. */
export interface AuditedAccess {
  readonly entry: ChainedAccess;
  /** Whether it is found by each of the ids of its subject. */
  readonly isFiled: boolean;
  /** Given where it names an entry of another chain: the hash of that one, and the last place in that chain, if there. */
  readonly named?: { readonly hash: string | undefined; readonly lastSeq: number | undefined };
}

/** Reads the access log of a store, by chain and then by place. */
export interface AccessAuditSource {
  accessEntries(): AsyncIterable<readonly AuditedAccess[]>;
}

export interface AccessAuditDeps {
  readonly source: AccessAuditSource;
  readonly keys: Keys;
  readonly findings: FindingList;
}

/**
 * Goes along every chain of the access log: each entry as it was written, in its place, after the one before it, and each
 * chain whole up to where a later one names it. Holds no more in memory than a batch. How many entries there were; `heard`
 * hears it after each batch.
 * Source: issue "Case summary", 6; project decision 0014.
 */
export async function auditAccess(
  { source, keys, findings }: AccessAuditDeps,
  heard: (entries: number) => void = () => undefined,
): Promise<number> {
  const walk = accessWalk(keys, findings);
  let entries = 0;
  for await (const batch of source.accessEntries()) {
    for (const audited of batch) walk(audited);
    entries += batch.length;
    heard(entries);
    if (findings.isFull()) break;
  }
  return entries;
}

/** The last entry that was looked at; its hash is not known when it was changed. */
interface Last {
  readonly chainKey: string | undefined;
  readonly seq: number;
  readonly hash: string | undefined;
}

function accessWalk(keys: Keys, findings: FindingList): (audited: AuditedAccess) => void {
  let last: Last = { chainKey: undefined, seq: 0, hash: undefined };

  return (audited) => {
    const { entry } = audited;
    const { chainKey, seq } = entry;
    const add = (what: FindingCode, more: Partial<AuditFinding> = {}): void =>
      findings.add({ what, chainKey, seq, ...more });
    if (last.chainKey !== chainKey) last = { chainKey, seq: 0, hash: undefined };
    if (seq <= last.seq) return add('access.extra');
    if (seq > last.seq + 1) {
      add('access.gap', { seq: last.seq + 1, ...(seq > last.seq + 2 ? { toSeq: seq - 1 } : {}) });
    }
    const isSound = accessHash(keys, entry) === entry.hash;
    if (!isSound) add('access.changed');
    else checkBefore(audited, last, add);
    if (isSound && !audited.isFiled) add('access.unfiled');
    last = { chainKey, seq, hash: isSound ? entry.hash : undefined };
  };
}

/** Whether an entry that is as it was written follows what it says it follows. */
function checkBefore(
  { entry, named }: AuditedAccess,
  last: Last,
  add: (what: FindingCode, more?: Partial<AuditFinding>) => void,
): void {
  const { seq, prev, before } = entry;
  if (seq > 1) {
    if (seq === last.seq + 1 && last.hash !== undefined && prev !== last.hash) add('access.prev');
    return;
  }
  if (before === undefined) {
    if (prev !== BEFORE_THE_FIRST) add('access.prev');
    return;
  }
  const there = { chainKey: before.chainKey, seq: before.seq };
  if (named?.lastSeq === undefined) add('access.missing', there);
  else if (named.lastSeq < before.seq) {
    const toSeq = before.seq > named.lastSeq + 1 ? { toSeq: before.seq } : {};
    add('access.short', { chainKey: before.chainKey, seq: named.lastSeq + 1, ...toSeq });
  }
  // One that is missing in the middle of its chain, or was changed, is told of there.
  else if (named.hash !== undefined && named.hash !== prev) add('access.prev', there);
}
