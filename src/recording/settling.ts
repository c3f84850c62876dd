import { rollForward } from '../committing.ts';
import { packDraft, unpackDraft, type Base, type Draft, type Frozen } from '../drafts.ts';
import { CodedError, codeOf } from '../errors.ts';
import type { Wording } from '../ports.ts';
import type { RecordType } from '../recordType.ts';
import { additionOf, knownType } from '../forms.ts';
import { wordingOf } from '../wording.ts';
import { baseOf } from './basing.ts';
import type { RecordingDeps } from './deps.ts';
import type { RecordingView } from './views.ts';

/** How many drafts one sweep of recovery brings to their end. */
const RECOVERED_AT_ONCE = 50;

/**
 * Brings a signed draft to its receipt. When the store cannot say whether the record was saved, or others kept getting in
 * first, answers `checking`: the next touch, or the sweep, finds out.
 */
export async function settle(
  deps: RecordingDeps,
  { draft, type }: { readonly draft: Draft; readonly type: RecordType },
): Promise<RecordingView> {
  const { purpose } = draft;
  if (draft.committed !== undefined) return { kind: 'receipt', type, committed: draft.committed, purpose };
  if (draft.committing === undefined)
    throw new CodedError('store.broken', 'A signed draft does not hold what was signed.');
  try {
    return { kind: 'receipt', type, committed: await commitFrozen(deps, draft, draft.committing), purpose };
  } catch (error) {
    const code = codeOf(error);
    if (code === 'commit.foreign' && draft.base !== undefined) return reopen(deps, draft, draft.base, type);
    if (!code.startsWith('store.') && code !== 'commit.contended') throw error;
    return { kind: 'checking', draft, type };
  }
}

/**
 * Brings every draft that was being committed to its end; how many were. Runs at start and every minute. One that fails
 * does not hold up the others: `failed` hears its code.
 */
export async function recover(deps: RecordingDeps, failed: (code: string) => void): Promise<number> {
  let recovered = 0;
  for (const stored of await deps.drafts.committing(RECOVERED_AT_ONCE)) {
    const draft = unpackDraft(deps.keys, stored);
    if (draft.committing === undefined) continue;
    try {
      await commitFrozen(deps, draft, draft.committing);
      recovered += 1;
    } catch (error) {
      if (codeOf(error) === 'commit.foreign' && draft.base !== undefined) await putBack(deps, draft, draft.base);
      else failed(codeOf(error));
    }
  }
  return recovered;
}

/** Somebody else's version came first: the draft is open again, on top of theirs, and says so. Nothing is merged. */
async function reopen(deps: RecordingDeps, draft: Draft, base: Base, type: RecordType): Promise<RecordingView> {
  const open = await putBack(deps, draft, base);
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

function commitFrozen(deps: RecordingDeps, draft: Draft, frozen: Frozen): ReturnType<typeof rollForward> {
  return rollForward({ ...deps, wordingsFor }, draft, frozen);
}

function wordingsFor({ type, purpose }: Draft): readonly Wording[] {
  const addition = additionOf(purpose);
  return [wordingOf(knownType(type)), ...(addition === undefined ? [] : [wordingOf(addition)])];
}
