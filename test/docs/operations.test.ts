import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { createMetrics } from '../../bot/metrics.ts';
import { ERROR_CODES } from '../../src/errors.ts';
import { allPages, pageAt, ROOT } from './pages.ts';

const { text } = pageAt('docs/operations.md');

/** The cells of each row of the table under a heading, its head left out. */
function rowsUnder(heading: string): readonly (readonly string[])[] {
  const section = new RegExp(`^## ${heading}$([\\s\\S]*?)^## `, 'mu').exec(text)?.[1] ?? '';
  const rows = section.split('\n').filter((line) => line.startsWith('| `'));
  return rows.map((line) => line.split('|').slice(1, -1).map((cell) => cell.trim())); // prettier-ignore
}

const codesIn = (cell = ''): readonly string[] => [...cell.matchAll(/`([\w.]+)`/gu)].map(([, code = '']) => code);

/** Every figure with its labels, as `/metrics` gives it once each was counted. */
async function figures(): Promise<readonly string[]> {
  const metrics = createMetrics();
  metrics.turned({ kind: 'press', name: 'draft.next' }, 1);
  metrics.requested({
    container: 'cases',
    operation: 'read',
    result: '200',
    charge: 1,
    sentBytes: 1,
    receivedBytes: 1,
  });
  metrics.nudged('sent');
  metrics.refused('noToken');
  metrics.dropped(1);
  metrics.readCalls([{ store: 'records', method: 'commit', calls: 1, faults: 1 }]);
  metrics.countDrafts(() => Promise.resolve(1));
  const samples = (await metrics.text()).matchAll(/^(\w+?)(?:_bucket|_sum|_count)?(?:\{(.*)\})? \S+$/gmu);
  const told = [...samples].map(([, name = '', inside = '']) => {
    const labels = [...inside.matchAll(/(\w+)="/gu)].map(([, label]) => label).filter((label) => label !== 'le');
    return `${name}: ${labels.toSorted().join(', ')}`;
  });
  return [...new Set(told)].toSorted();
}

describe('the page on operating', () => {
  it('tells of every setting of .env.example, and of no other', () => {
    const example = readFileSync(join(ROOT, '.env.example'), 'utf8');
    const listed = [...example.matchAll(/^(\w+)=/gmu)].map(([, name]) => name);
    const section = /^## Settings$([\s\S]*?)^## /mu.exec(text)?.[1] ?? '';
    const told = [...section.matchAll(/^\| `(\w+)`/gmu)].map(([, name]) => name);
    assert.ok(listed.length > 30);
    assert.deepEqual(told.toSorted(), listed.toSorted());
  });

  it('tells of every figure with its labels, and of no other', async () => {
    const told = rowsUnder('Figures').map(([name, labels = '']) => `${codesIn(name).join()}: ${labels.split(', ').toSorted().join(', ')}`); // prettier-ignore
    assert.deepEqual(told.toSorted(), await figures());
    assert.ok(told.length > 8);
  });

  it('tells of every fault that the project raises, and of no other', () => {
    const told = rowsUnder('Faults').flatMap(([code]) => codesIn(code));
    assert.deepEqual(told.toSorted(), ERROR_CODES.toSorted());
  });

  it('names only npm scripts that there are, like every page', () => {
    const { scripts } = z.object({ scripts: z.record(z.string(), z.string()) }).parse(JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'))); // prettier-ignore
    const named = allPages()
      .filter(({ path }) => path !== 'CHANGELOG.md')
      .flatMap(({ path, text: said }) =>
        // prettier-ignore
        [...said.matchAll(/\bnpm run (?:-s )?([\w:]+)/gu)].map(([, name = '']) => ({ path, name })),
      );
    assert.ok(named.length > 15, String(named.length));
    assert.deepEqual(
      named.filter(({ name }) => scripts[name] === undefined),
      [],
    );
  });
});
