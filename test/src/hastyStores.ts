import type { Listed } from '../../src/listed.ts';
import type { Stores } from '../../src/storePorts.ts';

/** A store in which every list that is shown runs out of time after so many of it have been found in all. */
export function hastyStores(stores: Stores, most: number): Stores {
  let left = most;
  async function cut<T>(listing: Promise<Listed<T>>): Promise<Listed<T>> {
    const { items, isCutShort } = await listing;
    const first = items.slice(0, left);
    left -= first.length;
    return { items: first, isCutShort: isCutShort || first.length < items.length };
  }
  const { records, search, access, open, nudges } = stores;
  return {
    ...stores,
    records: {
      ...records,
      byAuthor: (author, page) => cut(records.byAuthor(author, page)),
      unlinked: (page) => cut(records.unlinked(page)),
      toBeCompleted: (of, limit) => cut(records.toBeCompleted(of, limit)),
      headersOfTeam: (team, since, page) => cut(records.headersOfTeam(team, since, page)),
    },
    search: {
      async search(wanted, page) {
        const { found, next } = await search.search(wanted, page);
        const { items, isCutShort } = await cut(Promise.resolve({ items: found, isCutShort: false }));
        const last = isCutShort ? items.at(-1)?.header.recordId : next;
        return { found: items, ...(last === undefined ? {} : { next: last }), isCutShort };
      },
    },
    access: {
      ...access,
      about: (subjects, page) => cut(access.about(subjects, page)),
      by: (person, page) => cut(access.by(person, page)),
    },
    open: { ...open, openOf: (of, limit) => cut(open.openOf(of, limit)) },
    nudges: { ...nudges, latest: (limit) => cut(nudges.latest(limit)) },
  };
}
