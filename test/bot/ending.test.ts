import assert from 'node:assert/strict';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { createInterface } from 'node:readline';
import { provision } from '../../src/stores/cosmos/provision.ts';
import { startCosmosDouble } from '../cosmos/cosmosDouble.ts';
import { aFolder, PEOPLE, removeFolder } from '../journeys/aBot.ts';
import { aChat, answerAll } from '../journeys/aChat.ts';
import { SPOKEN } from '../journeys/answers.ts';
import { aChild } from './aChild.ts';
import { aKeyPair, anIssuer, published, type Issuer, type KeyPair } from './inTenant/anIssuer.ts';
import { aTenantWire, TENANT_ENV } from './inTenant/aTenant.ts';

/** A bot in a process of its own that is told to end. */
interface Ending {
  readonly port: number;
  readonly child: ChildProcess;
  /** Settles when it has logged this code. */
  logged(code: string): Promise<void>;
  readonly ended: Promise<unknown>;
}

async function started(args: readonly string[], env: Readonly<Record<string, string>>): Promise<Ending> {
  const child = aChild(args, env);
  const ended = once(child, 'exit');
  let [text, heard] = ['', (): void => undefined];
  child.stderr.on('data', (chunk: Buffer) => {
    text += chunk.toString();
    heard();
  });
  let port = 0;
  for await (const line of createInterface({ input: child.stdout })) {
    port = Number(/http:\/\/127\.0\.0\.1:(\d+)\//u.exec(line)?.[1] ?? 0);
    if (port > 0) break;
  }
  child.stdout.resume();
  assert.ok(port > 0, text);
  const logged = (code: string): Promise<void> =>
    new Promise((resolve) => {
      heard = () => {
        if (text.includes(`"code":"${code}"`)) resolve();
      };
      heard();
    });
  return { port, child, logged, ended };
}

describe('a bot that is told to end while a record is being saved', () => {
  it('is not ready, answers with the receipt, has the record, and ends with 0', async () => {
    const double = await startCosmosDouble();
    const dataDir = aFolder();
    const place = { STORE: 'cosmos', COSMOS_ENDPOINT: double.endpoint, COSMOS_KEY: double.key };
    await provision({ endpoint: double.endpoint, key: double.key, database: 'sharing-log' }, () => undefined);
    const start = (): Promise<Ending> => started(['bot/start.js', '--local'], { ...place, PORT: '0', DATA_DIR: dataDir }); // prettier-ignore
    const bots: Ending[] = [];
    try {
      const bot = await start();
      bots.push(bot);
      const check = await answerAll(await aChat(`http://127.0.0.1:${bot.port}`, PEOPLE.priya).ask('record share'), SPOKEN); // prettier-ignore
      const saving = double.control.fail({ kind: 'batch', container: 'cases' }, { with: 'hold' });
      const signed = check.press('Sign and save', { signature: 'Priya Shah' });
      await saving.struck;
      bot.child.kill('SIGTERM');
      await bot.logged('stop.begun');
      const ready = await fetch(`http://127.0.0.1:${bot.port}/health/ready`);
      assert.deepEqual([ready.status, ((await ready.json()) as { status: string }).status], [503, 'stopping']);
      saving.release();
      const { heading } = await signed;
      assert.match(heading, /^Saved: SL-/u);
      assert.deepEqual(await bot.ended, [0, null]);
      const again = await start();
      bots.push(again);
      const record = await aChat(`http://127.0.0.1:${again.port}`, PEOPLE.priya).ask(heading.replace('Saved: ', 'record ')); // prettier-ignore
      assert.equal((await record.press('Open')).heading.includes(heading.replace('Saved: ', '')), true);
    } finally {
      for (const { child, ended } of bots) {
        child.kill('SIGKILL');
        await ended;
      }
      await double.close();
      removeFolder(dataDir);
    }
  }).timeout(60_000);
});

describe('a bot in a tenant that is told to end', () => {
  let key: KeyPair;
  let issuer: Issuer;
  let held: ServerResponse[];
  let bot: Ending;
  let dataDir: string;
  let asked: PromiseWithResolvers<void>;
  const connector = createServer((request, response) => {
    held.push(response);
    request.resume().on('end', () => asked.resolve());
  });

  beforeEach(async function () {
    this.timeout(60_000);
    [held, asked, dataDir] = [[], Promise.withResolvers(), aFolder()];
    key = aKeyPair('key-of-teams');
    issuer = await anIssuer([published(key, ['msteams'])]);
    await new Promise<void>((resolve) => connector.listen(0, '127.0.0.1', resolve));
    const { port } = connector.address() as AddressInfo; // it listens on TCP
    bot = await started(['bench/tenantBot.ts'], {
      ...{ ...TENANT_ENV, PORT: '0', DATA_DIR: dataDir, KEY_FILE: `${dataDir}.key` },
      ...{ ISSUER_URL: issuer.url, CONNECTOR_ORIGIN: `http://127.0.0.1:${port}` },
    });
  });
  afterEach(async () => {
    bot.child.kill('SIGKILL');
    await bot.ended;
    connector.closeAllConnections();
    await new Promise((resolve) => connector.close(resolve));
    await issuer.close();
    removeFolder(dataDir);
  });

  const refusedNow = async (): Promise<unknown> => {
    const [error] = await once(connect(bot.port, '127.0.0.1'), 'error');
    return (error as { code: string }).code; // an error of a socket has one
  };
  /** A turn that waits for Teams to take its message. */
  const aSlowTurn = async (): Promise<{ readonly answer: Promise<{ readonly status: number }> }> => {
    const wire = aTenantWire(key, bot.port);
    const answer = wire.deliver(wire.aMessage('help'));
    await asked.promise;
    return { answer };
  };

  it('takes no connection any more, answers the turn under way, and ends with 0', async () => {
    const { answer } = await aSlowTurn();
    bot.child.kill('SIGTERM');
    await bot.logged('stop.begun');
    assert.equal(await refusedNow(), 'ECONNREFUSED');
    assert.equal(bot.child.exitCode, null);
    for (const response of held) response.end('{"id":"1"}');
    assert.equal((await answer).status, 200);
    assert.deepEqual(await bot.ended, [0, null]);
  });

  it('ends at once at a second signal', async () => {
    const { answer } = await aSlowTurn();
    const unanswered = assert.rejects(answer);
    bot.child.kill('SIGTERM');
    await bot.logged('stop.begun');
    bot.child.kill('SIGTERM');
    assert.deepEqual(await bot.ended, [1, null]);
    await unanswered;
  });
});
