import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readBankHolidays } from '../../bot/bankHolidaysFile.ts';
import { readSettings } from '../../bot/settings.ts';
import { startLocal } from '../../bot/localStart.ts';
import { ENGLAND_AND_WALES } from '../../src/bankHolidays.ts';
import { CodedError } from '../../src/errors.ts';
import { addWorkingDays, bankHolidaysEnding, isWorkingDay, useBankHolidays } from '../../src/workingDays.ts';
import { aBot } from '../journeys/aBot.ts';

const SCOTTISH = { through: '2027-12-31', dates: ['2027-01-04', '2027-01-01', '2027-08-02', '2027-01-01'] };

describe('bank holidays from a file', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'sharing-log-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  // The list in force is one a process: the tests that come after these want the usual one.
  afterEach(() => useBankHolidays(ENGLAND_AND_WALES));

  const aFile = (contents: string): string => {
    const path = join(folder, 'holidays.json');
    writeFileSync(path, contents);
    return path;
  };
  const refusal = (path: string): CodedError => {
    try {
      readBankHolidays(path);
    } catch (error) {
      assert.ok(error instanceof CodedError);
      return error;
    }
    return assert.fail('this file was accepted');
  };

  it('are read in order, each once', () => {
    const { through, dates } = readBankHolidays(aFile(JSON.stringify(SCOTTISH)));
    assert.equal(through, '2027-12-31');
    assert.deepEqual(dates, ['2027-01-01', '2027-01-04', '2027-08-02']);
  });

  it('are in force instead of the usual ones, once they are taken', () => {
    useBankHolidays(readBankHolidays(aFile(JSON.stringify(SCOTTISH))));
    assert.deepEqual([isWorkingDay('2027-08-02'), isWorkingDay('2027-08-30')], [false, true]);
    assert.equal(addWorkingDays('2026-12-31', 1), '2027-01-05');
    assert.match(bankHolidaysEnding('2027-12-01') ?? '', /ends on 2027-12-31/u);
  });

  const DAMAGED: Readonly<Record<string, string>> = {
    'is empty': '',
    'is not JSON': '{"through": "2027-12-31", "dates": [',
    'is a list': '["2027-01-01"]',
    'is null': 'null',
    'has no dates': '{"through": "2027-12-31", "dates": []}',
    'does not say up to when it is complete': '{"dates": ["2027-01-01"]}',
    'has a day that does not exist': '{"through": "2027-12-31", "dates": ["2027-02-30"]}',
    'has days written another way': '{"through": "2027-12-31", "dates": ["01/01/2027"]}',
    'has a number for a day': '{"through": "2027-12-31", "dates": [20270101]}',
    'ends on what is no day': '{"through": "for ever", "dates": ["2027-01-01"]}',
    'is that of GOV.UK': '{"england-and-wales": {"division": "england-and-wales", "events": []}}',
    'has something more': '{"through": "2027-12-31", "dates": ["2027-01-01"], "bunting": true}',
  };
  for (const [what, contents] of Object.entries(DAMAGED))
    it(`are refused in one sentence when the file ${what}`, () => says(refusal(aFile(contents)), folder));

  it('are refused in one sentence when there is no such file, or it is a folder', () => {
    says(refusal(join(folder, 'missing.json')), folder);
    says(refusal(folder), folder);
  });

  it('keep the bot from starting when they cannot be read, and nothing is made', async () => {
    const settings = readSettings({ PORT: '0', DATA_DIR: join(folder, 'data'), BANK_HOLIDAYS_FILE: aFile('{}') });
    const starting = startLocal(settings, () => undefined);
    await assert.rejects(starting, (error) => error instanceof CodedError && error.code === 'setting');
    assert.ok(isWorkingDay('2027-08-02'), 'the usual list stays in force');
  });

  it('are those of a bot that was started with them, and it says when they end', async () => {
    const ending = { ...SCOTTISH, through: '2026-01-01' };
    const bot = await aBot(join(folder, 'data'), { BANK_HOLIDAYS_FILE: aFile(JSON.stringify(ending)) });
    try {
      assert.ok(!isWorkingDay('2027-08-02'));
      assert.ok(bot.running.notes.some((note) => note.includes('bank holidays ended on 2026-01-01')));
    } finally {
      await bot.close();
    }
  });
});

/** One sentence that names the setting, the file, and what it should be. */
function says({ code, message }: CodedError, folder: string): void {
  assert.equal(code, 'setting');
  assert.ok(message.startsWith('BANK_HOLIDAYS_FILE should name a file such as {"through"'), message);
  assert.ok(message.includes(folder) && message.endsWith(' is not one.'), message);
  assert.ok(!message.includes('\n'));
}
