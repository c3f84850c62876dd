import { randomBytes } from 'node:crypto';
import { writeSync } from 'node:fs';
import { CHECK } from '../../src/drafts.ts';
import type { Person } from '../../src/people.ts';
import { begin } from '../../src/recording/beginning.ts';
import type { RecordingDeps } from '../../src/recording/deps.ts';
import { createDraft, newDraft } from '../../src/recording/drafting.ts';
import { sign } from '../../src/recording/signing.ts';
import type { RecordingView } from '../../src/recording/views.ts';
import { share } from '../../src/records/share.ts';
import { openSqlite } from '../../src/stores/sqlite/openSqlite.ts';
import { aShare, SETTINGS } from '../src/aShare.ts';
import { ASHA, loggingOn, check, KEYS, pressOn, TENANT } from '../src/aBench.ts';
import { atPoints, KILL_POINTS, type KillPoint } from './killPoints.ts';

/**
 * A process that signs a record, then a further version of it, and kills itself at a named point of the first or the
 * second; at `no point` it comes to its end. Acknowledges on its output, as a receipt would: `PATH POINT record|version`.
 */
const [path = '', point = '', which = ''] = process.argv.slice(2);

/** The point is reached in each of the two; only in the wanted one is it the end. */
let signing: 'record' | 'version' = 'record';

function reached(at: KillPoint): void {
  if (at === point && signing === which) process.kill(process.pid, 'SIGKILL');
}

function acknowledge(view: RecordingView, person: Person): void {
  if (view.kind !== 'receipt') throw new Error(`${person.name} was shown ${view.kind}`);
  reached('before the receipt');
  writeSync(1, `${view.committed.number} ${view.committed.seq} ${view.committed.hash}\n`);
  reached('after the receipt');
}

if (point !== 'no point' && !KILL_POINTS.some((known) => known === point))
  throw new Error(`There is no point ${point}`);
const stores = atPoints(await openSqlite({ path, tenantId: TENANT }), reached);
const clock = { now: () => new Date().toISOString() };
const random = { bytes: (length: number) => randomBytes(length) };
const deps: RecordingDeps = {
  ...stores,
  ...loggingOn(stores, { keys: KEYS, clock, random }),
  keys: KEYS,
  clock,
  random,
  settings: SETTINGS,
  unfinished: () => undefined,
  directory: {
    person: async (id) => (id === ASHA.id ? ASHA : undefined),
    lastKnown: async (id) => (id === ASHA.id ? ASHA : undefined),
    reportsOf: async () => [],
    team: async () => undefined,
    teamNamed: async () => undefined,
    recordsOfficers: async () => [],
    managersOf: async () => [],
    personNamed: async () => undefined,
  },
};
const signed = { signature: ASHA.name };
const begun = newDraft(deps, ASHA, share);
const draft = { ...begun, section: CHECK, answers: aShare() };
const restricted = { ...signed, restrict: 'true' };
const first = await sign(deps, ASHA, pressOn(check(await createDraft(deps, ASHA, draft)), restricted));
acknowledge(first, ASHA);
signing = 'version';
const number = first.kind === 'receipt' ? first.committed.number : '';
const disputing = check(await begin(deps, ASHA, number, 'linked', 'XX-7'));
acknowledge(await sign(deps, ASHA, pressOn(disputing, signed)), ASHA);
await stores.close();
