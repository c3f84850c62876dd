import { CardFactory, type Activity } from 'botbuilder';
import { nudgeCard } from '../cards/nudgeCards.ts';
import { CodedError } from '../src/errors.ts';
import type { NudgeSender, NudgeSent } from '../src/nudging/sweep.ts';
import { sendToChat, UNREACHABLE, type Outgoing } from './notifier.ts';
import { refusalIn } from './outbound.ts';

const TOO_MANY = 429;
/** Where Teams asks to wait and does not say how long. */
const WAIT_SECONDS = 60;

/** Sends the one card of a day to a person's own chat. */
export function nudgeSender(outgoing: Outgoing): NudgeSender {
  return {
    async send(person, counts, numbers) {
      const message: Partial<Activity> = {
        type: 'message',
        attachments: [CardFactory.adaptiveCard(nudgeCard(counts, numbers))],
        summary: 'Sharing Log',
      };
      try {
        await sendToChat(outgoing, person, message);
        return { kind: 'sent' };
      } catch (error) {
        return sentOf(error);
      }
    },
  };
}

/** Only a clear refusal is one: whatever else went wrong, the card may have arrived. */
function sentOf(error: unknown): NudgeSent {
  if (!(error instanceof CodedError)) throw error;
  if (error.code === 'outbound.refused') return { kind: 'unreachable' };
  const refused = refusalIn(error);
  if (refused?.status === TOO_MANY) return { kind: 'later', seconds: refused.retryAfterSeconds ?? WAIT_SECONDS };
  return { kind: UNREACHABLE.has(refused?.status) ? 'unreachable' : 'failed' };
}
