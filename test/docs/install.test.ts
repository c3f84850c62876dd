import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pageAt, ROOT } from './pages.ts';

const { text } = pageAt('docs/install.md');
const GRAPH_PERMISSION = /\b[A-Z]\w+\.(?:Read|ReadWrite)\w*(?:\.\w+)?\.All\b/gu;

/** Every permission of Microsoft Graph that the bot asks for, by its sources. */
function askedFor(): readonly string[] {
  const paths = readdirSync(join(ROOT, 'bot'), { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.ts')); // prettier-ignore
  const found = paths.flatMap((path) => readFileSync(join(ROOT, 'bot', path), 'utf8').match(GRAPH_PERMISSION) ?? []);
  return [...new Set(found)].toSorted();
}

describe('the page on installing', () => {
  it('explains every permission that the bot asks Microsoft Graph for, and no other', () => {
    const explained = [...text.matchAll(/^\| `([\w.]+\.All)`/gmu)].map(([, permission]) => permission);
    assert.deepEqual(explained.toSorted(), askedFor());
    assert.ok(explained.length > 2);
  });

  it('grants in its commands what the bot does not start without', () => {
    const granted = /for PERMISSION in ([\w. ]+);/u.exec(text)?.[1]?.split(' ') ?? [];
    const needed = text.split('\n').filter((line) => /^\| `[\w.]+\.All`.*does not start/u.test(line));
    assert.deepEqual(granted, needed.map((line) => /`([\w.]+)`/u.exec(line)?.[1])); // prettier-ignore
    assert.ok(granted.length > 1);
  });

  it('names only settings that there are', () => {
    const example = readFileSync(join(ROOT, '.env.example'), 'utf8');
    const known = new Set([...example.matchAll(/^(\w+)=/gmu)].map(([, name]) => name));
    const inText = [...text.matchAll(/`([A-Z]+(?:_[A-Z]+)+|MicrosoftApp\w+)(?:=[^`]*)?`/gu)].map(([, name]) => name);
    const inBlocks = [...text.matchAll(/^(?: {2}export )?([A-Z]+(?:_[A-Z]+)+|MicrosoftApp\w+)=/gmu)].map(([, name]) => name); // prettier-ignore
    assert.ok(inText.length > 15 && inBlocks.length > 8, `${inText.length}, ${inBlocks.length}`);
    assert.deepEqual([...inText, ...inBlocks].filter((name) => !known.has(name)), []); // prettier-ignore
  });

  it('goes through its steps in order', () => {
    const steps = [...text.matchAll(/^## (\d+)\. /gmu)].map(([, number]) => Number(number));
    assert.deepEqual(steps, Array.from({ length: 10 }, (_, at) => at + 1)); // prettier-ignore
  });

  it('quotes what is really said', () => {
    const said = ['bot/main.ts', 'manifest/package.ts', 'bot/cli/cosmosProvision.ts', 'bot/cli/verifyCommand.ts', 'cards/noticeCards.ts', 'bot/installing.ts'].map((path) => readFileSync(join(ROOT, path), 'utf8')).join('\n'); // prettier-ignore
    for (const [quoted, words] of [
      ['Sharing Log is ready on port 3978.', 'Sharing Log is ready on port '],
      ['sharing-log.zip is built:', ' is built: '],
      ['The database sharing-log is ready', ' is ready: start the bot with STORE=cosmos'],
      ['“Whole”', 'Whole: '],
      ['An urgent record was made', 'An urgent record was made'],
      ['Nothing here', 'Nothing here'],
      ['Sharing Log does not know you', 'Sharing Log does not know you'],
    ] as const) {
      assert.ok(text.includes(quoted), quoted);
      assert.ok(said.includes(words), words);
    }
  });
});
