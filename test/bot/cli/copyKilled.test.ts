import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { startCosmosDouble, type CosmosDouble } from '../../cosmos/cosmosDouble.ts';
import { chanceFrom } from '../../evidence/aSeededStore.ts';
import { aBot, aFolder, removeFolder } from '../../journeys/aBot.ts';
import { made, opened } from '../../journeys/aRecord.ts';
import { SPOKEN } from '../../journeys/answers.ts';
import { cosmosPlace, sqlitePlace, type Place } from '../../src/stores/copy/places.ts';
import { keepPrinted } from '../../loggedLines.ts';
import { ROOT } from '../aChild.ts';

const THERE = ['copy', '--from', 'sqlite', '--to', 'cosmos'] as const;
const BACK = ['copy', '--from', 'cosmos', '--to', 'sqlite'] as const;

/** How often, on each of the two ways. */
const KILLS = Number(process.env.COPY_KILLS ?? '3');
const SEED = process.env.COPY_KILLS_SEED ?? 'copies that are killed';

describe('a copy whose process is killed', function () {
  this.timeout(60_000 + KILLS * 20_000);
  let double: CosmosDouble;
  let dataDir: string;
  /** The settings of every process. */
  let env: Readonly<Record<string, string>>;

  before(async () => {
    double = await startCosmosDouble();
    dataDir = aFolder();
    const cache = { NODE_COMPILE_CACHE: join(dataDir, '..', 'compiled') };
    env = { ...cache, KEY_FILE: `${dataDir}.key`, COSMOS_ENDPOINT: double.endpoint, COSMOS_KEY: double.key };
    const bot = await aBot(dataDir, { STORE: 'sqlite' });
    for (const caseReference of ['RFS-1', 'RFS-1', 'RFS-2', 'RFS-3', 'RFS-4']) {
      const { number } = await made(bot.chat('priya'), 'record share', { ...SPOKEN, caseReference });
      await opened(bot.chat('priya'), number);
    }
    await bot.close();
  });
  after(async () => {
    await double.close();
    removeFolder(dataDir);
  });
  afterEach(() => double.control.disarmAll());

  /** A command in a process of its own. */
  function command(args: readonly string[], more: Readonly<Record<string, string>>) {
    const child = spawn(process.execPath, ['bot/cli/records.ts', ...args], {
      cwd: ROOT,
      env: { PATH: process.env.PATH, ...env, ...more },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    keepPrinted(child);
    let said = '';
    for (const output of [child.stdout, child.stderr]) output.setEncoding('utf8').on('data', (text: string) => (said += text)); // prettier-ignore
    const ended = new Promise<{ code: number | null; signal: NodeJS.Signals | null; said: string }>(
      (resolve, reject) => {
        child.once('error', reject);
        child.once('close', (code, signal) => resolve({ code, signal, said }));
      },
    );
    return { kill: () => child.kill('SIGKILL'), ended };
  }

  /**
   * Runs a copy again and again, each time killed at another of its requests, and then to its end. What is there already
   * takes fewer requests than the whole.
   */
  async function killAndEnd(
    args: readonly string[],
    more: Readonly<Record<string, string>>,
    requests: number,
    refusesABot: () => Promise<void>,
  ): Promise<void> {
    const chance = chanceFrom(`${SEED} ${args.join(' ')}`);
    for (let kill = 0; kill < KILLS; kill += 1) {
      const [nth, applied] = [1 + chance.below(Math.floor(requests * 0.8)), chance.below(2) === 0];
      const armed = double.control.fail({ nth }, { with: 'hold', applied });
      const { kill: killNow, ended } = command(args, more);
      await Promise.race([armed.struck, ended]);
      killNow();
      const { signal, said } = await ended;
      assert.equal(signal, 'SIGKILL', `request ${nth}: ${said}`);
      armed.release();
      double.control.disarmAll();
      await refusesABot();
    }
    const { code, said } = await command(args, more).ended;
    assert.equal(code, 0, said);
  }

  /** No bot works on half a copy; where the kill came before the first write there is nothing yet. */
  async function isNotGivenToABot(target: Pick<Place, 'contents'>, more: Readonly<Record<string, string>>) {
    const isHalf = target.contents().some((text) => /"(?:key|id)":"copying"/u.test(text));
    if (isHalf) await assert.rejects(aBot(more.DATA_DIR ?? '', { ...env, ...more }), { code: 'store.half' });
    else assert.equal(target.contents().filter((text) => !text.startsWith('meta')).length, 0);
  }

  it(`${KILLS} times on each way, is run again to a whole, verified copy`, async () => {
    const [wanted, target] = [await cosmosPlace(double), await cosmosPlace(double)];
    const onWanted = { DATA_DIR: dataDir, COSMOS_DATABASE: wanted.place.database };
    const there = await requestsOf(THERE, onWanted);
    const onTarget = { DATA_DIR: dataDir, COSMOS_DATABASE: target.place.database, STORE: 'cosmos' };
    await killAndEnd(THERE, onTarget, there, () => isNotGivenToABot(target, onTarget));
    assert.deepEqual(target.contents(), wanted.contents());
    await isWhole(onTarget);

    const source = sqlitePlace(join(dataDir, 'sharing-log.sqlite'));
    const [first, second] = ['first', 'second'].map((name) => join(dataDir, '..', name)) as [string, string]; // two, as was given
    const back = await requestsOf(BACK, { ...onTarget, DATA_DIR: first });
    const onSecond = { ...onTarget, DATA_DIR: second, STORE: 'sqlite' };
    const secondPlace = sqlitePlace(join(second, 'sharing-log.sqlite'));
    await killAndEnd(BACK, onSecond, back, async () => {
      if (existsSync(second)) await isNotGivenToABot(secondPlace, onSecond);
    });
    assert.deepEqual(secondPlace.contents(), source.contents());
    await isWhole(onSecond);
  });

  /** How many requests a copy takes that nobody disturbs. */
  async function requestsOf(args: readonly string[], more: Readonly<Record<string, string>>): Promise<number> {
    const requests = () => double.control.tallies.of().requests;
    const before = requests();
    const { code, said } = await command(args, more).ended;
    assert.equal(code, 0, said);
    return requests() - before;
  }

  async function isWhole(more: Readonly<Record<string, string>>): Promise<void> {
    const { code, said } = await command(['verify'], more).ended;
    assert.equal(code, 0, said);
    assert.match(
      said,
      /^Looked at 5 entries of 5 records in 4 case files, and \d+ entries of the access log, .*\nWhole: /u,
    );
  }
});
