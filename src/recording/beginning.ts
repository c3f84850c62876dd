import { may, VERSION_RIGHTS, type RecordAction } from '../access.ts';
import { owned } from '../caseFacts.ts';
import { CHECK, unpackDraft, type Draft, type Purpose } from '../drafts.ts';
import type { Answers } from '../fields.ts';
import { formOf, isSaidOnly, knownType } from '../forms.ts';
import { derivedId } from '../ids.ts';
import { journeyCards } from '../journey.ts';
import { findRecord } from '../opening.ts';
import { isToBeCompleted } from '../recordWords.ts';
import { slowed } from '../pacing.ts';
import type { Person } from '../people.ts';
import type { StoredVersion } from '../ports.ts';
import { baseOf } from './basing.ts';
import type { RecordingDeps } from './deps.ts';
import { createDraft, newDraft, openDraft } from './drafting.ts';
import { waitingCard } from './show.ts';
import type { Hindrance, RecordingView } from './views.ts';

/** What a further version of a record may be begun as. Endorsing is one press, and is not begun. */
export type Beginning = Exclude<Purpose, 'record' | 'endorsed'>;

/**
 * Begins a further version of a record, or goes on with the one that this person has begun: completing it, adding its
 * outcome, amending it, commenting on it, linking it, consent taken back, something disputed. The same press any number of
 * times makes one draft. `reference` is the case that a record is to be linked to, where it was given with the command.
 * Source: issue "Records that stand up as evidence", versions; architecture, "Committing exactly once", step 1.
 */
export async function begin(
  deps: RecordingDeps,
  person: Person,
  number: string,
  purpose: Beginning,
  reference?: string,
): Promise<RecordingView> {
  const stored = await allowedRecord(deps, person, number, VERSION_RIGHTS[purpose]);
  if (stored === undefined) return { kind: 'nothing' };
  const base = baseOf(deps.keys, stored);
  const type = knownType(stored.header.type);
  const isComplete = !isToBeCompleted(stored.header);
  if (purpose === 'completed' && isComplete) return { kind: 'alreadyComplete', number: base.number };
  const cannot = hindrance(purpose, isComplete, base.openItems.length > 0, type.says.agreed?.(base.answers) === true);
  if (cannot !== undefined) return { kind: 'cannotBegin', number: base.number, why: cannot };
  // A link is begun with its reference, and each reference is another one.
  const begun = purpose !== 'linked' ? await alreadyBegun(deps, person, base.recordId, purpose) : undefined;
  if (begun !== undefined) return openDraft(deps, person, begun.draftId);
  const form = formOf({ type: type.id, purpose, base });
  const given: Answers = reference === undefined ? {} : { caseReference: reference };
  const answers = startingAnswers(purpose, base.answers, given);
  const { recordId, version, teamId } = base;
  const parts = [
    recordId,
    String(version),
    VERSION_RIGHTS[purpose],
    person.id,
    deps.keys.lookupHash('case', reference ?? ''),
  ];
  const draft: Draft = {
    ...newDraft(deps, person, type),
    draftId: derivedId(...parts),
    purpose,
    base,
    teamId,
    answers,
    section: purpose === 'amended' || reference !== undefined ? CHECK : firstCard(form, answers, purpose),
  };
  return createDraft(deps, person, draft, 'openThere');
}

/** This person's unfinished version of the same kind, on whatever version of the record it was begun. */
async function alreadyBegun(
  deps: RecordingDeps,
  person: Person,
  recordId: string,
  purpose: Beginning,
): Promise<Draft | undefined> {
  const drafts = (await deps.drafts.unfinished(person.id)).map((stored) => unpackDraft(deps.keys, stored));
  return drafts.find(
    (draft) => draft.status === 'open' && draft.purpose === purpose && draft.base?.recordId === recordId,
  );
}

/** The record with this number, for somebody who may do this with it. Noted in the access log, refused or not. */
export async function allowedRecord(
  deps: RecordingDeps,
  person: Person,
  number: string,
  action: RecordAction,
): Promise<StoredVersion | undefined> {
  const stored = await findRecord(deps, number);
  const allowed = stored !== undefined && (await may(deps, action, person, owned(stored)));
  await deps.access.append({
    at: deps.clock.now(),
    personId: person.id,
    action: allowed ? 'record.open' : 'record.refused',
    subject: number,
  });
  await slowed(deps, person);
  return allowed ? stored : undefined;
}

function hindrance(
  purpose: Beginning,
  isComplete: boolean,
  hasOpen: boolean,
  isAgreed: boolean,
): Hindrance | undefined {
  if (!isComplete && (purpose === 'outcome' || purpose === 'amended')) return 'toBeCompleted';
  if (purpose === 'outcome' && !hasOpen) return 'nothingOpen';
  return purpose === 'withdrawn' && !isAgreed ? 'noConsent' : undefined;
}

/** Forms about the record begin with its answers; those that say something beside it begin empty. */
function startingAnswers(purpose: Beginning, stands: Answers, given: Answers): Answers {
  return isSaidOnly(purpose) ? given : { ...stands, ...given };
}

function firstCard(form: Parameters<typeof journeyCards>[0], answers: Answers, purpose: Beginning): string {
  const waiting = purpose === 'completed' ? waitingCard(form, answers) : undefined;
  return (waiting ?? journeyCards(form, answers)[0])?.id ?? CHECK;
}
