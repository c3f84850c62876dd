import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { aFolder, removeFolder } from '../../journeys/aBot.ts';
import { runToEnd } from '../aBotProcess.ts';
import { aChild } from '../aChild.ts';
import { TENANT_ENV } from './aTenant.ts';

describe('npm run start:production', () => {
  let dataDir: string;
  let env: Readonly<Record<string, string>>;
  beforeEach(() => {
    dataDir = aFolder();
    env = { ...TENANT_ENV, PORT: '0', DATA_DIR: dataDir, KEY_FILE: `${dataDir}.key` };
  });
  afterEach(() => removeFolder(dataDir));

  it('says in one line what is missing, and starts nothing', async () => {
    const ended = await runToEnd({ ...env, MicrosoftAppPassword: '', DIRECTORY: '' }, process.execPath, []);
    assert.deepEqual([ended.code, ended.out], [1, '']);
    assert.match(ended.error, /^MicrosoftAppPassword should [^\n]*MANAGERS_GROUP should [^\n]*\n$/u);
  });

  it('wants the people to be of its tenant', async () => {
    const other = { MicrosoftAppTenantId: '7d1f2c40-0000-4000-8000-00000000dead' };
    const ended = await runToEnd({ ...env, ...other }, process.execPath, []);
    assert.match(ended.error, /^MicrosoftAppTenantId should be the tenant of the people/u);
  });

  it('starts with all its settings, is ready, and lets nobody in without a token', async () => {
    const child = aChild(['bot/start.js'], env);
    let error = '';
    child.stderr.on('data', (chunk: Buffer) => (error += chunk.toString()));
    let port: string | undefined;
    for await (const line of createInterface({ input: child.stdout })) {
      port = /ready on port (\d+)\./u.exec(line)?.[1];
      if (port !== undefined) break;
    }
    child.stdout.resume();
    assert.ok(port !== undefined, error);
    const health = await fetch(`http://127.0.0.1:${port}/health/ready`);
    const headers = { 'Content-Type': 'application/json' };
    const turned = await fetch(`http://127.0.0.1:${port}/api/messages`, { method: 'POST', headers, body: '{}' });
    assert.deepEqual([health.status, turned.status, await turned.text()], [200, 401, '']);
    child.kill('SIGTERM');
    assert.deepEqual(await once(child, 'exit'), [0, null]);
    assert.match(error, /"reason":"noToken"/u);
    assert.doesNotMatch(error, /a-secret-of-the-tests/u);
  });
});
