import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { makeKeyFile } from '../../bot/keyFile.ts';
import { CodedError } from '../../src/errors.ts';
import type { DraftStore, RecordStore } from '../../src/ports.ts';
import { openConnection } from '../../src/stores/sqlite/connection.ts';
import { storesOn } from '../../src/stores/sqlite/openSqlite.ts';
import { aBot, aFolder, PEOPLE, removeFolder, TENANT, type TestBot } from '../journeys/aBot.ts';
import { headingOf, inputsIn, textOf, type WireCard } from '../journeys/aCard.ts';
import { answerAll } from '../journeys/aChat.ts';
import { SPOKEN } from '../journeys/answers.ts';
import { seen } from '../journeys/waiting.ts';
import { aBotProcess, runToEnd } from './aBotProcess.ts';
import type { Ended } from './aChild.ts';

const SIGNED = { signature: 'Priya Shah' };
const SOON = { firstMs: 20, longestMs: 40 };

/** One sentence or two for the operator, nothing else: no stack, no type of error. */
function saysPlainly(ended: Ended, expected: RegExp): void {
  assert.notEqual(ended.code, 0);
  assert.match(ended.error, expected);
  assert.equal(ended.error.trim().split('\n').length, 1, ended.error);
  assert.doesNotMatch(ended.error, /Error\b|\bat .*:\d+/u);
  assert.equal(ended.out, '');
}

describe('a start that cannot come to anything', () => {
  let dataDir: string;
  beforeEach(() => {
    dataDir = aFolder();
  });
  afterEach(() => removeFolder(dataDir));

  it('says that the data folder cannot be made when a file stands in its place', async () => {
    writeFileSync(dataDir, 'a file');
    saysPlainly(await runToEnd({ DATA_DIR: dataDir, PORT: '0' }), /data folder .* cannot be made/u);
    assert.deepEqual(readdirSync(dirname(dataDir)), ['data'], 'nothing else was made');
  });

  it('says so when a file stands in the way to it', async () => {
    writeFileSync(dataDir, 'a file');
    saysPlainly(await runToEnd({ DATA_DIR: join(dataDir, 'deeper'), PORT: '0' }), /data folder .* cannot be made/u);
  });

  it('says that the store is in use when another bot runs on it, and leaves that one alone', async () => {
    const other = await aBotProcess(dataDir);
    try {
      saysPlainly(await runToEnd({ DATA_DIR: dataDir, PORT: '0' }), /[Aa]nother process is already writing/u);
      assert.equal((await fetch(`${other.url}/health/ready`)).status, 200);
    } finally {
      await other.kill('SIGTERM');
    }
  });

  it('says that the file is no store of ours, and leaves it as it is', async () => {
    mkdirSync(dataDir);
    makeKeyFile(`${dataDir}.key`);
    const garbage = 'This is not a database. '.repeat(500);
    writeFileSync(join(dataDir, 'sharing-log.sqlite'), garbage);
    saysPlainly(await runToEnd({ DATA_DIR: dataDir, PORT: '0' }), /damaged or is not a Sharing Log store/u);
    assert.equal(readFileSync(join(dataDir, 'sharing-log.sqlite'), 'utf8'), garbage);
  });

  it('says that the store is of a newer release', async () => {
    await (await aBot(dataDir)).close();
    const db = new DatabaseSync(join(dataDir, 'sharing-log.sqlite'));
    db.exec('PRAGMA user_version = 999');
    db.close();
    saysPlainly(await runToEnd({ DATA_DIR: dataDir, PORT: '0' }), /newer release/u);
  });

  it('says that the key file is damaged, and does not make another', async () => {
    await (await aBot(dataDir)).close();
    writeFileSync(`${dataDir}.key`, 'x');
    saysPlainly(await runToEnd({ DATA_DIR: dataDir, PORT: '0' }), /key file .* cannot be read/u);
    assert.equal(readFileSync(`${dataDir}.key`, 'utf8'), 'x');
  });

  it('says that the port is in use', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const address = other.address();
    const port = typeof address === 'object' && address !== null ? String(address.port) : '';
    try {
      saysPlainly(await runToEnd({ DATA_DIR: dataDir, PORT: port }), new RegExp(`Port ${port} is in use`, 'u'));
    } finally {
      await new Promise((resolve) => other.close(resolve));
    }
  });

  it('names the setting that is wrong, and not its value', async () => {
    const ended = await runToEnd({ DATA_DIR: dataDir, PORT: 'tea-time' });
    saysPlainly(ended, /^PORT should be a port number/u);
    assert.doesNotMatch(ended.error, /tea-time/u);
  });

  const olderNode = ['/usr/bin/node', '/usr/local/bin/node'].find((path) => existsSync(path));
  it('says under an older Node that it needs a newer one', async () => {
    // Where no older Node is installed, a start that a setting stops shows that the check lets a newer one through.
    const ended = await runToEnd({ DATA_DIR: dataDir, PORT: '70000' }, olderNode ?? process.execPath);
    saysPlainly(ended, /needs Node 24 or later|^PORT should be/u);
  });
});

type Faults = Readonly<{ drafts?: Partial<DraftStore>; records?: Partial<RecordStore> }>;

describe('a store that fails while the bot runs', () => {
  let dataDir: string;
  let bot: TestBot;
  beforeEach(async () => {
    dataDir = aFolder();
    bot = await aBot(dataDir, {}, { finish: SOON });
  });
  afterEach(async () => {
    await bot.close();
    removeFolder(dataDir);
  });

  /** Puts faults in place of the store's own functions; what it returns takes them away again. */
  const broken = ({ drafts = {}, records = {} }: Faults): (() => void) => {
    const { stores } = bot.running.services;
    const whole = { drafts: { ...stores.drafts }, records: { ...stores.records } };
    Object.assign(stores.drafts, drafts);
    Object.assign(stores.records, records);
    return () => {
      Object.assign(stores.drafts, whole.drafts);
      Object.assign(stores.records, whole.records);
    };
  };
  const full = (): Promise<never> => Promise.reject(new CodedError('store.full', 'The disk is full.'));
  const saysNotSaved = (card: WireCard): void => {
    assert.match(textOf(card), /has not been saved/u);
    assert.doesNotMatch(textOf(card), /Saved:|disk/u);
  };

  it('says that a form could not be started', async () => {
    const mend = broken({ drafts: { create: full } });
    saysNotSaved((await bot.chat('priya').ask('record share')).card);
    mend();
    assert.equal((await bot.chat('priya').ask('record share')).heading, 'The contact');
  });

  it('says that an answer was not saved, keeps what was typed, and takes it when the store is back', async () => {
    const shown = await bot.chat('priya').ask('record share');
    const mend = broken({ drafts: { save: full } });
    const again = await shown.press('Continue', { concerning: 'Q.Z., aged 5', methods: 'phone' });
    saysNotSaved(again.card);
    assert.equal(inputsIn(again.card).find(({ id }) => id === 'concerning')?.value, 'Q.Z., aged 5');
    mend();
    assert.equal((await again.press('Continue')).heading, 'Who received it');
  });

  it('says that a signature was not saved, and signs once when the store is back', async () => {
    const check = await answerAll(await bot.chat('priya').ask('record share'), SPOKEN);
    const mend = broken({ drafts: { save: full } });
    const again = await check.press('Sign and save', SIGNED);
    saysNotSaved(again.card);
    mend();
    assert.match((await again.press('Sign and save', SIGNED)).heading, /^Saved/u);
  });

  for (const failing of ['reserveNumber', 'head', 'commit'] as const) {
    it(`says that it is being saved, never “Saved”, when ${failing} fails after the signature, and finds out later`, async () => {
      const check = await answerAll(await bot.chat('priya').ask('record share'), SPOKEN);
      const mend = broken({ records: { [failing]: full } });
      const checking = await check.press('Sign and save', SIGNED);
      assert.equal(checking.heading, 'Being saved');
      assert.match(textOf(checking.card), /Do not enter it again\. The receipt comes here/u);
      assert.equal((await checking.press('Check again')).heading, 'Being saved');
      mend();
      assert.match((await checking.press('Check again')).heading, /^Saved/u);
    });
  }

  /** Messages in Priya's chat that say of a record that it is saved. */
  const receipts = async (): Promise<readonly WireCard[]> =>
    (await bot.chat('priya').messages())
      .flatMap(({ activity }) => activity.attachments ?? [])
      .map(({ content }) => content)
      .filter((card) => headingOf(card).startsWith('Saved: '));

  it('finds out by itself at the next start what became of a record that was being saved, and sends its receipt', async () => {
    const check = await answerAll(await bot.chat('priya').ask('record share'), SPOKEN);
    broken({ records: { commit: full } });
    await check.press('Sign and save', SIGNED);
    await bot.close();
    bot = await aBot(dataDir);
    const drafts = await bot.chat('priya').ask('drafts');
    assert.equal(drafts.heading, 'No unfinished records');
    // It was sent to where the last bot was; that the person has written is what tells where this one is.
    bot.running.services.recording.pacing.queued();
    const [receipt] = await seen(async () => ((await receipts()).length > 0 ? receipts() : undefined), 'the receipt');
    const number = headingOf(receipt ?? assert.fail()).replace('Saved: ', '');
    const opened = await (await bot.chat('priya').ask(`record ${number}`)).press('Open');
    assert.equal(opened.heading, `Record share ${number}`);
  });

  it('sends the receipt by itself, once and without case detail, when the store is back', async () => {
    const check = await answerAll(await bot.chat('priya').ask('record share'), SPOKEN);
    let tries = 0;
    const mend = broken({ records: { commit: () => ((tries += 1), full()) } });
    const answer = await check.press('Sign and save', SIGNED);
    assert.equal(answer.heading, 'Being saved');
    await seen(() => (tries > 2 ? true : undefined), 'it to be tried again');
    assert.deepEqual(await receipts(), []);
    mend();
    const [receipt] = await seen(async () => ((await receipts()).length > 0 ? receipts() : undefined), 'the receipt');
    assert.match(textOf(receipt ?? assert.fail()), /Entry 1 of its case file · fingerprint [0-9a-f]{16}/u);
    bot.running.services.recording.pacing.queued();
    await bot.chat('priya').ask('help');
    assert.equal((await receipts()).length, 1);
    assert.equal((await answer.press('Check again')).heading, headingOf(receipt ?? assert.fail()));
    const kept = JSON.stringify(await bot.chat('priya').messages());
    for (const typed of Object.values(SPOKEN).filter((text) => text.includes(' ')))
      assert.ok(!kept.includes(typed), typed);
  });

  it('answers in time when a commit hangs, and sends the receipt once it is through', async () => {
    const check = await answerAll(await bot.chat('priya').ask('record share'), SPOKEN);
    const held = Promise.withResolvers<undefined>();
    const whole = { ...bot.running.services.stores.records };
    const mend = broken({ records: { commit: (wanted) => held.promise.then(() => whole.commit(wanted)) } });
    const answer = await check.press('Sign and save', SIGNED);
    assert.equal(answer.heading, 'Being saved');
    mend();
    held.resolve(undefined);
    const found = await seen(async () => ((await receipts()).length > 0 ? receipts() : undefined), 'the receipt');
    assert.equal((await answer.press('Check again')).heading, headingOf(found[0] ?? assert.fail()));
  });

  it('shows nothing of a record when the access log cannot be written', async () => {
    const check = await answerAll(await bot.chat('priya').ask('record share'), SPOKEN);
    const receipt = await check.press('Sign and save', SIGNED);
    Object.assign(bot.running.services.stores.access, { appendBatch: full });
    const refused = await receipt.press('Open record');
    assert.equal(refused.heading, 'Not done');
    assert.ok(!JSON.stringify(refused.card).includes(SPOKEN.reason ?? ''));
  });

  it('says so for every press and command when the store cannot even be read, and never shows the fault', async () => {
    const shown = await bot.chat('priya').ask('record share');
    broken({ drafts: { read: full, unfinished: full }, records: { byNumber: full } });
    for (const title of ['Continue', 'Finish later', 'Cancel'])
      assert.equal(headingOf((await shown.press(title, { methods: 'phone' })).card), 'Not done');
    assert.equal((await bot.chat('priya').ask('drafts')).heading, 'Not done');
    assert.ok(bot.logged.every((line) => !line.includes('disk is full')));
  });

  it('is not ready while the store is closed, and says why with a code', async () => {
    await bot.running.services.stores.close();
    const answer = await fetch(`${bot.running.url}/health/ready`);
    assert.equal(answer.status, 503);
    assert.match(
      await answer.text(),
      /"status":"notReady","checks":\{"store":"store\.\w+","keys":"store\.\w+","directory":"ok"\}/u,
    );
    assert.equal((await fetch(`${bot.running.url}/health/live`)).status, 200);
  });
});

describe('a disk that is full', () => {
  it('keeps what was saved, says that the rest was not, and goes on when there is room again', async () => {
    const dataDir = aFolder();
    const bot = await aBot(dataDir);
    const small = openConnection(join(dataDir, 'small.sqlite'), TENANT);
    try {
      const { stores } = bot.running.services;
      const limited = storesOn(small);
      Object.assign(stores.drafts, limited.drafts);
      Object.assign(stores.records, limited.records);
      const pages = Number(small.db.prepare('PRAGMA page_count').get()?.page_count);
      small.db.exec(`PRAGMA max_page_count = ${pages + 6}`);
      let [saved, answer] = [0, await bot.chat('priya').ask('record share')];
      for (; answer.heading === 'The contact' && saved < 200; saved += 1)
        answer = await bot.chat('priya').ask('record share');
      assert.match(textOf(answer.card), /has not been saved/u);
      assert.equal((await limited.drafts.unfinished(PEOPLE.priya)).length, saved);
      small.db.exec('PRAGMA max_page_count = 10000');
      assert.equal((await bot.chat('priya').ask('record share')).heading, 'The contact');
      assert.equal((await limited.drafts.unfinished(PEOPLE.priya)).length, saved + 1);
    } finally {
      await bot.close();
      small.close();
      removeFolder(dataDir);
    }
  });
});
