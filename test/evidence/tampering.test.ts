import { aSeededFile } from './aSeededStore.ts';
import { areWhole, isFound, SEEDS, TIMEOUT_MS, withSeededFiles } from './tamperedCopies.ts';
import { isAt } from './tamperSteps.ts';
import { TAMPERS } from './tampers.ts';

const ENTRIES_AT_LEAST = 9;

describe('verifying a store', function () {
  this.timeout(TIMEOUT_MS);
  const stores = withSeededFiles(aSeededFile);

  it(`finds nothing in ${SEEDS} stores that nobody touched`, () =>
    areWhole(stores, ({ entries }) => entries, ENTRIES_AT_LEAST));

  for (const tampering of Object.entries(TAMPERS))
    it(`finds ${tampering[0]}, and where, in ${SEEDS} stores`, () => isFound(stores, tampering, isAt));
});
