import type { Server } from 'restify';
import { z } from 'zod';
import type { LocalWorld } from './connector.ts';
import { handler, readBody, sendJson } from './httpAnswers.ts';

const moveSchema = z.union([z.strictObject({ now: z.string() }), z.strictObject({ advance: z.string() })]);

/** Mounts `GET` and `POST /local/clock`. A move is answered when everything that waits for the time has run; 400 when it is refused. */
export function mountClockRoutes(server: Server, world: LocalWorld): void {
  server.get('/local/clock', handler((_request, response) => sendJson(response, 200, { now: world.clock.now() })));
  server.post(
    '/local/clock',
    handler(async (request, response) => {
      const body = await readBody(request, moveSchema);
      if (body.kind === 'unreadable') return sendJson(response, 400, { error: 'Give either "now" or "advance".' });
      const wish = body.value;
      const move = 'now' in wish ? await world.clock.moveTo(wish.now) : await world.clock.advance(wish.advance);
      if (move.kind === 'refused') return sendJson(response, 400, { error: move.why });
      world.hub.publish({ kind: 'clock', now: move.now });
      sendJson(response, 200, { now: move.now });
    }),
  );
}
