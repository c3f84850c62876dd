import { rollForward } from '../committing.ts';
import { unpackDraft, type Draft, type Frozen } from '../drafts.ts';
import { CodedError, codeOf } from '../errors.ts';
import type { Wording } from '../ports.ts';
import type { RecordType } from '../recordType.ts';
import { recordType } from '../records/registry.ts';
import { wordingOf } from '../wording.ts';
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
  if (draft.committed !== undefined) return { kind: 'receipt', type, committed: draft.committed };
  if (draft.committing === undefined)
    throw new CodedError('store.broken', 'A signed draft does not hold what was signed.');
  try {
    return { kind: 'receipt', type, committed: await commitFrozen(deps, draft, draft.committing) };
  } catch (error) {
    const code = codeOf(error);
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
    const draft = unpackDraft(stored);
    if (draft.committing === undefined) continue;
    try {
      await commitFrozen(deps, draft, draft.committing);
      recovered += 1;
    } catch (error) {
      failed(codeOf(error));
    }
  }
  return recovered;
}

function commitFrozen(deps: RecordingDeps, draft: Draft, frozen: Frozen): ReturnType<typeof rollForward> {
  return rollForward({ ...deps, wordingFor }, draft, frozen);
}

function wordingFor(typeId: string): Wording {
  const type = recordType(typeId);
  if (type === undefined)
    throw new CodedError('store.newer', 'A draft is of a record type that this release does not know.');
  return wordingOf(type);
}
