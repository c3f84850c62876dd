import { logSeeded } from './aSeededLog.ts';
import { chanceFrom, recordSeeded } from './aSeededStore.ts';
import { DOC_ACCESS_TAMPERS } from './docAccessTampers.ts';
import { DOC_TAMPERS } from './docTampers.ts';
import { DOC_SEEDS, DOC_TIMEOUT_MS, withSeededDocs } from './seededDocs.ts';
import { areWhole, isFound } from './tamperedCopies.ts';
import { isAccessAt, isAt } from './tamperSteps.ts';

const ENTRIES_AT_LEAST = 9;

describe('verifying a store in Cosmos DB', function () {
  this.timeout(DOC_TIMEOUT_MS);
  const stores = withSeededDocs(async (made, seed) => {
    await recordSeeded(made, chanceFrom(seed));
    await logSeeded(made, chanceFrom(seed));
  });

  it(`finds nothing in ${DOC_SEEDS} stores that nobody touched`, () =>
    areWhole(stores, ({ entries }) => entries, ENTRIES_AT_LEAST));

  for (const tampering of Object.entries(DOC_TAMPERS))
    it(`finds ${tampering[0]}, and where, in ${DOC_SEEDS} stores`, () => isFound(stores, tampering, isAt));

  for (const tampering of Object.entries(DOC_ACCESS_TAMPERS))
    it(`finds ${tampering[0]} of the access log, and where, in ${DOC_SEEDS} stores`, () =>
      isFound(stores, tampering, isAccessAt));
});
