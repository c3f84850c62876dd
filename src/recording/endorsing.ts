import { CHECK, packDraft, type Draft } from '../drafts.ts';
import { endorsementsIn, waysToEndorse } from '../endorsements.ts';
import { knownType } from '../forms.ts';
import { derivedId } from '../ids.ts';
import type { Person } from '../people.ts';
import type { StoredVersion } from '../ports.ts';
import { endorsementIn, sayingEndorsement, type Endorsement } from '../records/additions.ts';
import { baseOf } from './basing.ts';
import { allowedRecord } from './beginning.ts';
import type { RecordingDeps } from './deps.ts';
import { load, newDraft } from './drafting.ts';
import { sign } from './signing.ts';
import type { RecordingView } from './views.ts';

/** What is said of the endorsement of which record. */
export interface Endorsing {
  readonly number: string;
  readonly how: Endorsement;
  /** The version that the person was asked about; without it they are asked, and nothing is written. */
  readonly version?: number | undefined;
}

/**
 * Asks a manager what they are about to say of an endorsement, or, with the version that they were asked about, saves it.
 * The same press any number of times makes one version. A record that was changed in between is asked about again.
 * Source: architecture, "Committing exactly once"; project decision 0010.
 */
export async function endorse(deps: RecordingDeps, person: Person, pressed: Endorsing): Promise<RecordingView> {
  const stored = await allowedRecord(deps, person, pressed.number, 'record.endorse');
  if (stored === undefined) return { kind: 'nothing' };
  const { header } = stored;
  if (pressed.version === undefined) return asked(deps, person, stored, pressed.how, false);
  const parts = [header.recordId, String(pressed.version), 'record.endorse', person.id, pressed.how];
  const draftId = derivedId(...parts);
  const before = await load(deps, person, draftId);
  if (before !== undefined && before.draft.status !== 'open') return save(deps, person, before.draft);
  if (header.version !== pressed.version) {
    // One that was not brought to its end stood on what has been changed since.
    if (before !== undefined) await deps.drafts.discard(person.id, draftId, before.draft.revision);
    return asked(deps, person, stored, pressed.how, true);
  }
  if (before !== undefined) return save(deps, person, before.draft);
  const hindered = await hindrance(deps, person, stored, pressed.how);
  if (hindered !== undefined) return hindered;
  return save(deps, person, await created(deps, person, stored, draftId, pressed.how));
}

async function created(
  deps: RecordingDeps,
  person: Person,
  stored: StoredVersion,
  draftId: string,
  how: Endorsement,
): Promise<Draft> {
  const base = baseOf(deps.keys, stored);
  const draft: Draft = {
    ...newDraft(deps, person, knownType(stored.header.type)),
    draftId,
    purpose: 'endorsed',
    base,
    teamId: base.teamId,
    answers: sayingEndorsement(how),
    section: CHECK,
  };
  // A conflict means that the same was pressed at the same moment: signing finds out where that one stands.
  await deps.drafts.create(packDraft(deps.keys, draft));
  return draft;
}

/** Signs by the press alone. When somebody else's version came first, nothing was saved and the person is asked again. */
async function save(deps: RecordingDeps, person: Person, { draftId, revision }: Draft): Promise<RecordingView> {
  const view = await sign(deps, person, { draftId, section: CHECK, revision, typed: {} });
  if (view.kind !== 'overtaken') return view;
  const how = endorsementIn(view.draft.answers);
  const { base } = view.draft;
  await deps.drafts.discard(person.id, draftId, view.draft.revision);
  const latest = base === undefined ? undefined : await deps.records.latest(base.caseKey, base.recordId);
  return how === undefined || latest === undefined ? { kind: 'nothing' } : asked(deps, person, latest, how, true);
}

async function asked(
  deps: RecordingDeps,
  person: Person,
  stored: StoredVersion,
  how: Endorsement,
  hasMoved: boolean,
): Promise<RecordingView> {
  const hindered = await hindrance(deps, person, stored, how);
  if (hindered !== undefined) return hindered;
  const { number, version, type } = stored.header;
  return { kind: 'askEndorse', number, title: knownType(type).title, version, how, hasMoved };
}

/** Why this cannot be said now: it has been said, or there is no stated endorsement that waits for it. */
async function hindrance(
  deps: RecordingDeps,
  person: Person,
  stored: StoredVersion,
  how: Endorsement,
): Promise<RecordingView | undefined> {
  const { type: id, recordId, number } = stored.header;
  const type = knownType(id);
  const all = await deps.records.versions(stored.caseKey, recordId);
  const ways = waysToEndorse(type, baseOf(deps.keys, stored).answers, endorsementsIn(deps.keys, type, all), person.id);
  return ways.includes(how) ? undefined : { kind: 'cannotBegin', number, why: 'endorsementStands' };
}
