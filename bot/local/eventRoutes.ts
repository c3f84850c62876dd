import type { Server } from 'restify';
import type { LocalWorld } from './connector.ts';
import { handler, sendJson } from './httpAnswers.ts';

/** Mounts `GET /local/events?personId=…`: server-sent events of all that the person may see, until the page goes away. */
export function mountEventRoutes(server: Server, world: LocalWorld): void {
  server.get(
    '/local/events',
    handler(world, (request, response) => {
      const personId = new URLSearchParams(request.getQuery()).get('personId') ?? '';
      if (!world.people.people.some((person) => person.id === personId))
        return sendJson(response, 404, { error: 'There is no such person.' });
      response.writeHead(200, { 'Content-Type': 'text/event-stream; charset=utf-8', 'Cache-Control': 'no-store' });
      response.write('retry: 1000\n\n');
      const unsubscribe = world.hub.subscribe(personId, {
        send: (event) => response.write(`event: ${event.kind}\ndata: ${JSON.stringify(event)}\n\n`),
        end: () => response.end(),
      });
      response.on('close', unsubscribe);
    }),
  );
}
