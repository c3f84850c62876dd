import { byNewest, type ChainedAccess } from '../../accessLogPorts.ts';
import type { Listed } from '../../listed.ts';

/**
 * Several lists as one, each entry once. Where one of them was cut short, what is older than the last entry that it came to
 * is left out: something that it did not come to may belong in between.
 */
export function mergedAccess(lists: readonly Listed<ChainedAccess>[], limit: number): Listed<ChainedAccess> {
  const each = new Map(lists.flatMap(({ items }) => items).map((entry) => [`${entry.chainKey} ${entry.seq}`, entry]));
  const newest = [...each.values()].sort(byNewest);
  const cut = lists.filter(({ isCutShort }) => isCutShort);
  const known = newest.filter((entry) =>
    cut.every(({ items }) => {
      const last = items.at(-1);
      return last !== undefined && byNewest(entry, last) <= 0;
    }),
  );
  return { items: known.slice(0, limit), isCutShort: cut.length > 0 && known.length < limit };
}
