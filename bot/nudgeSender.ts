import { CardFactory } from 'botbuilder';
import { nudgeCard } from '../cards/nudgeCards.ts';
import type { NudgeSender } from '../src/nudging/sweep.ts';
import type { Reach } from './reaching.ts';

/** Sends the one card of a day to a person's own chat. */
export function nudgeSender(reach: Reach): NudgeSender {
  return {
    send: (person, counts, numbers) =>
      reach.send(person, {
        type: 'message',
        attachments: [CardFactory.adaptiveCard(nudgeCard(counts, numbers))],
        summary: 'Sharing Log',
      }),
  };
}
