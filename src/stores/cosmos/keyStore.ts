import type { KeyStore, WrappedStoreKey } from '../../keyPorts.ts';
import type { Connection, On } from './connection.ts';
import { cosmosFault } from './cosmosFault.ts';
import type { Kept } from './documents.ts';
import { settled } from './settled.ts';
import { packBytes, unpackBytes } from './text.ts';

const KEY = 'storeKey';

interface PackedKey {
  readonly keyId: string;
  readonly wrapped: string;
}

/** The sealed store key; and while keys are changed, the one that takes its place. */
export interface KeyDoc extends PackedKey {
  readonly next?: PackedKey;
}

export function readKeyDoc({ lookups }: Pick<On, 'lookups'>): Promise<Kept<KeyDoc> | undefined> {
  return lookups.read<KeyDoc>(KEY, KEY);
}

export function asStoreKey({ keyId, wrapped }: PackedKey): WrappedStoreKey {
  return { keyId, wrapped: unpackBytes(wrapped) };
}

/** Refuses a store whose keys are being changed: `store.rotated`. */
export async function refuseRotating(on: Pick<On, 'lookups'>): Promise<void> {
  if ((await readKeyDoc(on))?.next !== undefined) throw cosmosFault('store.rotated');
}

/** Puts a new key beside the store key; from then on no bot starts. May be repeated with the same. */
export function beginKey(on: On, key: WrappedStoreKey): Promise<void> {
  const { keyId, wrapped } = key;
  return replaceKey(on, (found) =>
    found.next?.keyId === keyId ? undefined : { ...found, next: { keyId, wrapped: packBytes(wrapped) } },
  );
}

/** Leaves the new key alone. May be repeated with the same. */
export function endKey(on: On, key: WrappedStoreKey): Promise<void> {
  return replaceKey(on, (found) =>
    found.keyId === key.keyId && found.next === undefined ? undefined : storeKeyDoc(key),
  );
}

async function replaceKey(on: On, change: (found: KeyDoc) => KeyDoc | undefined): Promise<void> {
  await settled<true>(on.deadline, {
    async attempt() {
      const found = await readKeyDoc(on);
      if (found === undefined) throw cosmosFault('store.broken');
      const changed = change(found);
      if (changed === undefined) return true;
      const replaced = await on.lookups.replace(
        KEY,
        { ...changed, id: KEY, key: KEY, doc: KEY } as { readonly id: string },
        found._etag,
      ); // with more than its id
      return replaced === undefined ? undefined : true;
    },
    lookBack: async () => undefined,
  });
}

/** Keeps the sealed store key among the facts about the store. */
export function keyStore({ call }: Pick<Connection, 'call'>): KeyStore {
  async function find(on: On): Promise<WrappedStoreKey | undefined> {
    const found = await readKeyDoc(on);
    return found && asStoreKey(found);
  }

  return {
    read: () => call(find),
    create: (key) =>
      call((on) => {
        const doc = storeKeyDoc(key);
        return settled(on.deadline, {
          attempt: async () => ((await on.lookups.create(KEY, doc)) === undefined ? undefined : key),
          lookBack: () => find(on),
        });
      }),
  };
}

export function storeKeyDoc({ keyId, wrapped }: WrappedStoreKey) {
  return { id: KEY, key: KEY, doc: KEY, keyId, wrapped: packBytes(wrapped) };
}
