import assert from 'node:assert/strict';
import { aBot, aFolder, onAWorkingDay, removeFolder, type TestBot } from '../../../journeys/aBot.ts';
import type { Inputs } from '../../../journeys/aCard.ts';
import { answersOn, type Screen } from '../../../journeys/aChat.ts';
import { SPOKEN } from '../../../journeys/answers.ts';
import type { Counted } from '../../../cosmos/tallies.ts';
import { freshDatabase, withADouble } from './aCosmos.ts';

const WRITES: ReadonlySet<string> = new Set(['create', 'upsert', 'replace', 'delete', 'patch', 'batch']);
const A_RECORD_BYTES = 6 * 1024;

const text = (length: number): string => 'Word after word. '.repeat(length / 17 + 1).slice(0, length);
const LONG = { reason: text(1_800), informationShared: text(1_800), outcome: text(1_800) };

const requests = (all: readonly Counted[]): number => all.length;
const writes = (all: readonly Counted[]): number => all.filter(({ kind }) => WRITES.has(kind)).length;
const charge = (all: readonly Counted[]): number => all.reduce((sum, each) => sum + each.charge, 0);

/** A request a line, to see what has become dearer. */
function breakdown(all: readonly Counted[]): string {
  const lines = all.map(
    ({ container, kind, status, bytesIn, bytesOut, charge: units }) =>
      `${container} ${kind} ${status}: ${units.toFixed(2)} RU, ${bytesIn} bytes there and ${bytesOut} back`,
  );
  return ['', ...lines, `${requests(all)} requests, ${writes(all)} writes, ${charge(all).toFixed(1)} RU`].join('\n');
}

function isAtMost(all: readonly Counted[], most: Readonly<Record<'requests' | 'writes' | 'charge', number>>): void {
  assert.ok(requests(all) <= most.requests, breakdown(all));
  assert.ok(writes(all) <= most.writes, breakdown(all));
  assert.ok(charge(all) <= most.charge, breakdown(all));
}

describe('what the bot asks of Cosmos DB', () => {
  const double = withADouble();
  const dataDir = aFolder();
  let bot: TestBot;

  before(async () => {
    const { endpoint, key = '', database } = await freshDatabase(double());
    const at = { COSMOS_ENDPOINT: endpoint, COSMOS_KEY: key, COSMOS_DATABASE: database };
    bot = await aBot(dataDir, { STORE: 'cosmos', ...at });
    await onAWorkingDay(bot);
    // What a process asks for once, it has asked for then.
    await sign(await toCheck('RFS-10422'), 'RFS-10422');
  });
  after(async () => {
    await bot.close();
    removeFolder(dataDir);
  });

  const inputs = (caseReference: string): Inputs => ({ ...SPOKEN, ...LONG, caseReference });

  async function toCheck(caseReference: string): Promise<Screen> {
    let shown = await bot.chat('priya').ask('record share');
    while (shown.heading !== 'Check your answers')
      shown = await shown.press('Continue', answersOn(shown.card, inputs(caseReference)));
    return shown;
  }

  function sign(check: Screen, caseReference: string): Promise<Screen> {
    const typed = answersOn(check.card, inputs(caseReference));
    return check.press('Sign and save', { ...typed, signature: 'Priya Shah' });
  }

  async function askedBy(work: () => Promise<unknown>): Promise<readonly Counted[]> {
    double().control.tallies.reset();
    await work();
    return double().control.tallies.last();
  }

  async function askedBySigning(caseReference: string): Promise<readonly Counted[]> {
    const check = await toCheck(caseReference);
    const asked = await askedBy(async () => assert.match((await sign(check, caseReference)).heading, /^Saved: SL-/u));
    const kept = double()
      .control.contents()
      .flatMap(({ items }) => items);
    const payload = kept.findLast(({ doc }) => doc === 'version')?.payload;
    assert.ok(typeof payload === 'string' && Buffer.byteLength(payload, 'base64') >= A_RECORD_BYTES, 'it is of 6 KB');
    return asked;
  }

  it('for a press are one read and one write', async () => {
    let shown = await bot.chat('priya').ask('record share');
    shown = await shown.press('Continue', answersOn(shown.card, inputs('RFS-10422')));
    assert.equal(shown.heading, 'Who received it');
    const typed = answersOn(shown.card, inputs('RFS-10422'));
    const asked = await askedBy(() => shown.press('Continue', typed));
    isAtMost(asked, { requests: 2, writes: 1, charge: 20 });
  });

  it('for a signing on a known case are nine requests at most, four of them writes, and 100 request units', async () => {
    isAtMost(await askedBySigning('RFS-10422'), { requests: 9, writes: 4, charge: 100 });
  });

  it('for the first record of a case are no more', async () => {
    isAtMost(await askedBySigning('RFS-10433'), { requests: 9, writes: 4, charge: 100 });
  });

  it('for a record without a case are no more', async () => {
    isAtMost(await askedBySigning(''), { requests: 9, writes: 4, charge: 100 });
  });
});
