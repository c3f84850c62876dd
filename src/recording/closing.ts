import { may } from '../access.ts';
import { owned } from '../caseFacts.ts';
import { evaluate } from '../conditions.ts';
import { CHECK, type Base, type Draft } from '../drafts.ts';
import { LIMITS, type Answers, type TextField } from '../fields.ts';
import { knownType } from '../forms.ts';
import { derivedId } from '../ids.ts';
import type { Person } from '../people.ts';
import { placeholderFault } from '../placeholders.ts';
import { codeOf } from '../errors.ts';
import type { StoredVersion } from '../ports.ts';
import { baseOf } from './basing.ts';
import type { RecordingDeps } from './deps.ts';
import { createDraft, newDraft } from './drafting.ts';
import { sign, SIGNATURE } from './signing.ts';
import { discard } from './stepping.ts';
import type { RecordingView } from './views.ts';

/** What closing several records at once came to: their numbers. */
export interface Closed {
  readonly closed: readonly string[];
  /** Signed, and not known to be saved: a receipt follows for each. */
  readonly beingSaved: readonly string[];
  /** Those that the store failed for, or was not asked for any more after that. */
  readonly unsure: readonly string[];
  /** Those of which something can only be settled by answering its own questions. */
  readonly left: readonly string[];
}

/** Why several things are closed at once. */
export const CLOSE_REASON: TextField = {
  kind: 'text',
  rule: 'why',
  label: 'Why can all of these be closed?',
  hint: 'It will stand in each of the records as what came of it.',
  mend: 'Say why all of these can be closed',
  source: 'Issue “Nothing left open”, 2',
};

/** What stands against closing, as a sentence; `undefined` when nothing does. */
export function closeProblem(reason: string, signature: string): string | undefined {
  const isReason = reason.trim() !== '' && placeholderFault(CLOSE_REASON, reason) === undefined;
  if (!isReason || reason.length > LIMITS.text) {
    return `Say why all of these can be closed, in at least two words and at most ${LIMITS.text} characters.`;
  }
  const isName = signature.trim() !== '' && placeholderFault(SIGNATURE, signature) === undefined;
  return isName && signature.length <= LIMITS.text ? undefined : 'Type your own name to sign.';
}

/**
 * Closes what is open in several records with one reason, each by a version of its own, signed with the same typed name.
 * What one reason cannot truthfully close – an awaited reply, a decision – is left open. The same call again closes
 * nothing twice. Records that this person may not add an outcome to are left out.
 * Source: issue "Nothing left open", 2.
 */
export async function closeWithOneReason(
  deps: RecordingDeps,
  person: Person,
  records: readonly StoredVersion[],
  reason: string,
  signature: string,
): Promise<Closed> {
  const ended = new Map<string, How>();
  for (const stored of records) {
    const isGivenUp = [...ended.values()].includes('unsure');
    const how = isGivenUp ? 'unsure' : await closeOne(deps, person, stored, reason, signature);
    if (how !== undefined) ended.set(stored.header.number, how);
  }
  const those = (wanted: How): readonly string[] =>
    [...ended].filter(([, how]) => how === wanted).map(([number]) => number);
  return {
    closed: those('closed'),
    beingSaved: those('beingSaved'),
    unsure: those('unsure'),
    left: those('left'),
  };
}

type How = keyof Closed;

/** How closing one record ended; `undefined` where this person may not. */
async function closeOne(
  deps: RecordingDeps,
  person: Person,
  stored: StoredVersion,
  reason: string,
  signature: string,
): Promise<How | undefined> {
  const { type } = stored.header;
  try {
    if (!(await may(deps, 'record.addOutcome', person, owned(stored)))) return undefined;
    const base = baseOf(deps.keys, stored);
    const answers = closedBy(base, type, reason);
    return answers === undefined ? 'left' : await signed(deps, person, base, type, answers, signature);
  } catch (error) {
    // Those before it are closed, which is to be said.
    if (!codeOf(error).startsWith('store.')) throw error;
    return 'unsure';
  }
}

/** The answers under which nothing is open any more; `undefined` when something cannot be closed so. */
function closedBy(base: Base, typeId: string, reason: string): Answers | undefined {
  const open = knownType(typeId).opens.filter(({ when }) => evaluate(when, base.answers, () => 'settled') === 'yes');
  const changes = open.map(({ closes }) => closes?.(base.answers, reason));
  if (base.openItems.some(({ kind }) => kind === 'completion') || changes.some((change) => change === undefined)) {
    return undefined;
  }
  return Object.assign({ ...base.answers }, ...changes) as Answers; // each is answers
}

async function signed(
  deps: RecordingDeps,
  person: Person,
  base: Base,
  typeId: string,
  answers: Answers,
  signature: string,
): Promise<How> {
  const draft: Draft = {
    ...newDraft(deps, person, knownType(typeId)),
    draftId: derivedId(base.recordId, String(base.version), 'nudge.close', person.id),
    purpose: 'outcome',
    base,
    teamId: base.teamId,
    answers,
    section: CHECK,
  };
  const shown = await createDraft(deps, person, draft, 'openThere');
  if (shown.kind !== 'check') return outcomeOf(shown);
  const { draftId, revision } = shown.draft;
  const view = await sign(deps, person, { draftId, revision, section: CHECK, typed: { signature } });
  const how = outcomeOf(view);
  if (how === 'left' && 'draft' in view) await discard(deps, person, { draftId, revision: view.draft.revision });
  return how;
}

function outcomeOf(view: RecordingView): How {
  if (view.kind === 'receipt') return 'closed';
  if (view.kind === 'checking') return 'beingSaved';
  // A check card that comes back with something to say: the store failed, or the same was pressed elsewhere.
  return view.kind === 'check' && view.notice !== undefined ? 'unsure' : 'left';
}
