import assert from 'node:assert/strict';
import type { TurnContext } from 'botbuilder';
import { createLog, type LogLine } from '../../bot/log.ts';
import { services } from '../../bot/services.ts';
import { readSettings } from '../../bot/settings.ts';
import { sharingBot } from '../../bot/sharingBot.ts';
import { turnsUnderWay } from '../../bot/turnsUnderWay.ts';
import { share } from '../../src/records/share.ts';
import { KEYS } from '../src/aBench.ts';
import { aStoreOfItsOwn } from '../src/aStoreOfItsOwn.ts';
import { aDirectory, ASHA, MO, SAM, TENANT, type DirectoryBench } from './directory/aDirectory.ts';

describe('the bot without the directory', () => {
  let bench: DirectoryBench;
  let stores: Awaited<ReturnType<typeof aStoreOfItsOwn>>;
  let turn: (context: TurnContext) => Promise<void>;
  const logged: string[] = [];

  beforeEach(async () => {
    bench = await aDirectory();
    stores = await aStoreOfItsOwn(TENANT);
    logged.length = 0;
    const all = services({
      ...{ tenantId: TENANT, stores, directory: bench.directory, keys: KEYS, settings: readSettings({}) },
      clock: { now: () => '2026-11-23T15:00:00.000Z' },
      random: { bytes: (length) => new Uint8Array(length).fill(logged.length + 7) },
      queued: () => undefined,
      unfinished: () => undefined,
      isAllowedUrl: () => true,
      wait: async () => undefined,
    });
    const hash = (): string => 'a-hash';
    const write = (line: LogLine): unknown => logged.push(JSON.stringify(line));
    const log = createLog({ write, hash, dropped: () => assert.fail('something was kept out of the log') });
    turn = sharingBot(all, log, turnsUnderWay());
  });
  afterEach(async () => {
    await bench.close();
    await stores.close();
  });

  /** What a press is answered with, as text; the adapter around it is not looked at. */
  const pressed = async (personId: string, verb: string, data: object = {}): Promise<string> => {
    const sent: unknown[] = [];
    const activity = {
      ...{ type: 'invoke', name: 'adaptiveCard/action', from: { id: 'user', aadObjectId: personId } },
      conversation: { id: 'chat', conversationType: 'personal' },
      value: { action: { type: 'Action.Execute', verb, data } },
    };
    const context = { activity, sendActivity: async (answer: unknown) => sent.push(answer) };
    await turn(context as unknown as TurnContext); // a turn reads no more of it here
    return JSON.stringify(sent);
  };
  const goAway = (): void => {
    bench.graph.fault = () => ({ status: 500 });
    bench.pass(600_000);
  };
  const NOTE = /The directory cannot be asked just now/u;
  const START = `draft.start.${share.id}`;

  it('says nothing of it while it can be asked', async () => {
    assert.doesNotMatch(await pressed(ASHA, 'draft.list'), NOTE);
  });

  it('has somebody begin a record whom it knows, and says what they cannot see', async () => {
    await pressed(ASHA, 'draft.list');
    goAway();
    assert.match(await pressed(ASHA, START), NOTE);
    assert.equal((await stores.drafts.unfinished(ASHA)).length, 1);
    assert.deepEqual(logged, []);
  });

  it('answers alike for a record that is not theirs and for one that there is not', async () => {
    await pressed(MO, 'draft.list');
    goAway();
    const answer = await pressed(MO, 'record.open', { number: 'SL-7QK2M9XV' });
    assert.match(answer, /Nothing here that you may see/u);
    assert.match(answer, NOTE);
  });

  it('asks whom it does not know to try again, and logs a code', async () => {
    goAway();
    const answer = await pressed(SAM, START);
    assert.match(answer, /The directory of your organisation cannot be asked just now/u);
    assert.deepEqual(await stores.drafts.unfinished(SAM), []);
    assert.deepEqual(logged, ['{"code":"turn.failed","fault":"directory.away","person":"a-hash"}']);
  });
});
