import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pageAt, ROOT } from './pages.ts';

const { text } = pageAt('SECURITY.md');

/** The rows of its tables that say what stops an attacker, and by what that is shown. */
const rows = text
  .split('\n')
  .filter((line) => line.startsWith('| ') && !/^\| (?:what |-)/u.test(line))
  .map((line) => {
    const [, control = '', shown = ''] = line.split('|').map((cell) => cell.trim());
    const file = /^`(test\/[^`]+)`/u.exec(shown)?.[1] ?? '';
    return { control, file, quoted: [...shown.matchAll(/“([^”]+)”/gu)].map(([, words = '']) => words) };
  });

describe('the threat model', () => {
  it('names for each control a file of tests that is there', () => {
    assert.ok(rows.length > 40, `${rows.length} rows`);
    assert.deepEqual(
      rows.filter(({ file }) => file === '' || !existsSync(join(ROOT, file))).map(({ control }) => control),
      [],
    );
  });

  it('names in each file a test, or a case of one, that stands in it', () => {
    const wanting = rows.flatMap(({ file, quoted }) => {
      const source = readFileSync(join(ROOT, file), 'utf8');
      const names = quoted.length === 0 ? ['(none)'] : quoted;
      // Between quotation marks of the source, so that a comment does not count.
      const literals = [...source.matchAll(/(['`])((?:(?!\1)[^\n])+)\1/gu)].map(([, , words = '']) => words);
      return names.filter((name) => !literals.some((words) => words.includes(name))).map((name) => `${file}: ${name}`);
    });
    assert.deepEqual(wanting, []);
  });

  for (const who of [
    'An outsider on the Internet',
    'Another tenant',
    'A guest',
    'A curious colleague',
    'A malicious insider who can write to the store',
    'A stolen disk or backup',
    'An administrator with the keys',
    'A lost phone',
    'The supply chain',
  ]) {
    it(`speaks of: ${who}`, () => {
      assert.ok(text.includes(`\n### ${who}`));
    });
  }

  it('says what is not covered, and how to report a weakness', () => {
    for (const title of ['What is not covered', 'Report a weakness']) assert.ok(text.includes(`\n## ${title}\n`));
  });
});
