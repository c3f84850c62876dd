import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { COMMANDS } from '../../bot/commandList.ts';
import { readCommand } from '../../bot/commands.ts';
import { readingAge, wordsIn } from '../declarations/readingAge.ts';
import { allPages, pageAt, paragraphsOf, ROOT } from './pages.ts';

/** An age at which anybody reads at work, tired or interrupted. */
const AGE_AT_MOST = 12;
const ONE_PARAGRAPH_AT_MOST = 16;
const LONG_WORDS = 12;

const offered = z.object({
  composeExtensions: z.array(z.object({ commands: z.array(z.object({ title: z.string() })) })),
});

const guides = allPages().filter(({ path }) => path.startsWith('docs/guide/'));

/** What a guide writes as code: there, it is always what somebody types to the bot. */
const typedIn = (text: string): readonly string[] => [...text.matchAll(/`([^`\n]+)`/gu)].map(([, typed = '']) => typed);

/** A command as somebody would type it: what stands in capitals is filled in. */
function filledIn(command: string): string {
  return command
    .replace('SL-…', 'SL-7QK2M9XV')
    .replace('REF', 'RFS-10422')
    .replace('TEAM', 'Northgate Youth')
    .replace('PERSON', 'Tom Fairweather')
    .replace('DATE', '15/01/2027')
    .replace('…', 'RFS-10422');
}

describe('the guides', () => {
  it('are one for each kind of reader', () => {
    assert.deepEqual(
      guides.map(({ path }) => path).toSorted(),
      ['managers', 'practitioners', 'recordsOfficers'].map((name) => `docs/guide/${name}.md`),
    );
  });

  for (const { path, text } of guides) {
    it(`name only commands that the bot reads: ${path}`, () => {
      const typed = typedIn(text);
      assert.ok(typed.length > 6);
      assert.deepEqual(
        typed.filter((command) => readCommand(filledIn(command)).kind === 'unknown'),
        [],
      );
    });
  }

  it('name every command that there is', () => {
    const named = new Set(guides.flatMap(({ text }) => typedIn(text)));
    assert.deepEqual(
      COMMANDS.map(({ command }) => command).filter((command) => !named.has(command)),
      [],
    );
  });

  it('name what Teams offers beside a message', () => {
    const { composeExtensions } = offered.parse(JSON.parse(readFileSync(join(ROOT, 'manifest/manifest.json'), 'utf8')));
    const titles = composeExtensions.flatMap(({ commands }) => commands.map(({ title }) => title));
    assert.ok(titles.length > 1);
    assert.deepEqual(titles.filter((title) => !guides.some(({ text }) => text.includes(`**${title}**`))), []); // prettier-ignore
  });

  for (const page of guides) {
    it(`are read with ease: ${page.path}`, () => {
      const paragraphs = paragraphsOf(page);
      const age = readingAge(paragraphs);
      assert.ok(age <= AGE_AT_MOST, `${age.toFixed(1)} over ${paragraphs.length} paragraphs`);
      const hard = paragraphs.filter(
        (text) => wordsIn(text).length >= LONG_WORDS && readingAge([text]) > ONE_PARAGRAPH_AT_MOST,
      );
      assert.deepEqual(hard, []);
    });
  }

  it('would be told apart from official prose', () => {
    const official = 'Practitioners must ascertain whether appropriate authorisation was obtained prior to disclosure.';
    assert.ok(readingAge([official]) > ONE_PARAGRAPH_AT_MOST);
    assert.deepEqual(paragraphsOf(pageAt('docs/guide/managers.md')).slice(0, 1), ['For managers']);
  });
});
