import { hash } from 'node:crypto';
import { openCase, openedCase, type CaseDeps } from './caseFacts.ts';
import { canonicalJson } from './canonicalJson.ts';
import type { Committed, Draft, Frozen } from './drafts.ts';
import { packDraft } from './drafts.ts';
import { CodedError } from './errors.ts';
import { recordNumbers } from './ids.ts';
import { noticesOf, savedNotice } from './notices.ts';
import { sealPayload } from './payloads.ts';
import { restrictFirst } from './restrictionRequests.ts';
import type { ChainEntry, Clock, DraftStore, RecordStore, StoredVersion, Wording } from './ports.ts';
import type { NoticeStore } from './noticePorts.ts';

/** How often a commit follows a head that moved before it gives up. Source: architecture, "Committing exactly once". */
const REBASES = 8;

export interface CommittingDeps extends CaseDeps {
  readonly drafts: DraftStore;
  readonly records: RecordStore;
  readonly notices: NoticeStore;
  readonly clock: Clock;
  /** The words of its record type, and of what was said beside it. */
  readonly wordingsFor: (draft: Draft) => readonly Wording[];
}

/**
 * Brings a frozen draft to its end: number, version, chain entry, who may see a case that is new,
 * closed draft. May be called any number of times, by any
 * number of processes at once: the record is made once. Whoever signed gets the receipt as a message. Throws as
 * `saveFrozen` does.
 */
export async function rollForward(deps: CommittingDeps, draft: Draft, frozen: Frozen): Promise<Committed> {
  const committed = await saveFrozen(deps, draft, frozen, () => true);
  await closeDraft(deps, draft, committed);
  return committed;
}

/**
 * Makes the record of a frozen draft: all but closing the draft, which is to follow. May be called any number of times, by
 * any number of processes at once. Resolves only when the record is durable, and queued what is to be told of it; whoever
 * signed is told as well if at that moment they are `unanswered`.
 * Throws `CodedError('commit.foreign')` when another record stands in its place, `commit.contended` when others kept
 * getting in first, and the store's errors.
 * Source: architecture, "Committing exactly once".
 */
export async function saveFrozen(
  deps: CommittingDeps,
  draft: Draft,
  frozen: Frozen,
  unanswered: () => boolean,
): Promise<Committed> {
  const number = frozen.number ?? (await reserveNumber(deps.records, frozen.header.recordId, frozen.caseKey));
  const restricted = await restrictFirst(deps, draft, frozen, number);
  const { answers, said, entry, salt } = frozen;
  const version = sealPayload(
    deps.keys,
    frozen.caseKey,
    { ...frozen.header, number },
    {
      answers,
      ...(said === undefined ? {} : { said }),
      entry,
      salt,
    },
  );

  const chained = await append(deps, draft, frozen, version);
  const committed: Committed = {
    caseKey: frozen.caseKey,
    number,
    seq: chained.seq,
    hash: chained.hash,
    savedAt: version.header.savedAt,
    openItems: version.header.openItems,
  };
  const { linkedTo, recordId } = frozen.header;
  if (linkedTo !== undefined) {
    await Promise.all([
      deps.records.linkInto(linkedTo, recordId, frozen.caseKey),
      openCase(deps, linkedTo, frozen.header.teamId, frozen.header.savedAt),
    ]);
  }
  const toSigner = unanswered() ? [savedNotice(draft, frozen)] : [];
  const notices = [...noticesOf(frozen, number), ...restricted, ...toSigner];
  if (notices.length > 0) await deps.notices.queue(notices);
  return committed;
}

async function reserveNumber(records: RecordStore, recordId: string, caseKey: string): Promise<string> {
  for (const number of recordNumbers(recordId)) {
    if ((await records.reserveNumber({ number, recordId, caseKey })) === 'mine') return number;
  }
  throw new CodedError('commit.contended', 'Every number that this record may take is taken.');
}

async function append(
  deps: CommittingDeps,
  draft: Draft,
  frozen: Frozen,
  version: StoredVersion,
): Promise<{ readonly seq: number; readonly hash: string }> {
  const { recordId, version: nth, teamId, savedAt } = version.header;
  for (let attempt = 0; attempt <= REBASES; attempt += 1) {
    const head = await deps.records.head(frozen.caseKey);
    const entry: ChainEntry = {
      caseKey: frozen.caseKey,
      seq: head.seq + 1,
      kind: version.header.kind,
      recordId,
      version: nth,
      at: savedAt,
      actor: frozen.entry.personId,
      draftId: draft.draftId,
      commitment: version.commitment,
      prev: head.hash,
    };
    const hash = chainHash(entry);
    const opens = head.seq === 0 ? { opens: openedCase(deps.keys, frozen.caseKey, teamId, savedAt) } : {};
    const result = await deps.records.commit({
      version,
      entry,
      hash,
      head,
      ...opens,
      wordings: deps.wordingsFor(draft),
    });
    if (result === 'committed') return { seq: entry.seq, hash };
    if (result === 'exists') return ours(deps.records, version);
  }
  throw new CodedError('commit.contended', 'Other records of this case kept being saved first.');
}

/** "Already exists" is success only when what exists is what we were about to write. */
async function ours(records: RecordStore, version: StoredVersion): Promise<{ seq: number; hash: string }> {
  const { recordId, version: nth } = version.header;
  const link = await records.chainOf(version.caseKey, recordId, nth);
  if (link === undefined || link.commitment !== version.commitment) {
    throw new CodedError('commit.foreign', 'Another version stands where this record was to be saved.');
  }
  return { seq: link.seq, hash: link.hash };
}

/** Closes the draft of a record that was made. May be called any number of times. */
export async function closeDraft(
  deps: Pick<CommittingDeps, 'drafts' | 'keys' | 'clock'>,
  draft: Draft,
  committed: Committed,
): Promise<void> {
  const closed: Draft = {
    ...draft,
    status: 'committed',
    revision: draft.revision + 1,
    touchedAt: deps.clock.now(),
    answers: {},
    ...(draft.base === undefined ? {} : { base: { ...draft.base, answers: {} } }),
    unfinished: {},
    signature: undefined,
    changing: undefined,
    committing: undefined,
    committed,
  };
  // A conflict means that somebody else closed it: the record is the same one.
  await deps.drafts.save(packDraft(deps.keys, closed));
}

/**
 * The hash of a chain entry in hex, of its canonical JSON: put together here, because verifying asks for it for each entry;
 * a test compares it with `canonicalJson`. Source: architecture, "Data", chain.
 */
export function chainHash(entry: ChainEntry): string {
  const { actor, at, caseKey, commitment, draftId, kind, prev, recordId, seq, version } = entry;
  return hash(
    'sha256',
    `sharing-log/1\n{"actor":${canonicalJson(actor)},"at":${canonicalJson(at)},"caseKey":${canonicalJson(caseKey)},"commitment":${canonicalJson(commitment)},"draftId":${canonicalJson(draftId)},"kind":${canonicalJson(kind)},"prev":${canonicalJson(prev)},"recordId":${canonicalJson(recordId)},"seq":${canonicalJson(seq)},"version":${canonicalJson(version)}}`,
  );
}
