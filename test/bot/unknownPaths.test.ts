import assert from 'node:assert/strict';
import { withABot } from '../journeys/aBot.ts';

describe('a path that the bot does not have', () => {
  const bot = withABot();

  for (const [method, path, status, code] of [
    ['GET', '/nothing', 404, 'notFound'],
    ['GET', '/api/messages', 405, 'refused'],
    ['DELETE', '/health/live', 405, 'refused'],
  ] as const)
    it(`is refused with a short code, and the bot goes on: ${method} ${path}`, async () => {
      const answer = await fetch(`${bot.running.url}${path}`, { method });
      assert.equal(answer.status, status);
      assert.deepEqual(await answer.json(), { code });
      assert.equal((await fetch(`${bot.running.url}/health/live`)).status, 200);
    });
});
