import type { NumberReservation } from '../../ports.ts';
import type { Call } from './connection.ts';
import { idOf, inChunks, listOf } from './text.ts';

/** How many are asked for at once. */
const ASKED_AT_ONCE = 100;

/** What stands where these numbers are reserved, by the number that was asked for. */
export async function reservationsOf(
  call: Call,
  numbers: readonly string[],
): Promise<ReadonlyMap<string, NumberReservation>> {
  const byId = new Map(numbers.map((number) => [idOf('number', number), number]));
  const found = await Promise.all(
    inChunks([...byId.keys()], ASKED_AT_ONCE).map((ids) => {
      const { sql, values } = listOf('id', ids);
      return call(({ lookups }) =>
        lookups.query<NumberReservation & { readonly id: string; readonly key: string }>({
          sql: `SELECT * FROM c WHERE c.doc = 'number' AND c.id IN (${sql})`,
          values,
        }),
      );
    }),
  );
  return new Map(
    // One that stands elsewhere than under its own key is found by nobody.
    found
      .flat()
      .filter(({ id, key }) => id === key)
      .map(({ id, number, recordId, caseKey }) => [byId.get(id) ?? '', { number, recordId, caseKey }]),
  );
}
