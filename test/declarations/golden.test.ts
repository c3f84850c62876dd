import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { GOLDEN, dumpDeclarations } from './dump.ts';

const HOW =
  'The declarations differ from test/declarations/golden.json. If that is meant, run `node test/declarations/acceptGolden.ts` and commit the difference; a released field or option is only ever marked `retired`.';

describe('the golden file of the declarations', () => {
  it('holds every id, label, option, source and condition as it stands', async () => {
    const accepted = readFileSync(GOLDEN, 'utf8').split('\n');
    const now = (await dumpDeclarations()).split('\n');
    const at = now.findIndex((line, nth) => line !== accepted[nth]);
    const where = at < 0 ? '' : ` Line ${at + 1}: ${accepted[at]?.trim() ?? 'nothing'} became ${now[at]?.trim() ?? ''}`;
    assert.ok(at < 0 && accepted.length === now.length, HOW + where);
  });

  it('comes out the same each time', async () => {
    assert.equal(await dumpDeclarations(), await dumpDeclarations());
  });
});
