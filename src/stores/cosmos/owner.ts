import type { On } from './connection.ts';
import { cosmosFault } from './cosmosFault.ts';
import { keepOnce } from './once.ts';
import { settled } from './settled.ts';

const TENANT = 'tenant';
const COPYING = 'copying';

/** What a store says of itself, none of which is copied. */
export const OWN_IDS: readonly string[] = [TENANT, COPYING];

/** The tenant whose data this is; `undefined` while it is nobody’s. */
export async function ownerOf({ lookups }: Pick<On, 'lookups'>): Promise<string | undefined> {
  return (await lookups.read<{ readonly tenantId: string }>(TENANT, TENANT))?.tenantId;
}

/** Refuses another tenant’s store, and one that holds no records yet. */
export async function refuseAnother(on: Pick<On, 'lookups'>, tenantId: string): Promise<void> {
  const owner = await ownerOf(on);
  if (owner === undefined)
    throw cosmosFault('store.missing', undefined, 'The database holds no records: check COSMOS_ENDPOINT and COSMOS_DATABASE.'); // prettier-ignore
  if (owner !== tenantId) throw cosmosFault('store.tenant');
}

/** Makes an empty store this tenant’s, and refuses another’s. */
export async function claim(on: On, tenantId: string): Promise<void> {
  const doc = { id: TENANT, key: TENANT, doc: TENANT, tenantId };
  const owner =
    (await ownerOf(on)) ??
    (await settled(on.deadline, {
      attempt: async () => ((await on.lookups.create(TENANT, doc)) === undefined ? undefined : tenantId),
      lookBack: () => ownerOf(on),
    }));
  if (owner !== tenantId) throw cosmosFault('store.tenant');
}

/** Whether a copy into this store was begun and has not ended. */
export async function isHalfCopied({ lookups }: Pick<On, 'lookups'>): Promise<boolean> {
  return (await lookups.read(COPYING, COPYING)) !== undefined;
}

/** Refuses a store into which a copy did not end: `store.half`. */
export async function refuseHalf(on: On): Promise<void> {
  if (await isHalfCopied(on)) throw cosmosFault('store.half');
}

/** Marks the store as one into which a copy was begun. */
export function markHalf({ lookups, deadline }: On): Promise<void> {
  return keepOnce(lookups, deadline, COPYING, { id: COPYING, key: COPYING, doc: COPYING } as { readonly id: string });
}

/** Takes the mark away. */
export async function unmarkHalf({ lookups, deadline }: On): Promise<void> {
  await settled<true>(deadline, {
    attempt: () => lookups.remove(COPYING, COPYING),
    lookBack: async () => ((await lookups.read(COPYING, COPYING)) === undefined ? true : undefined),
  });
}
