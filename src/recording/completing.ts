import { may } from '../access.ts';
import type { Draft } from '../drafts.ts';
import { knownType } from '../forms.ts';
import { derivedId } from '../ids.ts';
import { findRecord, isToBeCompleted } from '../opening.ts';
import { unpackPayload } from '../payloads.ts';
import type { Person } from '../people.ts';
import type { RecordingDeps } from './deps.ts';
import { createDraft, newDraft } from './drafting.ts';
import { waitingCard } from './show.ts';
import type { RecordingView } from './views.ts';

/**
 * Begins to complete an urgent record, or goes on with it: the ordinary questions, with what is known filled in. Signing
 * makes a version of kind `completed`. The same press any number of times makes one draft.
 * Source: issue "Every record type", urgent record.
 */
export async function complete(deps: RecordingDeps, person: Person, number: string): Promise<RecordingView> {
  const stored = await findRecord(deps, number);
  const allowed = stored !== undefined && (await may(deps.directory, 'record.complete', person, stored.header));
  await deps.access.append({
    at: deps.clock.now(),
    personId: person.id,
    action: allowed ? 'record.open' : 'record.refused',
    subject: number,
  });
  if (!allowed) return { kind: 'nothing' };
  const { caseKey, header } = stored;
  if (!isToBeCompleted(header)) return { kind: 'alreadyComplete', number: header.number };
  const type = knownType(header.type);
  const { answers } = unpackPayload(deps.keys, stored);
  const fresh = newDraft(deps, person, type);
  const { recordId, version, authorId, teamId } = header;
  const draft: Draft = {
    ...fresh,
    draftId: derivedId(recordId, String(version), 'record.complete', person.id),
    purpose: 'completed',
    base: { caseKey, recordId, number: header.number, version, authorId, teamId },
    teamId,
    answers,
    section: waitingCard(type, answers)?.id ?? fresh.section,
  };
  return createDraft(deps, person, draft, 'openThere');
}
