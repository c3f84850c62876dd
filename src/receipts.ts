import { unpackDraft } from './drafts.ts';
import { formOf } from './forms.ts';
import type { Keys } from './keyPorts.ts';
import type { Message, StoredNotice } from './noticePorts.ts';
import type { DraftStore } from './ports.ts';

/**
 * What a message to whoever signed says by now: `wait` while the draft is still being saved, `never` when it has come to
 * something else.
 */
export async function messageToSigner(
  deps: { readonly drafts: Pick<DraftStore, 'read'>; readonly keys: Keys },
  { what, about, audience }: StoredNotice & { readonly what: 'saved' | 'overtaken' },
): Promise<Message | 'wait' | 'never'> {
  const stored = audience.kind === 'person' ? await deps.drafts.read(audience.personId, about) : undefined;
  if (stored === undefined) return 'never';
  if (stored.status === 'committing') return 'wait';
  if (what === 'overtaken') return stored.status === 'open' ? { what, about } : 'never';
  const draft = unpackDraft(deps.keys, stored);
  if (draft.committed === undefined) return 'never';
  return { what, about, receipt: { type: formOf(draft), committed: draft.committed, purpose: draft.purpose } };
}
