import assert from 'node:assert/strict';
import { ACCESS_TAMPERS } from './accessTampers.ts';
import { aSeededLog } from './aSeededLog.ts';
import { areWhole, isFound, SEEDS, TIMEOUT_MS, withSeededFiles } from './tamperedCopies.ts';
import { isAccessAt } from './tamperSteps.ts';

const ENTRIES_AT_LEAST = 12;

describe('verifying an access log', function () {
  this.timeout(TIMEOUT_MS);
  const logs = withSeededFiles(aSeededLog);

  it(`finds nothing in ${SEEDS} logs that nobody touched`, () =>
    areWhole(logs, ({ accessEntries }) => accessEntries, ENTRIES_AT_LEAST));

  for (const tampering of Object.entries(ACCESS_TAMPERS))
    it(`finds ${tampering[0]}, and where, in ${SEEDS} logs`, () => isFound(logs, tampering, isAccessAt));

  it('does not show that the newest entries were taken away: a later chain would', async () => {
    const { findings } = await logs.lookAtCopy(0, 'newest', ({ run }) => {
      run('DELETE FROM accessLog WHERE id = (SELECT max(id) FROM accessLog)');
    });
    assert.deepEqual(findings, []);
  });
});
