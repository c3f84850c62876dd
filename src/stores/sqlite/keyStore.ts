import type { KeyStore, WrappedStoreKey } from '../../keyPorts.ts';
import { text } from './columns.ts';
import type { Connection } from './connection.ts';

/** Keeps the sealed store key among the facts about the store. */
export function keyStore({ db, read, write }: Connection): KeyStore {
  const select = db.prepare(`SELECT value FROM meta WHERE key = 'storeKey'`);
  const insert = db.prepare(`INSERT INTO meta (key, value) VALUES ('storeKey', ?) ON CONFLICT (key) DO NOTHING`);

  function find(): WrappedStoreKey | undefined {
    const row = select.get();
    return row && unpackStoreKey(text(row, 'value'));
  }

  return {
    read: () => read(find),
    create: (key) =>
      write(() => {
        insert.run(packStoreKey(key));
        return find() ?? key;
      }),
  };
}

/** A sealed store key as it stands in a text column: its id, a space, its bytes in hex. */
export function packStoreKey({ keyId, wrapped }: WrappedStoreKey): string {
  return `${keyId} ${Buffer.from(wrapped).toString('hex')}`;
}

export function unpackStoreKey(value: string): WrappedStoreKey {
  const [keyId = '', hex = ''] = value.split(' ');
  return { keyId, wrapped: Buffer.from(hex, 'hex') };
}
