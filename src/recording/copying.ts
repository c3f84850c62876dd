import { mayRecord, may } from '../access.ts';
import { owned } from '../caseFacts.ts';
import { answerCard, typedOf, type Typed } from '../answering.ts';
import { onTheCase } from '../earlier.ts';
import type { Answers } from '../fields.ts';
import { knownType } from '../forms.ts';
import { findRecord } from '../opening.ts';
import { slowed } from '../pacing.ts';
import { unpackPayload } from '../payloads.ts';
import type { Person } from '../people.ts';
import type { RecordType } from '../recordType.ts';
import type { RecordingDeps } from './deps.ts';
import type { JourneyCard } from '../journey.ts';
import type { Loaded } from './deps.ts';
import { createDraft, keepingTyped, newDraft, saveNext, show, showMovedOn } from './drafting.ts';
import { logConsentSeen } from './looking.ts';
import { currentCard, waitingCard, type Pressed } from './show.ts';
import { currentOf, unfinishedAfter, type Press } from './stepping.ts';
import type { RecordingView } from './views.ts';

/** Said when a record may no longer be copied from: for whatever reason, the same words. */
const CANNOT_COPY = 'That consent cannot be taken over. Answer the questions here instead.';

/**
 * Takes the agreement of an earlier record of the case over into the draft, and shows the card again, to be looked at.
 * Only an agreement that may be seen and still stands at this moment.
 * Source: issue "Every record type", less typing.
 */
export async function sameConsent(
  deps: RecordingDeps,
  person: Person,
  press: Press & { readonly number: string },
): Promise<RecordingView> {
  const current = await currentOf(deps, person, press);
  if ('answered' in current) return current.answered;
  const { draft, type } = current.loaded;
  const card = currentCard(type, draft);
  if (card === undefined) return showMovedOn(deps, person, press.draftId);
  const answered = answerCard(type, card.asked, draft.answers, press.typed);
  const standing: Pressed = { typed: { ...press.typed, ...answered.cut }, problems: answered.findings };
  return keepingTyped(deps, person, current.loaded, standing, async () => {
    const copied = await offeredAgreement(
      deps,
      person,
      { draft: { ...draft, answers: answered.answers }, type },
      press.number,
    );
    if (copied === undefined) return withNotice(await show(deps, person, current.loaded, standing), CANNOT_COPY);
    const answers = { ...answered.answers, ...copied };
    const saved = await saveNext(deps, draft, { answers, unfinished: unfinishedAfter(draft, card, answered) });
    if (saved === undefined) return showMovedOn(deps, person, press.draftId);
    const filled = { ...standing, typed: { ...standing.typed, ...typedOnCard(card, copied) } };
    const view = await show(deps, person, { draft: saved, type }, answered.findings.length === 0 ? undefined : filled);
    return withNotice(view, `Taken over from ${press.number}. Check that it holds for this too, then press Continue.`);
  });
}

/** The agreement of a record that is offered at this moment, as far as this form asks for it. Noted before it is used. */
async function offeredAgreement(
  deps: RecordingDeps,
  person: Person,
  { draft, type }: Loaded,
  number: string,
): Promise<Answers | undefined> {
  const { earlier } = await onTheCase(deps, person, draft, type);
  if (!earlier.consents.some((each) => each.number === number)) return undefined;
  const source = await findRecord(deps, number);
  if (source === undefined) return undefined;
  await logConsentSeen(deps, person, [number]);
  return agreementOf(knownType(source.header.type), type, unpackPayload(deps.keys, source).answers);
}

function typedOnCard(card: JourneyCard, answers: Answers): Typed {
  const here = card.asked.filter(({ name }) => answers[name] !== undefined);
  return Object.assign({}, ...here.map(({ name, field }) => typedOf(name, field, answers[name]))) as Typed; // each is input ids to text
}

/** What one record type and another both ask of an agreement. */
function agreementOf(from: RecordType, to: RecordType, answers: Answers): Answers {
  const both = from.sameConsent.filter((name) => to.sameConsent.includes(name));
  return Object.fromEntries(Object.entries(answers).filter(([name]) => both.includes(name)));
}

function withNotice(view: RecordingView, notice: string): RecordingView {
  return view.kind === 'questions' || view.kind === 'check' ? { ...view, notice } : view;
}

/**
 * Starts a record from one of the person's own, with all of its answers but those that belong to the other person, the
 * arrival and the limits. Begins at the other person, and goes on to what is still to be answered.
 * Source: issue "Every record type", less typing.
 */
export async function sameAgain(deps: RecordingDeps, person: Person, number: string): Promise<RecordingView> {
  if (!mayRecord(person)) return { kind: 'mayNotRecord' };
  const stored = await findRecord(deps, number);
  const isOwn = stored?.header.authorId === person.id;
  const allowed = isOwn && (await may(deps, 'record.open', person, owned(stored)));
  await deps.access.append({
    at: deps.clock.now(),
    personId: person.id,
    action: allowed ? 'record.copy' : 'record.refused',
    subject: number,
  });
  await slowed(deps, person);
  if (!allowed) return { kind: 'nothing' };
  const type = knownType(stored.header.type);
  const said = Object.entries(unpackPayload(deps.keys, stored).answers).filter(
    ([name]) => !type.notCopied.includes(name),
  );
  const answers = Object.fromEntries(said);
  const fresh = newDraft(deps, person, type);
  const section = type.sections.find(({ fields }) => fields.includes(`${type.counterpart ?? ''}Name`))?.id;
  return createDraft(deps, person, {
    ...fresh,
    answers,
    copiedFrom: stored.header.recordId,
    section: section ?? waitingCard(type, answers)?.id ?? fresh.section,
    ...(section === undefined ? {} : { changing: section }),
  });
}
