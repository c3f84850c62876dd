import { answerCard } from '../answering.ts';
import { findings } from '../completeness.ts';
import { CHECK, type Draft, type Frozen } from '../drafts.ts';
import { codeOf } from '../errors.ts';
import { LIMITS, type TextField } from '../fields.ts';
import { freeze } from '../freezing.ts';
import { signingAs, type Person, type Team } from '../people.ts';
import { placeholderFault } from '../placeholders.ts';
import type { Finding } from '../recordType.ts';
import { situationOf, type RecordingDeps } from './deps.ts';
import type { Loaded } from './deps.ts';
import { keepingTyped, saveNext, show, showMovedOn, teamsOf } from './drafting.ts';
import { filingProblems } from './filing.ts';
import { noticesOnTheCase } from './looking.ts';
import { signingQuestions, teamChoices } from './show.ts';
import { versionProblems } from './versionRules.ts';
import { currentOf, problemsOn, restrictIn, signatureIn, type Press } from './stepping.ts';
import type { RecordingView } from './views.ts';

/** The signature: a question of every record, asked on the check card. Source: RK §3.1–3.3, last bullets. */
export const SIGNATURE: TextField = {
  kind: 'text',
  rule: 'name',
  label: 'Sign with your name',
  mend: 'Sign with your name',
  source: 'RK §3.1–3.3, last bullets',
};

/** Asked only of people with several teams. Source: architecture, "Who may do what". */
export const TEAM_LABEL = 'Which team is this record for?';

/**
 * Signs a draft: checks every rule once more, fixes what is signed, and saves the record. The same press any number of
 * times makes one record. "Saved" is shown only once it is durable.
 * Source: architecture, "Committing exactly once".
 */
export async function sign(deps: RecordingDeps, person: Person, press: Press): Promise<RecordingView> {
  const current = await currentOf(deps, person, press);
  if ('answered' in current) return current.answered;
  const { draft, type } = current.loaded;
  if (draft.section !== CHECK) return showMovedOn(deps, person, press.draftId);
  const teams = teamChoices(draft, await teamsOf(deps, person, draft));
  const signing = signingQuestions(type, draft.answers);
  const answered = answerCard(type, signing, draft.answers, press.typed);
  const asked = restrictIn(press.typed, draft);
  const signable: Loaded = {
    type,
    draft: { ...draft, answers: answered.answers, signature: signatureIn(press.typed), ...asked },
  };
  const here = problemsOn(deps, signable, signing, answered);
  const elsewhere = findings(type, answered.answers, situationOf(deps, draft)).filter(
    ({ level, field }) => level === 'problem' && !signing.some(({ name }) => name === field),
  );
  const beside = versionProblems(type, signable.draft, situationOf(deps, draft));
  const filing = await filingProblems(deps, person, signable);
  const unsigned = type.isUnsigned === true ? [] : signatureProblems(press, teams);
  const found = [...elsewhere, ...here, ...beside, ...filing, ...unsigned];
  const pressed = { typed: { ...press.typed, ...answered.cut }, problems: found };
  return keepingTyped(deps, person, current.loaded, pressed, async () => {
    if (found.length === 0) return freezeAndSettle(deps, person, signable, press, teams);
    const signature = { signature: signable.draft.signature };
    const saved = await saveNext(deps, draft, { answers: answered.answers, ...signature, ...asked });
    if (saved === undefined) return showMovedOn(deps, person, press.draftId);
    return show(deps, person, { draft: saved, type }, pressed);
  });
}

async function freezeAndSettle(
  deps: RecordingDeps,
  person: Person,
  { draft, type }: Loaded,
  press: Press,
  teams: readonly Team[],
): Promise<RecordingView> {
  const teamId = draft.teamId ?? (teams.length > 0 ? (press.typed.teamId ?? '') : (signingAs(person).teamIds[0] ?? ''));
  // A further version was told of when the record was made.
  const notices = draft.base === undefined ? await noticesOnTheCase(deps, person, { draft, type }) : [];
  const signing = { person, signature: press.typed.signature ?? '', teamId, notices };
  const frozen = await freeze(deps, draft, type, situationOf(deps, draft), signing);
  const saved = await frozenAs(deps, draft, frozen);
  if (saved === undefined) return showMovedOn(deps, person, press.draftId);
  return show(deps, person, { draft: saved, type });
}

/** The draft as it is signed. Where nobody knows whether it was kept so, it is looked at soon. */
async function frozenAs(deps: RecordingDeps, draft: Draft, committing: Frozen): Promise<Draft | undefined> {
  // A further version may be put back on top of somebody else's; of a new record only what is signed counts from now on.
  const kept = draft.base === undefined ? { answers: {}, unfinished: {} } : {};
  try {
    return await saveNext(deps, draft, { status: 'committing', committing, ...kept });
  } catch (error) {
    if (codeOf(error) === 'store.unsure') deps.unfinished(draft);
    throw error;
  }
}

function signatureProblems(press: Press, teams: readonly Team[]): readonly Finding[] {
  const found: Finding[] = [];
  const problem = (field: string, text: string): void => void found.push({ level: 'problem', field, text });
  if (teams.length > 0 && !teams.some((team) => team.id === press.typed.teamId)) {
    problem('teamId', `Choose the team: ‘${TEAM_LABEL}’ is empty.`);
  }
  const signature = press.typed.signature ?? '';
  if (signature.trim() === '') problem('signature', `Type your name: ‘${SIGNATURE.label}’ is empty.`);
  else if (signature.length > LIMITS.text)
    problem('signature', `Shorten your name to ${LIMITS.text} characters. (‘${SIGNATURE.label}’)`);
  else if (placeholderFault(SIGNATURE, signature) !== undefined) {
    problem('signature', `Type your own name: what you typed is not one. (‘${SIGNATURE.label}’)`);
  }
  return found;
}
