import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { logCodesTable } from '../../../bot/cli/logCodesTable.ts';

describe('docs/operations.md', () => {
  it('lists every code of the log with what to do, as “node bot/cli/logCodesTable.ts” prints them', () => {
    const page = readFileSync(new URL('../../../docs/operations.md', import.meta.url), 'utf8');
    assert.equal(page.slice(page.indexOf('- `turn.failed`')), logCodesTable());
  });
});
