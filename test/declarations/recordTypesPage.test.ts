import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { PAGE, recordTypesPage } from '../../bot/cli/recordTypesPage.ts';
import { share } from '../../src/records/share.ts';

describe('the reference page of the record types', () => {
  it('is up to date: if not, run `npm run docs`', () => {
    assert.ok(readFileSync(PAGE, 'utf8') === recordTypesPage(), 'docs/record-types.md is stale: run `npm run docs`');
  });

  it('names every field and every option', () => {
    const page = recordTypesPage();
    for (const [name, field] of Object.entries(share.fields)) {
      assert.ok(page.includes(`\`${name}\``) && page.includes(field.label), name);
      for (const key of 'options' in field ? Object.keys(field.options) : [])
        assert.ok(page.includes(`\`${key}\`: `), key);
    }
  });
});
