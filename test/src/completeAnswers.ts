import type { Answers } from '../../src/fields.ts';
import { aDecisionNotToShare } from './aDecisionNotToShare.ts';
import { aRequestAnswered, aRequestMade, aRequestTurnedDown } from './aRequestMade.ts';
import {
  aRequestNotOurs,
  aRequestPartlyMet,
  aRequestReceived,
  aRequestRefused,
  aRequestWaiting,
} from './aRequestReceived.ts';
import { aShare, aShareWithout } from './aShare.ts';

/** Complete sets of answers of each record type: one for each of its main ways at least. */
export const COMPLETE: Readonly<Record<string, readonly Answers[]>> = {
  share: [aShare(), aShareWithout(), { ...aShareWithout(), ...aShare({ consent: 'partly', methods: ['letter'] }) }],
  requestReceived: [
    aRequestReceived(),
    aRequestPartlyMet(),
    { ...aRequestPartlyMet(), ...aRequestReceived({ consent: 'partly', decision: 'part' }) },
    aRequestRefused(),
    aRequestWaiting(),
    aRequestNotOurs(),
    aRequestNotOurs({ decision: 'passedOn', passedTo: 'The records team' }),
  ],
  requestMade: [
    aRequestMade(),
    aRequestAnswered(),
    { ...aRequestTurnedDown(), ...aRequestAnswered({ consent: 'partly', reply: 'part' }) },
    aRequestTurnedDown(),
    aRequestAnswered({ reply: 'nothingHeld' }),
  ],
  notShared: [
    aDecisionNotToShare(),
    aDecisionNotToShare({ reviewOn: '2026-12-07', refusalGrounds: ['consentRefused'], decidedBy: ['jointly'], jointWith: 'Bo Imaginary' }), // prettier-ignore
  ],
};

/** The complete sets of answers of one record type. */
export function completeAnswers(type: string): readonly Answers[] {
  const sets = COMPLETE[type];
  if (sets === undefined) throw new Error(`no complete answers to ${type}`);
  return sets;
}
