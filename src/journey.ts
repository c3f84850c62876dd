import { evaluate, type Standing, type Verdict } from './conditions.ts';
import { inputsOf, isBlank, type Answers, type Field } from './fields.ts';
import { CodedError } from './errors.ts';
import type { RecordType, Section } from './recordType.ts';

/** Source: architecture, "Card budgets". */
export const CARD_INPUTS = 6;
export const CARD_LONG_TEXTS = 2;

/** One question as it stands on a card. `offered`: only the answers on this very card will tell whether it applies. */
export interface Asked {
  readonly name: string;
  readonly field: Field;
  readonly mode: 'required' | 'optional' | 'offered';
}

/** One card of a journey. `id` is the section's id, with `.2`, `.3` for its further cards. */
export interface JourneyCard {
  readonly id: string;
  readonly section: Section;
  readonly asked: readonly Asked[];
}

/** The field of this name. Throws `CodedError('declaration')` when the type has none. */
export function fieldOf(type: RecordType, name: string): Field {
  const field = type.fields[name];
  if (field === undefined) throw new CodedError('declaration', `${type.id} has no field ${name}`);
  return field;
}

/**
 * The names of the questions that apply to these answers, in order. A question whose condition is still undecided is
 * not among them; the question that it waits for is.
 */
export function relevantFields(type: RecordType, answers: Answers): ReadonlySet<string> {
  const relevant = new Set<string>();
  for (const section of type.sections) {
    for (const name of section.fields) {
      if (fieldOf(type, name).retired === undefined && applies(type, name, answers, relevant) === 'yes')
        relevant.add(name);
    }
  }
  return relevant;
}

/** Whether a question must be answered, given which others are relevant. */
export function isRequired(type: RecordType, name: string, answers: Answers, relevant: ReadonlySet<string>): boolean {
  const condition = type.requiredWhen[name];
  if (condition === undefined) return fieldOf(type, name).optional !== true;
  return evaluate(condition, answers, (other) => (relevant.has(other) ? 'settled' : 'notAsked')) === 'yes';
}

/**
 * Lays out the cards on the way to the check card. What stands on a card depends on the answers of earlier cards only,
 * so answering one never moves what is already on screen.
 */
export function journeyCards(type: RecordType, answers: Answers): readonly JourneyCard[] {
  const known = laidOut.get(answers);
  if (known?.type === type) return known.cards;
  const walk: Walk = { type, answers, relevant: new Set(), cards: [] };
  for (const section of type.sections) if ((section.place ?? 'journey') === 'journey') layOut(walk, section);
  laidOut.set(answers, { type, cards: walk.cards });
  return walk.cards;
}

/**
 * The sections on the way of which something is asked, or may still be once open questions are answered: what is left can
 * only grow shorter as they are.
 */
export function sectionsAhead(type: RecordType, answers: Answers): readonly Section[] {
  const verdicts = new Map<string, Verdict>();
  const standing = (name: string): Standing => {
    const verdict = verdicts.get(name) ?? 'no';
    if (verdict === 'no') return 'notAsked';
    if (verdict === 'undecided') return 'open';
    return isBlank(answers[name]) && fieldOf(type, name).optional !== true ? 'open' : 'settled';
  };
  for (const name of type.sections.flatMap((section) => section.fields)) {
    const condition = type.askWhen[name];
    const isRetired = fieldOf(type, name).retired !== undefined;
    verdicts.set(name, isRetired ? 'no' : condition === undefined ? 'yes' : evaluate(condition, answers, standing));
  }
  return type.sections.filter(
    ({ place = 'journey', fields }) =>
      place === 'journey' && fields.some((name) => verdicts.get(name) !== 'no' && type.asks?.has(name) !== false),
  );
}

/** One press asks for the same cards several times. Answers are never changed once cards were laid out for them. */
const laidOut = new WeakMap<Answers, { readonly type: RecordType; readonly cards: readonly JourneyCard[] }>();

/** The cards of one section that stands outside the journey, such as an offered one. */
export function cardsOfSection(type: RecordType, section: Section, answers: Answers): readonly JourneyCard[] {
  const walk: Walk = { type, answers, relevant: new Set(), cards: [] };
  const own = new Set(section.fields);
  for (const name of relevantFields(type, answers)) if (!own.has(name)) walk.relevant.add(name);
  layOut(walk, section);
  return walk.cards;
}

interface Walk {
  readonly type: RecordType;
  readonly answers: Answers;
  /** Questions on earlier cards that apply. */
  readonly relevant: Set<string>;
  readonly cards: JourneyCard[];
}

function layOut(walk: Walk, section: Section): void {
  let card: Asked[] = [];
  let nth = 0;
  const close = (): void => {
    if (card.length === 0) return;
    nth += 1;
    walk.cards.push({ id: nth === 1 ? section.id : `${section.id}.${nth}`, section, asked: card });
    settle(walk, card);
    card = [];
  };
  for (const name of section.fields) {
    const field = fieldOf(walk.type, name);
    if (field.retired !== undefined) continue;
    if (walk.type.asks?.has(name) === false) {
      keep(walk, name);
      continue;
    }
    const early = verdictHere(walk, name, card);
    if (early === 'no') continue;
    if (!fits(card, field) || (early === 'undecided' && field.beside === undefined)) close();
    const verdict = verdictHere(walk, name, card);
    // Undecided on a fresh card means that its question, on an earlier one, was left unanswered: nothing to ask yet.
    if (verdict === 'no' || (verdict === 'undecided' && card.length === 0)) continue;
    card.push({ name, field, mode: verdict === 'undecided' ? 'offered' : modeHere(walk, name, card) });
  }
  close();
}

/** A question that this form leaves as it stands: others may depend on it. */
function keep(walk: Walk, name: string): void {
  if (applies(walk.type, name, walk.answers, walk.relevant) === 'yes') walk.relevant.add(name);
}

/** Adds the questions of a finished card that apply, now that its own answers count too. */
function settle(walk: Walk, card: readonly Asked[]): void {
  for (const { name } of card)
    if (applies(walk.type, name, walk.answers, walk.relevant) === 'yes') walk.relevant.add(name);
}

function verdictHere(walk: Walk, name: string, card: readonly Asked[]): Verdict {
  const condition = walk.type.askWhen[name];
  if (condition === undefined) return 'yes';
  return evaluate(condition, walk.answers, (other) =>
    isOn(card, other) ? 'open' : standingOf(walk.type, other, walk.answers, walk.relevant),
  );
}

/** A rule that looks at this card, or at a later one, is checked when the card is sent: until then, not required. */
function modeHere(walk: Walk, name: string, card: readonly Asked[]): Asked['mode'] {
  const condition = walk.type.requiredWhen[name];
  if (condition === undefined) return fieldOf(walk.type, name).optional === true ? 'optional' : 'required';
  const order = orderOf(walk.type);
  const at = order.get(name) ?? -1;
  const verdict = evaluate(condition, walk.answers, (other) => {
    if (isOn(card, other) || (order.get(other) ?? -1) > at) return 'open';
    return walk.relevant.has(other) ? 'settled' : 'notAsked';
  });
  return verdict === 'yes' ? 'required' : 'optional';
}

function isOn(card: readonly Asked[], name: string): boolean {
  return card.some((asked) => asked.name === name);
}

const orders = new WeakMap<RecordType, ReadonlyMap<string, number>>();

/** Where each question of a type stands, counted through all its sections. */
function orderOf(type: RecordType): ReadonlyMap<string, number> {
  const known = orders.get(type);
  if (known !== undefined) return known;
  const made = new Map(type.sections.flatMap((section) => section.fields).map((name, at) => [name, at]));
  orders.set(type, made);
  return made;
}

function fits(card: readonly Asked[], field: Field): boolean {
  const inputs = card.reduce((sum, asked) => sum + inputsOf(asked.field), inputsOf(field));
  const longTexts = [...card.map((asked) => asked.field), field].filter((one) => one.kind === 'longText').length;
  return inputs <= CARD_INPUTS && longTexts <= CARD_LONG_TEXTS;
}

function applies(type: RecordType, name: string, answers: Answers, relevant: ReadonlySet<string>): Verdict {
  const condition = type.askWhen[name];
  if (condition === undefined) return 'yes';
  return evaluate(condition, answers, (other) => standingOf(type, other, answers, relevant));
}

function standingOf(type: RecordType, name: string, answers: Answers, relevant: ReadonlySet<string>): Standing {
  if (!relevant.has(name)) return 'notAsked';
  if (!isBlank(answers[name])) return 'settled';
  return fieldOf(type, name).optional === true ? 'settled' : 'open';
}
