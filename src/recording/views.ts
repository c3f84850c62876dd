import type { Typed } from '../answering.ts';
import type { Committed, Draft } from '../drafts.ts';
import type { Asked, JourneyCard } from '../journey.ts';
import type { ReadSection } from '../reading.ts';
import type { Finding, RecordType, Section } from '../recordType.ts';
import type { Team } from '../people.ts';

/** A card of questions, ready to be drawn. */
export interface QuestionsView {
  readonly kind: 'questions';
  readonly draft: Draft;
  readonly type: RecordType;
  readonly card: JourneyCard;
  /** Options that are not offered to this person for these answers, by field. */
  readonly notOffered: Readonly<Record<string, readonly string[]>>;
  /** "Section n of m"; `undefined` for a section behind a button. */
  readonly position: { readonly nth: number; readonly of: number } | undefined;
  /** Input id to what stands in it. */
  readonly typed: Typed;
  readonly problems: readonly Finding[];
  readonly hasBack: boolean;
  /** Hints that depend on the agency's settings, by field. */
  readonly notice?: string | undefined;
}

/** The check-your-answers card. */
export interface CheckView {
  readonly kind: 'check';
  readonly draft: Draft;
  readonly type: RecordType;
  readonly sections: readonly ReadSection[];
  readonly keepFrom: string | undefined;
  /** Sections that can be changed, with whether they hold problems, in order. */
  readonly changeable: readonly Section[];
  readonly findings: readonly Finding[];
  readonly signing: readonly Asked[];
  /** Teams to choose from, when the person has more than one and none is settled. */
  readonly teams: readonly Team[];
  readonly typed: Typed;
  /** The problems of the press just made, shown on top; empty when the card is shown afresh. */
  readonly pressed: readonly Finding[];
  readonly notice?: string | undefined;
}

/** The receipt of a saved record. */
export interface ReceiptView {
  readonly kind: 'receipt';
  readonly type: RecordType;
  readonly committed: Committed;
}

/** One draft in a list. */
export interface DraftLine {
  readonly draft: Draft;
  readonly type: RecordType;
  readonly sectionTitle: string;
}

export type RecordingView =
  | QuestionsView
  | CheckView
  | ReceiptView
  | {
      readonly kind: 'answer';
      readonly draft: Draft;
      readonly type: RecordType;
      readonly label: string;
      readonly text: string;
    }
  | { readonly kind: 'askCancel'; readonly draft: Draft; readonly type: RecordType }
  | { readonly kind: 'later'; readonly draft: Draft; readonly type: RecordType }
  | { readonly kind: 'discarded' }
  /** No such draft, or somebody else's: the two look alike. */
  | { readonly kind: 'noDraft' }
  | { readonly kind: 'mayNotRecord' }
  /** Signed, and not yet known to be saved. */
  | { readonly kind: 'checking'; readonly draft: Draft; readonly type: RecordType }
  | { readonly kind: 'drafts'; readonly lines: readonly DraftLine[]; readonly page: number; readonly pages: number };
