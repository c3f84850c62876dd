import type { KeyStore, WrappedStoreKey } from '../../keyPorts.ts';
import type { Connection, On } from './connection.ts';
import { settled } from './settled.ts';
import { packBytes, unpackBytes } from './text.ts';

const KEY = 'storeKey';

/** Keeps the sealed store key among the facts about the store. */
export function keyStore({ call }: Connection): KeyStore {
  async function find({ lookups }: On): Promise<WrappedStoreKey | undefined> {
    const found = await lookups.read<{ readonly keyId: string; readonly wrapped: string }>(KEY, KEY);
    return found && { keyId: found.keyId, wrapped: unpackBytes(found.wrapped) };
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
