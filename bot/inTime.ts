import { beingSavedCard } from '../cards/draftCards.ts';
import { CodedError } from '../src/errors.ts';
import { answerTurnNow } from '../src/turnTime.ts';
import type { Reply } from './actions.ts';
import type { TurnsUnderWay } from './turnsUnderWay.ts';

/** What is answered at the latest. Source: issue “Azure Cosmos DB”, 2. */
const ANSWERED_MS = 3_800;

/**
 * What the work comes to. When it takes longer than Teams may wait it goes on by itself, as a turn under way that an end of
 * the bot waits for, and the answer is that what was signed is being saved, or `store.unsure`.
 */
export async function inTime(
  verb: string,
  work: Promise<Reply | undefined>,
  turns: Pick<TurnsUnderWay, 'begin'>,
  answeredMs = ANSWERED_MS,
): Promise<Reply | undefined> {
  const late = Promise.withResolvers<Reply>();
  const timer = setTimeout(() => {
    const isOver = turns.begin();
    work.then(isOver, isOver);
    const draftId = answerTurnNow();
    // A press that signs several records has no one answer for all of them.
    if (draftId !== undefined && verb !== 'nudge.close') late.resolve({ card: beingSavedCard(draftId) });
    else late.reject(new CodedError('store.unsure', 'A turn took too long.'));
  }, answeredMs);
  try {
    return await Promise.race([work, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}
