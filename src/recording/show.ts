import { typedOf, type Typed } from '../answering.ts';
import { effectiveAnswers, findings } from '../completeness.ts';
import { CHECK, type Draft } from '../drafts.ts';
import type { Answer, Answers } from '../fields.ts';
import {
  cardsOfSection,
  isRequired,
  journeyCards,
  relevantFields,
  sectionsAhead,
  type Asked,
  type JourneyCard,
} from '../journey.ts';
import type { Team } from '../people.ts';
import { keptFrom, readAnswers } from '../reading.ts';
import type { Finding, RecordType, Section, Situation } from '../recordType.ts';
import { isBlank } from '../fields.ts';
import { readWording, wordingOf } from '../wording.ts';
import { changesOf } from './versionRules.ts';
import type { CheckView, QuestionsView } from './views.ts';

/** What a press left to be shown again. */
export interface Pressed {
  readonly typed: Typed;
  readonly problems: readonly Finding[];
}

/** The cards that a draft can stand on: those on the way, and those of an offered section that it is in. */
export function cardsOf(type: RecordType, draft: Draft): readonly JourneyCard[] {
  const offered = type.sections.find((section) => section.place === 'offered' && isIn(section, draft.section));
  return offered === undefined ? journeyCards(type, draft.answers) : cardsOfSection(type, offered, draft.answers);
}

/**
 * The card that a draft stands on. One that no longer applies gives way to the nearest before it; `undefined` is the check
 * card.
 */
export function currentCard(type: RecordType, draft: Draft): JourneyCard | undefined {
  if (draft.section === CHECK) return undefined;
  const cards = cardsOf(type, draft);
  const exact = cards.find((card) => card.id === draft.section);
  return exact ?? cards.findLast((card) => isIn(card.section, draft.section)) ?? cards[0];
}

/** Whether a card id belongs to a section. */
export function isIn(section: Section, cardId: string): boolean {
  return cardId === section.id || cardId.startsWith(`${section.id}.`);
}

/** The questions of the card that a draft stands on, filled with what is known and with what is offered. */
export function questionsView(
  type: RecordType,
  draft: Draft,
  card: JourneyCard,
  situation: Situation,
  pressed?: Pressed,
): QuestionsView {
  const sections = sectionsAhead(type, draft.answers);
  const nth = sections.indexOf(card.section) + 1;
  return {
    kind: 'questions',
    draft,
    type,
    card,
    notOffered: Object.fromEntries(
      card.asked.map(({ name }) => [name, type.notOffered[name]?.(draft.answers, situation) ?? []]),
    ),
    position: nth === 0 || sections.length === 1 ? undefined : { nth, of: sections.length },
    typed: pressed?.typed ?? typedIn(type, draft, card.asked, situation),
    problems: pressed?.problems ?? [],
    ...(card.asked.some(({ name }) => name === type.sameConsent[0]) ? { consents: situation.earlier?.consents ?? [] } : {}), // prettier-ignore
    hasBack: draft.changing !== undefined || nth === 0 || cardsOf(type, draft)[0]?.id !== card.id,
  };
}

/** The check-your-answers card of a draft. */
export function checkView(
  type: RecordType,
  draft: Draft,
  teams: readonly Team[],
  situation: Situation,
  pressed?: Pressed,
): CheckView {
  const answers = effectiveAnswers(type, draft.answers);
  const signing = signingQuestions(type, draft.answers);
  const onCard = new Set(signing.map((asked) => asked.name));
  const shown = readAnswers(type, readWording(wordingOf(type).body), answers);
  return {
    kind: 'check',
    draft,
    type,
    sections: shown
      .filter((section) => type.sections.find(({ id }) => id === section.id)?.place !== 'signing')
      .map((section) => ({ ...section, lines: section.lines.filter(({ field }) => isShown(type, field)) }))
      .filter(({ lines }) => lines.length > 0),
    keepFrom: keptFrom(answers),
    changeable: type.sections.filter(
      (section) => section.place !== 'signing' && hasCards(type, section, draft.answers),
    ),
    findings: findings(type, draft.answers, situation).filter(
      // What is asked on this very card is not yet a problem: it is about to be answered.
      (finding) => finding.level !== 'problem' || !onCard.has(finding.field),
    ),
    changes: changesOf(type, draft),
    earlier: situation.earlier,
    signing,
    teams: teamChoices(draft, teams),
    typed: pressed?.typed ?? standingOnCheck(type, draft, signing, situation),
    mayAskRestriction: draft.base === undefined,
    pressed: pressed?.problems ?? [],
  };
}

function standingOnCheck(type: RecordType, draft: Draft, signing: readonly Asked[], situation: Situation): Typed {
  const { signature = '', restrict = false } = draft;
  return { ...typedIn(type, draft, signing, situation), signature, restrict: String(restrict) };
}

/** A form that renews some answers shows those alone; any other shows the whole record. */
function isShown(type: RecordType, field: string): boolean {
  return type.renews === undefined || type.renews.has(field);
}

/** Whether anything of a section is asked, with these answers. */
function hasCards(type: RecordType, section: Section, answers: Answers): boolean {
  return section.place === 'offered'
    ? cardsOfSection(type, section, answers).length > 0
    : journeyCards(type, answers).some((card) => card.section === section);
}

/** The questions that stand on the check card itself. */
export function signingQuestions(type: RecordType, answers: Answers): readonly Asked[] {
  const sections = type.sections.filter((section) => section.place === 'signing');
  return sections.flatMap((section) => cardsOfSection(type, section, answers).flatMap((card) => card.asked));
}

/** Teams to choose between: none when the draft has its team already or the person has at most one. */
export function teamChoices(draft: Draft, teams: readonly Team[]): readonly Team[] {
  return draft.teamId === undefined && teams.length > 1 ? teams : [];
}

/** Fills the questions that stand on the check card with their defaults, where they have no answer yet. */
export function withSigningDefaults(type: RecordType, answers: Answers, situation: Situation): Answers {
  const filled: Record<string, Answer> = { ...answers };
  for (const { name } of signingQuestions(type, answers)) {
    const standing = type.defaults[name]?.(answers, situation);
    if (filled[name] === undefined && standing !== undefined) filled[name] = standing;
  }
  return filled;
}

/** The id of the card to go to after one was answered: the next one, or back to the check card. */
export function sectionAfter(type: RecordType, draft: Draft, cardId: string): string {
  const cards = cardsOf(type, draft);
  const at = cards.findIndex((card) => card.id === cardId);
  const next = cards[at + 1];
  if (draft.changing === undefined) return next?.id ?? CHECK;
  if (next?.section.id === draft.changing) return next.id;
  const waiting = waitingCard(type, draft.answers);
  return waiting === undefined || waiting.id === cardId ? CHECK : waiting.id;
}

/** The first card on the way with a question that is still to be answered. */
export function waitingCard(type: RecordType, answers: Answers): JourneyCard | undefined {
  const relevant = relevantFields(type, answers);
  return journeyCards(type, answers).find((card) =>
    card.asked.some(
      ({ name }) => relevant.has(name) && isBlank(answers[name]) && isRequired(type, name, answers, relevant),
    ),
  );
}

/** The id of the card before the one that a draft stands on. */
export function sectionBefore(type: RecordType, draft: Draft): string {
  if (draft.section === CHECK) return journeyCards(type, draft.answers).at(-1)?.id ?? CHECK;
  const cards = cardsOf(type, draft);
  const at = cards.findIndex((card) => card.id === draft.section);
  const before = cards[at - 1];
  if (draft.changing !== undefined) return before?.section.id === draft.changing ? before.id : CHECK;
  return before?.id ?? (cards[0]?.section.place === 'offered' ? CHECK : (cards[0]?.id ?? CHECK));
}

/** What stands in the inputs: the answer, what was left unfinished, or the default. */
function typedIn(type: RecordType, draft: Draft, asked: readonly Asked[], situation: Situation): Typed {
  const typed: Record<string, string> = {};
  // An answer to a question that no longer applies has no say in what is offered.
  const applying = effectiveAnswers(type, draft.answers);
  for (const { name, field } of asked) {
    const answer = draft.answers[name] ?? type.defaults[name]?.(applying, situation);
    Object.assign(typed, typedOf(name, field, answer));
    for (const id of [name, `${name}Date`, `${name}Time`]) {
      const unfinished = draft.unfinished[id];
      if (unfinished !== undefined) typed[id] = unfinished;
    }
  }
  return typed;
}
