import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { pageAt, ROOT } from './pages.ts';

const { text } = pageAt('docs/operations.md');

describe('the page on operating', () => {
  it('tells of every setting of .env.example, and of no other', () => {
    const example = readFileSync(join(ROOT, '.env.example'), 'utf8');
    const listed = [...example.matchAll(/^(\w+)=/gmu)].map(([, name]) => name);
    const section = /^## Settings$([\s\S]*?)^## /mu.exec(text)?.[1] ?? '';
    const told = [...section.matchAll(/^\| `(\w+)`/gmu)].map(([, name]) => name);
    assert.ok(listed.length > 30);
    assert.deepEqual(told.toSorted(), listed.toSorted());
  });

  it('names only npm scripts that there are, like every page', () => {
    const { scripts } = z.object({ scripts: z.record(z.string(), z.string()) }).parse(JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'))); // prettier-ignore
    const pages = ['docs/operations.md', 'docs/install.md', 'docs/verify.md', 'docs/key-vault.md', 'docs/copying.md', 'CONTRIBUTING.md']; // prettier-ignore
    const named = pages.flatMap((path) =>
      [...pageAt(path).text.matchAll(/\bnpm run (?:-s )?([\w:]+)/gu)].map(([, name = '']) => ({ path, name })),
    );
    assert.ok(named.length > 15, String(named.length));
    assert.deepEqual(
      named.filter(({ name }) => scripts[name] === undefined),
      [],
    );
  });
});
