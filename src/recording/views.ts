import type { Typed } from '../answering.ts';
import type { Change } from '../changes.ts';
import type { Draft } from '../drafts.ts';
import type { Instant } from '../fields.ts';
import type { Asked, JourneyCard } from '../journey.ts';
import type { ReadSection } from '../reading.ts';
import type { VersionHeader } from '../ports.ts';
import type { Receipt } from '../noticePorts.ts';
import type { RecentPerson } from '../recents.ts';
import type { Earlier, Finding, RecordType, Section } from '../recordType.ts';
import type { Team } from '../people.ts';
import type { Endorsement } from '../records/additions.ts';

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
  /** People dealt with lately, one of whom may be chosen instead of being typed. */
  readonly recents?: readonly RecentPerson[];
  /** Agreements that can be taken over by a press. */
  readonly consents?: Earlier['consents'];
  /** Something to say once, above the questions. */
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
  /** What signing would change in the record that the draft builds on. */
  readonly changes: readonly Change[];
  /** What earlier records of the case say that the person should know before signing. */
  readonly earlier?: Earlier | undefined;
  readonly signing: readonly Asked[];
  /** Teams to choose from, when the person has more than one and none is settled. */
  readonly teams: readonly Team[];
  readonly typed: Typed;
  /** A new record: its author can ask that only named people see its case. */
  readonly mayAskRestriction: boolean;
  /** The problems of the press just made, shown on top; empty when the card is shown afresh. */
  readonly pressed: readonly Finding[];
  /** The directory cannot be asked: role and team are signed as they were last known then. */
  readonly asKnownAt?: Instant;
  readonly notice?: string | undefined;
}

/** The receipt of a saved record. */
export interface ReceiptView extends Receipt {
  readonly kind: 'receipt';
}

/** One draft in a list, or an urgent record that is to be completed. */
export type DraftLine =
  | { readonly kind: 'draft'; readonly draft: Draft; readonly type: RecordType; readonly sectionTitle: string }
  | { readonly kind: 'urgent'; readonly header: VersionHeader };

/** Why a version cannot be begun now, although the person may. */
export type Hindrance = 'toBeCompleted' | 'nothingOpen' | 'noConsent' | 'endorsementStands';

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
  /** No such record, or not one that this person may use so: the two look alike. */
  | { readonly kind: 'nothing' }
  /** An urgent record that somebody has completed meanwhile. */
  | { readonly kind: 'alreadyComplete'; readonly number: string }
  /** The person may, but the record is not such that it could be done now. */
  | { readonly kind: 'cannotBegin'; readonly number: string; readonly why: Hindrance }
  /** What a manager is about to say of an endorsement; `hasMoved` when the record was changed since it was pressed. */
  | {
      readonly kind: 'askEndorse';
      readonly number: string;
      readonly title: string;
      readonly version: number;
      readonly how: Endorsement;
      readonly hasMoved: boolean;
    }
  /** Somebody else changed the record first: the draft is open again. */
  | { readonly kind: 'overtaken'; readonly draft: Draft; readonly type: RecordType; readonly number: string }
  /** Signed, and not yet known to be saved: it is brought to its end, and the receipt follows as a message. */
  | { readonly kind: 'checking'; readonly draft: Draft; readonly type: RecordType }
  | {
      readonly kind: 'drafts';
      readonly lines: readonly DraftLine[];
      readonly page: number;
      readonly pages: number;
      /** Not all urgent records were found in time, or none. */
      readonly isCutShort: boolean;
    };
