import assert from 'node:assert/strict';
import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeKeyFile, newEncryptionKey, readKeyFile, replaceKeyFile } from '../../bot/keyFile.ts';
import { startLocal } from '../../bot/localStart.ts';
import { readSettings } from '../../bot/settings.ts';
import { aFolder, removeFolder } from '../journeys/aBot.ts';

describe('the key file', () => {
  let dataDir: string;
  let path: string;
  beforeEach(() => {
    dataDir = aFolder();
    path = `${dataDir}.key`;
  });
  afterEach(() => {
    removeFolder(dataDir);
  });

  const start = async (env: Readonly<Record<string, string>> = {}) => {
    const bot = await startLocal(readSettings({ PORT: '0', DATA_DIR: dataDir, ...env }), () => undefined);
    await bot.close();
    return bot;
  };

  it('is made on first start, beside the data folder, for its owner only, and the start says so', async () => {
    const { notes } = await start();
    assert.equal(statSync(path).mode & 0o777, 0o600);
    assert.ok(notes.some((note) => note.includes(path)));
    assert.deepEqual((await start()).notes, []);
  });

  it('may stand elsewhere', async () => {
    const elsewhere = join(dataDir, '..', 'held', 'keys.json');
    await start({ KEY_FILE: elsewhere });
    assert.equal(readKeyFile(elsewhere).encryptionKeys.length, 1);
  });

  it('is not made anew beside data that has lost its own', async () => {
    await start();
    rmSync(path);
    await assert.rejects(start(), { code: 'keys', message: /is missing: put back/u });
    assert.throws(() => readKeyFile(path), { code: 'keys' });
  });

  it('of other data is refused, and nothing is changed', async () => {
    await start();
    const own = readFileSync(path, 'utf8');
    rmSync(path);
    makeKeyFile(path);
    await assert.rejects(start(), { code: 'keys', message: /does not belong to this data/u });
    writeFileSync(path, own);
    await start();
  });

  it('with the right id and another key is refused', async () => {
    await start();
    const ring = readKeyFile(path);
    const [first] = ring.encryptionKeys;
    replaceKeyFile(path, { ...ring, encryptionKeys: [{ ...newEncryptionKey(), id: first?.id ?? '' }] });
    await assert.rejects(start(), { code: 'keys', message: /does not belong to this data/u });
  });

  for (const [what, content] of [
    ['is no JSON', 'not json'],
    ['is of a trial release', '{"format":1,"lookupKey":"00"}'],
    ['holds a key that is too short', '{"format":2,"lookupKey":"00","encryptionKeys":[{"id":"a","key":"00"}]}'],
  ] as const) {
    it(`is refused in one sentence when it ${what}, and left as it is`, () => {
      writeFileSync(path, content);
      assert.throws(() => readKeyFile(path), { code: 'keys', message: /^The key file .* cannot be read: [^.]*\.$/u });
      assert.equal(readFileSync(path, 'utf8'), content);
    });
  }

  it('is never overwritten by making one', () => {
    makeKeyFile(path);
    const before = readFileSync(path, 'utf8');
    assert.throws(() => makeKeyFile(path), { code: 'keys' });
    assert.equal(readFileSync(path, 'utf8'), before);
  });
});
