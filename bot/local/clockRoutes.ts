import type { Server } from 'restify';
import { z } from 'zod';
import { dateOf, instantOf } from '../../src/londonTime.ts';
import { addWorkingDays } from '../../src/workingDays.ts';
import type { ClockMove, LocalClock } from './clock.ts';
import type { LocalWorld } from './connector.ts';
import { handler, readBody, sendJson } from './httpAnswers.ts';

const wishSchema = z.union([
  z.strictObject({ now: z.string() }),
  z.strictObject({ advance: z.string() }),
  z.strictObject({ london: z.string() }),
]);
type Wish = z.infer<typeof wishSchema>;

/**
 * Mounts `GET` and `POST /local/clock`. A move (`now`, `advance`, or `london`: a date and time of the wall clock) is answered when
 * everything that waits for the time has run; 400 with a sentence when it is refused.
 */
export function mountClockRoutes(server: Server, world: LocalWorld): void {
  server.get(
    '/local/clock',
    handler(world, (_request, response) => sendJson(response, 200, describeClock(world.clock.now()))),
  );
  server.post(
    '/local/clock',
    handler(world, async (request, response) => {
      const body = await readBody(request, wishSchema);
      if (body.kind === 'unreadable')
        return sendJson(response, 400, { error: 'Give either "now", "advance" or "london".' });
      const move = await moveClock(world.clock, body.value);
      if (move.kind === 'refused') return sendJson(response, 400, { error: move.why });
      world.hub.publish({ kind: 'clock', now: move.now });
      sendJson(response, 200, describeClock(move.now));
    }),
  );
}

function moveClock(clock: LocalClock, wish: Wish): ClockMove | Promise<ClockMove> {
  if ('now' in wish) return clock.moveTo(wish.now);
  if ('advance' in wish) return clock.advance(wish.advance);
  const [date = '', time = ''] = wish.london.split('T');
  const instant = instantOf(date, time);
  return instant === undefined
    ? { kind: 'refused', why: 'That time does not occur in London: choose another date or time.' }
    : clock.moveTo(instant);
}

function describeClock(now: string): object {
  return { now, nextWorkingMorning: instantOf(addWorkingDays(dateOf(now), 1), '09:00') };
}
