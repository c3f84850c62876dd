import { fieldsIn, type AnyCondition, type Condition } from './conditions.ts';
import type { Answer, Answers, ChoiceField, ChoicesField, Field, Fields, Instant, LocalDate } from './fields.ts';
import type { InSummary } from './summaryParts.ts';
import { CodedError } from './errors.ts';

/** What the rules may know besides the answers: time, and how this agency is set up. */
export interface Situation {
  readonly now: Instant;
  /** Today in Europe/London. */
  readonly today: LocalDate;
  /** When the draft was started: the default time of the contact. */
  readonly startedAt: Instant;
  readonly settings: RecordingSettings;
  /** What stands in the record that this is a further version of. */
  readonly before?: Answers;
  /** What earlier records of the case say; absent where nothing was looked up. */
  readonly earlier?: Earlier;
}

/**
 * What the records of a case say that this person may see, for defaults and for the check card.
 * Source: record-types, rules 5 and 6, and `toldOfRecords`.
 */
export interface Earlier {
  /** Some earlier record says that the family knows of the records kept. */
  readonly toldOfRecords: boolean;
  /** Agreements with limits and agreements taken back, the newest first. */
  readonly limits: readonly { readonly number: string; readonly text: string }[];
  /** Agreements that can be taken over, the newest first. */
  readonly consents: readonly { readonly number: string; readonly contactAt: Instant }[];
  /** Numbers of records that this one may repeat, the newest first. */
  readonly alike: readonly string[];
}

/** The agency's choices that rules depend on. Source: record-types, consent block and rule 7. */
export interface RecordingSettings {
  readonly defaultLawfulBasis: string;
  readonly publicAuthority: boolean;
  /** The date from which the statutory duty to share is in force, once known. */
  readonly dutyToShareFrom?: LocalDate;
  /** Further case references that are accepted though they hold no digit. */
  readonly caseReferencePattern?: RegExp;
}

/**
 * Something that stands between the answers and a signature, or that the person should know before signing.
 * `problem` blocks; `warning` and `note` never do.
 */
export interface Finding {
  readonly level: 'problem' | 'warning' | 'note';
  /** The field that it is shown at. */
  readonly field: string;
  /** A whole sentence in plain words that says how to mend it. */
  readonly text: string;
}

/** A rule that needs time, another answer or the agency's settings. Pure; runs whenever `on` is relevant. */
export interface Check {
  readonly on: string;
  readonly source: string;
  /** A rule about today: an answer that was given then, and is not being given again, has passed it. */
  readonly isOfTheDay?: true;
  /** What it finds is shown at `on`: a card checks only the rules of its own questions. */
  readonly find: (answers: Answers, situation: Situation) => Finding | undefined;
}

/** Where a section is met: on the way, as inputs on the check card, or behind a button on the check card. */
export type SectionPlace = 'journey' | 'signing' | 'offered';

export interface Section {
  readonly id: string;
  readonly title: string;
  readonly place?: SectionPlace;
  /** The button that opens an `offered` section. */
  readonly button?: string;
  readonly fields: readonly string[];
}

/** The value that stands for a question that its condition ruled out, and how it reads. */
export interface Implied {
  readonly value: string;
  readonly reads: string;
}

/**
 * How an answer reads when its own words are not enough, given all answers that apply: another text, or `undefined` to
 * leave the line out because another line says it.
 */
export type Reads = (answers: Answers) => string | undefined;

/** The short form of a record type for when there is no time: what it asks, in one card. Source: issue "Every record type". */
export interface Urgent<N extends string = string> {
  readonly command: string;
  readonly title: string;
  readonly does: string;
  readonly fields: readonly N[];
  /** How a question is asked where it stands without its own section. */
  readonly labels?: { readonly [K in N]?: string };
}

/** What a record tells those that come after it on the same case. Source: record-types, rules 5 and 6. */
export interface Says {
  readonly toldOfRecords?: (answers: Answers) => boolean;
  readonly agreed?: (answers: Answers) => boolean;
  readonly limits?: (answers: Answers) => string | undefined;
  /** Whether the family agreed, in one word. */
  readonly consented?: (answers: Answers) => 'yes' | 'no' | 'partly' | undefined;
}

/** Somebody who must hear of a record once it is signed, without any detail of the case. */
export interface Tells<C> {
  readonly what: SignedNotice;
  readonly whom: 'recordsOfficers' | 'authorsManager';
  readonly when: C;
  readonly source: string;
}

/** What a signature tells others of. */
export type SignedNotice = 'ownRecords' | 'identityNotConfirmed' | 'urgent' | 'earlierLimits';

/** What a message about a signed record is about. */
export type NoticeKind = SignedNotice | 'restrictionAsked' | 'restrictionOverdue';

export type OpenItemKind = 'outcome' | 'receipt' | 'familyTold' | 'decision' | 'review' | 'basis' | 'completion';

/** Unfinished business that certain answers leave behind. */
export interface Opens<C> {
  readonly kind: OpenItemKind;
  readonly when: C;
  /** The London date on which it falls due. */
  readonly due: (answers: Answers, situation: Situation) => LocalDate;
  /** The questions that are asked again to settle it. */
  readonly settles: readonly string[];
  /** What a reason in words answers, when it closes the item by itself; absent where only its own questions can. */
  readonly closes?: (answers: Answers, reason: string) => Answers;
  readonly source: string;
}

/** A record type as the engine sees it: everything about it is derived from this value. */
export interface RecordType {
  readonly id: string;
  readonly command: string;
  readonly title: string;
  /** What help says of its command. */
  readonly does: string;
  readonly source: string;
  /** The prefix of the other person's fields: `recipient`, `requester`, `practitioner`. */
  readonly counterpart?: string;
  /** The field that names the manager who is said to have endorsed the decision. */
  readonly endorsedIn?: string;
  readonly sections: readonly Section[];
  readonly fields: Fields;
  readonly askWhen: Readonly<Record<string, AnyCondition>>;
  readonly requiredWhen: Readonly<Record<string, AnyCondition>>;
  readonly implied: Readonly<Record<string, Implied>>;
  readonly defaults: Readonly<Record<string, (answers: Answers, situation: Situation) => Answer | undefined>>;
  readonly notOffered: Readonly<Record<string, (answers: Answers, situation: Situation) => readonly string[]>>;
  readonly reads: Readonly<Record<string, Reads>>;
  readonly opens: readonly Opens<AnyCondition>[];
  /** When the record tells of limits to consent. */
  readonly limitedWhen?: AnyCondition;
  /** What a record of this type tells those that come after it. */
  readonly says: Says;
  readonly inSummary: InSummary;
  /** Questions whose card wants to know what earlier records of the case say. */
  readonly looksBack: readonly string[];
  /** The fields that "Same consent as" takes over. */
  readonly sameConsent: readonly string[];
  /** The fields that "Same again" leaves to be answered afresh. */
  readonly notCopied: readonly string[];
  readonly tells: readonly Tells<AnyCondition>[];
  readonly urgent?: Urgent;
  /** One press is enough: no name is typed. Source: architecture, "Committing exactly once", step 2. */
  readonly isUnsigned?: true;
  /** In a form of a further version: the questions that are asked; the others stand as they are. */
  readonly asks?: ReadonlySet<string>;
  /** In a form of a further version: the questions that must hold as of today, changed or not. */
  readonly renews?: ReadonlySet<string>;
  readonly checks: readonly Check[];
}

type Keyed<F extends Fields, V> = { readonly [K in keyof F & string]?: V };

type OptionsOf<F> = F extends ChoiceField | ChoicesField ? keyof F['options'] & string : never;

interface Declaration<F extends Fields, S extends string> {
  readonly id: string;
  readonly command: string;
  readonly title: string;
  readonly does: string;
  readonly source: string;
  readonly sections: readonly (Omit<Section, 'fields' | 'id'> & {
    readonly id: S;
    readonly fields: readonly (keyof F & string)[];
  })[];
  readonly fields: F;
  readonly askWhen: Keyed<F, Condition<F>>;
  readonly requiredWhen?: Keyed<F, Condition<F>>;
  readonly implied?: { readonly [K in keyof F & string]?: { readonly value: OptionsOf<F[K]>; readonly reads: string } };
  readonly defaults?: Keyed<F, (answers: Answers, situation: Situation) => Answer | undefined>;
  readonly notOffered?: {
    readonly [K in keyof F & string]?: (answers: Answers, situation: Situation) => readonly OptionsOf<F[K]>[];
  };
  readonly counterpart?: string;
  readonly endorsedIn?: keyof F & string;
  readonly isUnsigned?: true;
  readonly reads?: Keyed<F, Reads>;
  readonly opens?: readonly (Opens<Condition<F>> & { readonly settles: readonly (keyof F & string)[] })[];
  readonly limitedWhen?: Condition<F>;
  readonly says?: Says;
  readonly inSummary?: InSummary<keyof F & string>;
  readonly looksBack?: readonly (keyof F & string)[];
  readonly sameConsent?: readonly (keyof F & string)[];
  readonly notCopied?: readonly (keyof F & string)[];
  readonly tells?: readonly Tells<Condition<F>>[];
  readonly urgent?: Urgent<keyof F & string>;
  readonly checks?: readonly (Omit<Check, 'on'> & { readonly on: keyof F & string })[];
}

/** A record type with the types of its own fields kept, for `AnswersOf`: no index by any name beside them. */
export type TypedRecordType<F extends Fields = Fields, S extends string = string> = Omit<RecordType, 'fields'> & {
  readonly fields: F;
  readonly sectionIds: readonly S[];
};

type AnswerOf<F extends Field> = F extends ChoiceField
  ? keyof F['options'] & string
  : F extends ChoicesField
    ? readonly (keyof F['options'] & string)[]
    : string;

/** The ids of a record type's sections, inferred from its declaration: a misspelt one does not compile. */
export type SectionIdOf<T extends { readonly sectionIds: readonly string[] }> = T['sectionIds'][number];

/** The answers of a record type, inferred from its declaration; every one may still be missing. */
export type AnswersOf<T extends { readonly fields: Fields }> = {
  readonly [K in keyof T['fields'] & string]?: AnswerOf<T['fields'][K]>;
};

/**
 * Declares a record type. Fields, options and sections that are misspelt in a condition, a section or a rule do not
 * compile; what types cannot see is refused here, at load: a field in no section or in two, and a condition that looks
 * at a later question.
 * Throws `CodedError('declaration')`.
 * Source: architecture, "The one idea".
 */
export function defineRecordType<const F extends Fields, const S extends string>(
  declaration: Declaration<F, S>,
): TypedRecordType<F, S> {
  // The engine reads conditions by field name; the compiler has just checked every name against F.
  const type = {
    requiredWhen: {},
    implied: {},
    defaults: {},
    notOffered: {},
    reads: {},
    opens: [],
    says: {},
    inSummary: {},
    looksBack: [],
    sameConsent: [],
    notCopied: [],
    tells: [],
    checks: [],
    ...declaration,
    sectionIds: declaration.sections.map((section) => section.id),
  } as unknown as TypedRecordType<F, S>;
  refuseMisplacedFields(type);
  return type;
}

function refuseMisplacedFields(type: RecordType): void {
  const order = type.sections.flatMap((section) => section.fields);
  for (const name of Object.keys(type.fields)) {
    const places = order.filter((other) => other === name).length;
    if (places !== 1) throw new CodedError('declaration', `${type.id}: ${name} stands in ${places} sections, not one`);
  }
  for (const [name, condition] of Object.entries(type.askWhen)) {
    for (const earlier of fieldsIn(condition)) {
      if (order.indexOf(earlier) >= order.indexOf(name)) {
        throw new CodedError('declaration', `${type.id}: whether ${name} is asked depends on the later ${earlier}`);
      }
    }
  }
}

/** The title of the section that holds a field. Throws `CodedError('declaration')` when there is none. */
export function sectionOf(type: RecordType, field: string): Section {
  const section = type.sections.find((candidate) => candidate.fields.includes(field));
  if (section === undefined) throw new CodedError('declaration', `${type.id}: ${field} stands in no section`);
  return section;
}
