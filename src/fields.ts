/**
 * What one question of a record type is made of. Seven kinds of field and no more: each `switch` on
 * `kind` ends in `satisfies never`, so an eighth is found by the compiler wherever it matters.
 */

/** A local calendar date, `YYYY-MM-DD`. */
export type LocalDate = string;

/** An instant as UTC ISO 8601 with milliseconds, `2026-11-23T14:05:00.000Z`. */
export type Instant = string;

/** Which placeholder rule a text answer must pass (see `placeholders.ts`). */
export type TextRule = 'name' | 'why' | 'reference';

/** One choice of a `choice` or `choices` field. Its key in `options` is what is stored, for ever. */
export interface Option {
  readonly label: string;
  /** Where this option comes from, when that is not where the field comes from. */
  readonly source?: string;
  /** The date on which this option stopped being offered; records that hold it stay readable. */
  readonly retired?: LocalDate;
}

export type Options = Readonly<Record<string, Option>>;

interface FieldBase {
  /** The question, as people would ask it at work. */
  readonly label: string;
  /** At most two lines on what a good answer holds. */
  readonly hint?: string;
  /** How to mend an empty answer, an imperative without a full stop: "Say who agreed". */
  readonly mend: string;
  /** The guidance or decision that asks for this answer. */
  readonly source: string;
  /** An answer may be left out. Every other field must be answered whenever it is asked. */
  readonly optional?: true;
  /** "Only if …": the field may stand on the same card as the question that decides whether it applies. */
  readonly beside?: string;
  /** The date on which this question stopped being asked; records that hold it stay readable. */
  readonly retired?: LocalDate;
}

export interface TextField extends FieldBase {
  readonly kind: 'text' | 'longText';
  readonly rule?: TextRule;
  /** The word "none" is a complete answer here, whatever the rule says. */
  readonly noneAllowed?: true;
}

export interface PhoneField extends FieldBase {
  readonly kind: 'phone';
}

export interface ChoiceField extends FieldBase {
  readonly kind: 'choice';
  readonly options: Options;
}

export interface ChoicesField extends FieldBase {
  readonly kind: 'choices';
  readonly options: Options;
  /** An option that cannot be ticked together with any other. */
  readonly alone?: string;
}

export interface DateField extends FieldBase {
  readonly kind: 'date' | 'dateTime';
}

export type Field = TextField | PhoneField | ChoiceField | ChoicesField | DateField;
export type FieldKind = Field['kind'];
export type Fields = Readonly<Record<string, Field>>;

/** The answers to a record's questions. Dates are `LocalDate`, date-times `Instant`, choices lists of option keys. */
export type Answer = string | readonly string[];
export type Answers = Readonly<Record<string, Answer>>;

/** Character limits (UTF-16 units) of the kinds that take typing. */
export const LIMITS = { text: 200, longText: 4_000, phone: 40 } as const;

/** All answers of one draft together, as UTF-8 bytes of their JSON. */
export const ALL_ANSWERS_LIMIT_BYTES = 64 * 1024;

/**
 * The number of inputs that a field takes on a card: a date-time is typed as a date and a time.
 * Source: architecture, "Card budgets".
 */
export function inputsOf(field: Field): number {
  return field.kind === 'dateTime' ? 2 : 1;
}

/** True when the answer says nothing: absent, blank or an empty list. */
export function isBlank(answer: Answer | undefined): boolean {
  if (answer === undefined) return true;
  return typeof answer === 'string' ? answer.trim() === '' : answer.length === 0;
}

/** A typed, dated or chosen answer as text; `undefined` when it was not given. */
export function textIn(answer: Answer | undefined): string | undefined {
  return typeof answer === 'string' && answer !== '' ? answer : undefined;
}

/** Whether two answers are the same, to the letter; blank and absent are one. */
export function isSameAnswer(one: Answer | undefined, other: Answer | undefined): boolean {
  if (isBlank(one) || isBlank(other)) return isBlank(one) && isBlank(other);
  if (typeof one === 'string' || typeof other === 'string') return one === other;
  return one?.length === other?.length && one?.every((key, at) => key === other?.[at]) === true;
}
