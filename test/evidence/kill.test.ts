import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { caseFacts, caseOf, owned } from '../../src/caseFacts.ts';
import { CHECK } from '../../src/drafts.ts';
import { recover } from '../../src/recording/settling.ts';
import { share } from '../../src/records/share.ts';
import type { RecordingDeps } from '../../src/recording/deps.ts';
import { createDraft, newDraft } from '../../src/recording/drafting.ts';
import type { Stores } from '../../src/storePorts.ts';
import { openSqlite } from '../../src/stores/sqlite/openSqlite.ts';
import { aFolder, removeFolder } from '../journeys/aBot.ts';
import { aShare, SETTINGS } from '../src/aShare.ts';
import { ASHA, loggingOn, KEYS, TENANT } from '../src/aBench.ts';
import { KILL_POINTS, type KillPoint } from './killPoints.ts';
import { wholeOf } from '../src/stores/contract/wholeOf.ts';

/** How often at each point, for a record and for a further version of one together. */
const KILLS = Number(process.env.KILLS ?? '5');
const AT_ONCE = 2;
const SIGNER = fileURLToPath(new URL('signer.ts', import.meta.url));
const NUMBERS_OF_VERSIONS: ReadonlySet<KillPoint> = new Set([
  'before the number is reserved',
  'after the number is reserved',
]);

describe('a process that is killed while it signs', function () {
  this.timeout(120_000 + KILLS * 20_000);
  let compiled: string;

  // A process that is killed leaves nothing in the folder of compiled modules: one that comes to its end does.
  before(async () => {
    compiled = mkdtempSync(join(tmpdir(), 'sharing-log-compiled-'));
    const folder = aFolder();
    try {
      const { acknowledged, signal } = await runSigner([join(folder, 'records.sqlite'), 'no point'], compiled);
      assert.equal(signal, null);
      assert.equal(acknowledged.length, 2, 'without being killed it signs a record and a version');
    } finally {
      removeFolder(folder);
    }
  });

  after(() => {
    rmSync(compiled, { recursive: true });
  });

  for (const point of KILL_POINTS) {
    it(`${point}: nothing acknowledged is lost, nothing is there twice, nothing is stuck`, async () => {
      let left = KILLS;
      const lane = async (): Promise<void> => {
        while (left > 0) {
          left -= 1;
          // A further version has its number already.
          const which = left % 2 === 0 || NUMBERS_OF_VERSIONS.has(point) ? 'record' : 'version';
          await killOnce(point, which, compiled);
        }
      };
      await Promise.all(Array.from({ length: AT_ONCE }, lane));
    });
  }
});

async function killOnce(point: KillPoint, which: 'record' | 'version', compiled: string): Promise<void> {
  const folder = aFolder();
  const path = join(folder, 'records.sqlite');
  try {
    const { acknowledged, signal } = await runSigner([path, point, which], compiled);
    assert.equal(signal, 'SIGKILL', `${point}, ${which}: the process came to its end`);
    await checkAfterwards(path, acknowledged, which, point);
  } finally {
    removeFolder(folder);
  }
}

/** Where the process dies with what was signed kept, and the draft not closed. */
const SIGNED_AND_OPEN: ReadonlySet<KillPoint> = new Set(
  KILL_POINTS.slice(KILL_POINTS.indexOf('after the freeze'), KILL_POINTS.indexOf('after the draft is closed')),
);

interface Ended {
  /** `number seq hash` of each receipt that was given. */
  readonly acknowledged: readonly string[];
  readonly signal: NodeJS.Signals | null;
}

/** Each is a process of its own; `compiled` spares it the time to compile every module anew. */
function runSigner(args: readonly string[], compiled: string): Promise<Ended> {
  const child = spawn(process.execPath, [SIGNER, ...args], {
    env: { ...process.env, NODE_COMPILE_CACHE: compiled },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (_code, signal) => {
      resolve({ acknowledged: output.split('\n').filter((line) => line !== ''), signal });
    });
  });
}

/** Opens what was left, lets the sweep of the next start run, and looks at what is there. */
async function checkAfterwards(
  path: string,
  acknowledged: readonly string[],
  which: 'record' | 'version',
  point: KillPoint,
): Promise<void> {
  const stores = await openSqlite({ path, tenantId: TENANT });
  try {
    const deps = depsOn(stores);
    const failed: string[] = [];
    await checkRestricted(deps);
    await recover(deps, (code) => failed.push(code));
    await checkRestricted(deps);
    assert.deepEqual(failed, []);
    assert.deepEqual(await stores.drafts.committing(10), [], 'a draft is stuck');
    await checkReceipt(stores, SIGNED_AND_OPEN.has(point));
    const mine = await wholeOf(stores.records.byAuthor(ASHA.id, { limit: 10 }));
    assert.ok(mine.length <= 1, 'the record is there twice');
    for (const line of acknowledged) await checkAcknowledged(stores, line);
    const versions = await versionsOf(stores);
    assert.deepEqual(
      versions.map(({ header }) => header.version),
      versions.map((_, at) => at + 1),
    );
    if (which === 'version') assert.ok(versions.length >= 1, 'the record that was acknowledged is gone');
    await createDraft(deps, ASHA, { ...newDraft(deps, ASHA, share), section: CHECK, answers: aShare() });
  } finally {
    await stores.close();
  }
}

/** Whoever signed and was shown nothing is to get the receipt; whoever did not sign, or whose draft was closed, is not. */
async function checkReceipt(stores: Stores, isOwed: boolean): Promise<void> {
  const queued = (await stores.notices.pending(10)).filter(({ what }) => what === 'saved');
  assert.equal(queued.length, isOwed ? 1 : 0, 'the receipt as a message');
  const [notice] = queued;
  const draft = notice === undefined ? undefined : await stores.drafts.read(ASHA.id, notice.about);
  assert.equal(draft?.status, isOwed ? 'committed' : undefined);
}

/** What is there is restricted, as its author asked. */
async function checkRestricted(deps: RecordingDeps): Promise<void> {
  const [latest] = await wholeOf(deps.records.byAuthor(ASHA.id, { limit: 1 }));
  if (latest === undefined) return;
  const facts = await caseFacts(deps, caseOf(owned(latest)));
  assert.deepEqual(facts?.restriction?.people, [ASHA.id]);
}

/** A receipt holds: its number is there, and its place in the chain has its hash. */
async function checkAcknowledged(stores: Stores, line: string): Promise<void> {
  const [number = '', seq, hash] = line.split(' ');
  const held = await stores.records.byNumber(number);
  assert.ok(held, `${number} was acknowledged and is not there`);
  const versions = await stores.records.versions(held.caseKey, held.recordId);
  const chained = await Promise.all(
    versions.map(({ header }) => stores.records.chainOf(held.caseKey, held.recordId, header.version)),
  );
  assert.ok(
    chained.some((entry) => String(entry?.seq) === seq && entry?.hash === hash),
    `${line} is not in its chain`,
  );
}

async function versionsOf(stores: Stores) {
  const [latest] = await wholeOf(stores.records.byAuthor(ASHA.id, { limit: 1 }));
  return latest === undefined ? [] : stores.records.versions(latest.caseKey, latest.header.recordId);
}

function depsOn(stores: Stores): RecordingDeps {
  const clock = { now: () => new Date().toISOString() };
  const random = { bytes: (length: number) => randomBytes(length) };
  return {
    ...stores,
    ...loggingOn(stores, { keys: KEYS, clock, random }),
    keys: KEYS,
    clock,
    random,
    settings: SETTINGS,
    unfinished: () => undefined,
    directory: {
      person: async () => ASHA,
      lastKnown: async () => ASHA,
      reportsOf: async () => [],
      team: async () => undefined,
      teamNamed: async () => undefined,
      recordsOfficers: async () => [],
      managersOf: async () => [],
      personNamed: async () => undefined,
    },
  };
}
