import { closeDraft, rollForward, saveFrozen } from '../committing.ts';
import { packDraft, unpackDraft, type Base, type Committed, type Draft, type Frozen } from '../drafts.ts';
import { CodedError, codeOf } from '../errors.ts';
import type { Instant } from '../fields.ts';
import { overtakenNotice, savedNotice } from '../notices.ts';
import type { Wording } from '../ports.ts';
import type { RecordType } from '../recordType.ts';
import { additionOf, knownType } from '../forms.ts';
import { noteSigned, turnIsAnswered } from '../turnTime.ts';
import { wordingOf } from '../wording.ts';
import { baseOf } from './basing.ts';
import type { RecordingDeps } from './deps.ts';
import type { RecordingView } from './views.ts';

/** How many drafts one sweep of recovery brings to their end. */
const RECOVERED_AT_ONCE = 50;

/**
 * Brings a signed draft to its receipt. When the store cannot say whether the record was saved, or others kept getting in
 * first, answers `checking`, and the draft is brought to its end soon. A turn that was answered meanwhile sends the
 * receipt as a message. Once the record is saved its receipt is shown, also when the draft could not be closed: whether it
 * was may not be known, and nothing else would then lead to a receipt.
 * Source: issue “Azure Cosmos DB”, 2; project decision 0016.
 */
export async function settle(
  deps: RecordingDeps,
  { draft, type }: { readonly draft: Draft; readonly type: RecordType },
): Promise<RecordingView> {
  const { purpose } = draft;
  if (draft.committed !== undefined) return { kind: 'receipt', type, committed: draft.committed, purpose };
  const { committing } = draft;
  if (committing === undefined) throw new CodedError('store.broken', 'A signed draft does not hold what was signed.');
  noteSigned(draft.draftId);
  try {
    const committed = await saveFrozen({ ...deps, wordingsFor }, draft, committing, turnIsAnswered);
    await closed(deps, draft, committing, committed);
    noteSigned(undefined);
    return { kind: 'receipt', type, committed, purpose };
  } catch (error) {
    const code = codeOf(error);
    if (code === 'commit.foreign' && draft.base !== undefined) return reopen(deps, draft, committing, draft.base, type);
    if (!code.startsWith('store.') && code !== 'commit.contended') throw error;
    deps.unfinished(draft);
    return { kind: 'checking', draft, type };
  }
}

/** Closes the draft of a record that is saved, or leaves that for soon. */
async function closed(deps: RecordingDeps, draft: Draft, frozen: Frozen, committed: Committed): Promise<void> {
  try {
    await closeDraft(deps, draft, committed);
  } catch (error) {
    if (!codeOf(error).startsWith('store.')) throw error;
    deps.unfinished(draft);
    return;
  }
  if (!turnIsAnswered()) return;
  // It may have been answered after what is to be told was queued: queued again, it is the same message.
  await deps.notices.queue([savedNotice(draft, frozen)]);
}

/**
 * Brings every draft that was being committed to its end; how many were. Runs at start and every minute. Whoever signed
 * gets the receipt as a message. One that fails does not hold up the others, unless the store asks not to be asked:
 * `failed` hears its code. Drafts signed after `signedBefore` are left to the turn that is about them.
 */
export async function recover(
  deps: RecordingDeps,
  failed: (code: string) => void,
  signedBefore?: Instant,
): Promise<number> {
  let recovered = 0;
  for (const stored of await deps.drafts.committing(RECOVERED_AT_ONCE)) {
    if (signedBefore !== undefined && stored.touchedAt > signedBefore) continue;
    try {
      if (await finish(deps, unpackDraft(deps.keys, stored))) recovered += 1;
    } catch (error) {
      failed(codeOf(error));
      if (codeOf(error) === 'store.busy') break;
    }
  }
  return recovered;
}

/**
 * Brings one signed draft to its end, if nobody has yet; whoever signed gets the receipt as a message. May be repeated.
 * Throws what kept it from that.
 */
export async function finishDraft(
  deps: RecordingDeps,
  { personId, draftId }: Pick<Draft, 'personId' | 'draftId'>,
): Promise<void> {
  const stored = await deps.drafts.read(personId, draftId);
  if (stored?.status === 'committing') await finish(deps, unpackDraft(deps.keys, stored));
}

/** Whether a draft was committed, rather than put back. */
async function finish(deps: RecordingDeps, draft: Draft): Promise<boolean> {
  const { committing, base } = draft;
  if (committing === undefined) return false;
  try {
    await rollForward({ ...deps, wordingsFor }, draft, committing);
    return true;
  } catch (error) {
    if (codeOf(error) !== 'commit.foreign' || base === undefined) throw error;
    await deps.notices.queue([overtakenNotice(draft, committing)]);
    await putBack(deps, draft, base);
    return false;
  }
}

/** Somebody else's version came first: the draft is open again, on top of theirs, and says so. Nothing is merged. */
async function reopen(
  deps: RecordingDeps,
  draft: Draft,
  frozen: Frozen,
  base: Base,
  type: RecordType,
): Promise<RecordingView> {
  if (turnIsAnswered()) await deps.notices.queue([overtakenNotice(draft, frozen)]);
  const open = await putBack(deps, draft, base);
  noteSigned(undefined);
  return { kind: 'overtaken', draft: open, type, number: base.number };
}

async function putBack(deps: RecordingDeps, draft: Draft, base: Base): Promise<Draft> {
  const latest = await deps.records.latest(base.caseKey, base.recordId);
  const onto = latest === undefined ? base : { ...baseOf(deps.keys, latest), overtakes: latest.header.version };
  const open: Draft = {
    ...draft,
    status: 'open',
    revision: draft.revision + 1,
    touchedAt: deps.clock.now(),
    committing: undefined,
    base: onto,
  };
  // A conflict means that somebody else put it back: it is open either way.
  await deps.drafts.save(packDraft(deps.keys, open));
  return open;
}

function wordingsFor({ type, purpose }: Draft): readonly Wording[] {
  const addition = additionOf(purpose);
  return [wordingOf(knownType(type)), ...(addition === undefined ? [] : [wordingOf(addition)])];
}
