import { CHECK, type Draft } from '../../src/drafts.ts';
import type { Answers } from '../../src/fields.ts';
import type { Situation } from '../../src/recordType.ts';
import type { Card } from '../elements.ts';

/** A card with sample data, for the gallery, designers and tests. */
export interface SampleCard {
  readonly id: string;
  readonly title: string;
  readonly group: string;
  readonly card: Card;
}

export const DRAFT_ID = '01KAR0SAMP1E0000000000000A';

/** The moment at which every sample is drawn. */
export const SITUATION: Situation = {
  now: '2026-11-23T14:30:00.000Z',
  today: '2026-11-23',
  startedAt: '2026-11-23T14:05:00.000Z',
  settings: { defaultLawfulBasis: 'publicTask', publicAuthority: true },
};

/** The number of the nth of several records, from 0. */
export function numberOf(nth: number): string {
  return `SL-7QK2M9${String(nth).padStart(2, '0')}`;
}

/** An unfinished share of Priya Shah's, who is made up. On its check card unless told otherwise. */
export function aDraft(answers: Answers, changes: Partial<Draft> = {}): Draft {
  return {
    draftId: DRAFT_ID,
    personId: '7d1f2c40-0000-4000-8000-9e0000000001',
    purpose: 'record',
    type: 'share',
    status: 'open',
    revision: 7,
    section: CHECK,
    answers,
    unfinished: {},
    teamId: '7d1f2c40-0000-4000-8000-7ea000000001',
    startedAt: SITUATION.startedAt,
    touchedAt: SITUATION.now,
    ...changes,
  };
}

/** What a person reads who pressed on an older card. */
export const MOVED_ON =
  'This has moved on since that card was drawn. This is where it stands now; nothing was done twice.';
