import { answerCard, inputIds, type Answered, type Typed } from '../answering.ts';
import { problems } from '../completeness.ts';
import { CHECK, type Draft } from '../drafts.ts';
import { plainText } from '../reading.ts';
import { asksForSomebody, recentPeople, typedFor } from '../recents.ts';
import type { Asked, JourneyCard } from '../journey.ts';
import type { Person } from '../people.ts';
import type { Finding } from '../recordType.ts';
import { readWording, wordingOf } from '../wording.ts';
import { situationOf, type RecordingDeps } from './deps.ts';
import type { Loaded } from './deps.ts';
import { keepingTyped, load, movedTo, saveNext, show, showMovedOn } from './drafting.ts';
import { cardsOf, currentCard, sectionAfter, sectionBefore, signingQuestions } from './show.ts';
import type { RecordingView } from './views.ts';

/** A press on a card of a draft: which draft, which card, and which revision the card was drawn from. */
export interface Press {
  readonly draftId: string;
  readonly section: string;
  readonly revision: number;
  /** Input id to text. */
  readonly typed: Typed;
}

/** A press that may go on: the card it came from is the current one. Anything else is answered already. */
type Current = { readonly loaded: Loaded } | { readonly answered: RecordingView };

/**
 * Takes a card's answers and goes on. With a problem, the answers are saved and the same card comes back with the
 * problem on top and what was typed in place.
 */
export async function next(deps: RecordingDeps, person: Person, press: Press): Promise<RecordingView> {
  const current = await currentOf(deps, person, press);
  if ('answered' in current) return current.answered;
  const { draft, type } = current.loaded;
  const card = currentCard(type, draft);
  if (card === undefined) return showMovedOn(deps, person, press.draftId);
  const answered = answerCard(type, card.asked, draft.answers, press.typed);
  const found = problemsOn(deps, current.loaded, card.asked, answered);
  const answers = { answers: answered.answers, unfinished: unfinishedAfter(draft, card, answered) };
  const after = { draft: { ...draft, ...answers }, type };
  const goesOn = found.length === 0;
  const changes = goesOn ? { ...answers, ...movedTo(deps, after, sectionAfter(type, after.draft, card.id)) } : answers;
  const typed = { ...press.typed, ...answered.cut };
  return keepingTyped(deps, person, current.loaded, { typed, problems: found }, async () => {
    const saved = await saveNext(deps, draft, changes);
    if (saved === undefined) return showMovedOn(deps, person, press.draftId);
    return show(deps, person, { draft: saved, type }, goesOn ? undefined : { typed, problems: found });
  });
}

/**
 * Fills the other person's block from somebody dealt with lately, and goes on. Only people from the person's own records
 * can be chosen, as they stand there at this moment.
 * Source: issue "Every record type", less typing.
 */
export async function useRecent(
  deps: RecordingDeps,
  person: Person,
  press: Press & { readonly number: string },
): Promise<RecordingView> {
  const current = await currentOf(deps, person, press);
  if ('answered' in current) return current.answered;
  const { draft, type } = current.loaded;
  const card = currentCard(type, draft);
  const isAsked = card !== undefined && asksForSomebody(type, card.asked, draft.answers);
  const recents = isAsked ? await recentPeople(deps, person) : [];
  const recent = recents.find(({ number }) => number === press.number);
  if (recent === undefined) return show(deps, person, current.loaded);
  return next(deps, person, { ...press, typed: typedFor(current.loaded.type, recent) });
}

/** Goes to the card before. What was typed on this one was not sent. */
export async function back(deps: RecordingDeps, person: Person, press: Press): Promise<RecordingView> {
  const current = await currentOf(deps, person, press);
  if ('answered' in current) return current.answered;
  return moveTo(deps, person, current.loaded, sectionBefore(current.loaded.type, current.loaded.draft));
}

/** Puts the draft away as it was last sent. */
export async function later(deps: RecordingDeps, person: Person, press: Press): Promise<RecordingView> {
  const current = await currentOf(deps, person, press);
  if ('answered' in current) return current.answered;
  return { kind: 'later', ...current.loaded };
}

/** Asks once whether the draft is to be deleted. */
export async function askCancel(deps: RecordingDeps, person: Person, draftId: string): Promise<RecordingView> {
  const loaded = await load(deps, person, draftId);
  if (loaded === undefined) return { kind: 'noDraft' };
  return loaded.draft.status === 'open' ? { kind: 'askCancel', ...loaded } : show(deps, person, loaded);
}

/** Deletes a draft that is still open. One that was signed meanwhile is shown instead. */
export async function discard(
  deps: RecordingDeps,
  person: Person,
  press: Pick<Press, 'draftId' | 'revision'>,
): Promise<RecordingView> {
  const loaded = await load(deps, person, press.draftId);
  if (loaded === undefined) return { kind: 'noDraft' };
  if (loaded.draft.status !== 'open') return show(deps, person, loaded);
  const result = await deps.drafts.discard(person.id, press.draftId, press.revision);
  return result === 'discarded' ? { kind: 'discarded' } : showMovedOn(deps, person, press.draftId);
}

/** From the check card to the first card of a section, to come back when it is done. Keeps what was typed for signing. */
export async function change(
  deps: RecordingDeps,
  person: Person,
  press: Press & { readonly change: string },
): Promise<RecordingView> {
  const current = await currentOf(deps, person, press);
  if ('answered' in current) return current.answered;
  const { draft, type } = current.loaded;
  const section = type.sections.find(({ id, place }) => id === press.change && place !== 'signing');
  if (draft.section !== CHECK || section === undefined) return showMovedOn(deps, person, press.draftId);
  const { answers } = answerCard(type, signingQuestions(type, draft.answers), draft.answers, press.typed);
  const target = cardsOf(type, { ...draft, answers, section: section.id }).find(
    (card) => card.section.id === section.id,
  );
  if (target === undefined) return showMovedOn(deps, person, press.draftId);
  const signature = signatureIn(press.typed);
  const saved = await saveNext(deps, draft, {
    answers,
    signature,
    ...restrictIn(press.typed, draft),
    section: target.id,
    changing: section.id,
  });
  return saved === undefined ? showMovedOn(deps, person, press.draftId) : show(deps, person, { draft: saved, type });
}

/** One whole answer, when the check card shows only its beginning. */
export async function showAnswer(
  deps: RecordingDeps,
  person: Person,
  press: Pick<Press, 'draftId'> & { readonly field: string },
): Promise<RecordingView> {
  const loaded = await load(deps, person, press.draftId);
  if (loaded === undefined) return { kind: 'noDraft' };
  const answer = Object.hasOwn(loaded.draft.answers, press.field) ? loaded.draft.answers[press.field] : undefined;
  const wording = readWording(wordingOf(loaded.type).body);
  const label = wording.fields[press.field]?.label;
  if (answer === undefined || label === undefined || loaded.draft.status !== 'open') return show(deps, person, loaded);
  return { kind: 'answer', ...loaded, label, text: plainText(wording, press.field, answer) };
}

/** Loads the draft of a press, and answers it with the current step when it came from an older card. */
export async function currentOf(deps: RecordingDeps, person: Person, press: Press): Promise<Current> {
  const loaded = await load(deps, person, press.draftId);
  if (loaded === undefined) return { answered: { kind: 'noDraft' } };
  const { draft, type } = loaded;
  if (draft.status !== 'open') return { answered: await show(deps, person, loaded) };
  const shown = currentCard(type, draft)?.id ?? CHECK;
  if (press.revision !== draft.revision || press.section !== shown) {
    return { answered: await showMovedOn(deps, person, press.draftId) };
  }
  return { loaded: { type, draft: { ...draft, section: shown } } };
}

/** The signature as typed, kept for when the check card is shown again; a blank or over-long one is not kept. */
export function signatureIn(typed: Typed): string | undefined {
  const signature = typed.signature ?? '';
  return signature.trim() === '' || signature.length > 200 ? undefined : signature;
}

/** Whether it was asked that only named people see the case; as it stood, where the card did not ask. */
export function restrictIn(typed: Typed, draft: Draft): Pick<Draft, 'restrict'> {
  return typed.restrict === undefined || draft.base !== undefined ? {} : { restrict: typed.restrict === 'true' };
}

/** What stands against these answers, on this card only, in the order of its questions. */
export function problemsOn(
  deps: RecordingDeps,
  { draft, type }: Loaded,
  asked: readonly Asked[],
  answered: Answered,
): readonly Finding[] {
  const situation = situationOf(deps, draft);
  if (answered.isTooMuch) return answered.findings;
  const read = new Set(answered.findings.map((finding) => finding.field));
  // What could not be read is empty as well: one problem for each question is enough.
  const here = new Set(asked.map(({ name }) => name));
  const ruled = problems(type, answered.answers, situation, here).filter((finding) => !read.has(finding.field));
  const found = [...answered.findings, ...ruled];
  return asked.flatMap(({ name }) => found.filter((finding) => finding.field === name));
}

async function moveTo(deps: RecordingDeps, person: Person, loaded: Loaded, section: string): Promise<RecordingView> {
  const saved = await saveNext(deps, loaded.draft, movedTo(deps, loaded, section));
  if (saved === undefined) return showMovedOn(deps, person, loaded.draft.draftId);
  return show(deps, person, { draft: saved, type: loaded.type });
}

/** What could not become an answer, on this card and on others, once a card was sent. */
export function unfinishedAfter(draft: Draft, card: JourneyCard, answered: Answered): Typed {
  const own = new Set(card.asked.flatMap(({ name, field }) => inputIds(name, field)));
  const others = Object.entries(draft.unfinished).filter(([id]) => !own.has(id));
  return { ...Object.fromEntries(others), ...answered.unfinished };
}
