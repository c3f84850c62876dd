import assert from 'node:assert/strict';
import { withABot } from '../journeys/aBot.ts';

describe('a path that there is not', () => {
  const bot = withABot();

  it('is answered with 404 in local mode, and the bot goes on', async () => {
    for (const path of ['/nothing', '/api/messages', '/api/messages/more', '/%ff'])
      assert.ok((await fetch(`${bot.running.url}${path}`)).status >= 400);
    assert.equal((await fetch(`${bot.running.url}/health/live`)).status, 200);
  });
});
