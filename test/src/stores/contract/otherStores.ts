import assert from 'node:assert/strict';
import type { WrappedStoreKey } from '../../../../src/keyPorts.ts';
import type { StoredConversation } from '../../../../src/ports.ts';
import { aDraft, type Open } from './builders.ts';
import { eachWithItsOwn } from './openOne.ts';

function aConversation(wanted: Partial<StoredConversation> = {}): StoredConversation {
  return {
    personId: 'person-asha',
    savedAt: '2026-11-23T14:05:00.000Z',
    reference: Uint8Array.of(1, 2),
    ...wanted,
  };
}

/** What every conversation store promises. */
export function describeConversationStore(open: Open): void {
  describe('conversations', () => {
    const stores = eachWithItsOwn(open);

    it('gives back a person’s conversation as it was saved', async () => {
      await stores().conversations.save(aConversation());
      assert.deepEqual(await stores().conversations.read('person-asha'), aConversation());
    });

    it('keeps the one that was saved last', async () => {
      const later = aConversation({ savedAt: '2026-11-24T09:00:00.000Z', reference: Uint8Array.of(3) });
      await stores().conversations.save(aConversation());
      await stores().conversations.save(later);
      assert.deepEqual(await stores().conversations.read('person-asha'), later);
    });

    it('knows nothing of somebody who has not written yet', async () => {
      await stores().conversations.save(aConversation());
      assert.equal(await stores().conversations.read('person-ben'), undefined);
    });
  });
}

/** What everything that keeps the store key promises. */
export function describeKeyStore(open: Open): void {
  describe('the store key', () => {
    const stores = eachWithItsOwn(open);
    const aKey = (keyId: string): WrappedStoreKey => ({ keyId, wrapped: Uint8Array.of(keyId.length, 0, 255) });
    const plain = (key: WrappedStoreKey | undefined) => key && { ...key, wrapped: [...key.wrapped] };

    it('is not there before it was made', async () => {
      assert.equal(await stores().storeKey.read(), undefined);
    });

    it('comes back as it was made', async () => {
      assert.deepEqual(plain(await stores().storeKey.create(aKey('key-1'))), plain(aKey('key-1')));
      assert.deepEqual(plain(await stores().storeKey.read()), plain(aKey('key-1')));
    });

    it('is made once: who comes later is given the one that is there', async () => {
      await stores().storeKey.create(aKey('key-1'));
      assert.deepEqual(plain(await stores().storeKey.create(aKey('another'))), plain(aKey('key-1')));
      assert.deepEqual(plain(await stores().storeKey.read()), plain(aKey('key-1')));
    });

    it('is the same for all who make one at once', async () => {
      const made = await Promise.all(['one', 'two', 'three'].map((id) => stores().storeKey.create(aKey(id))));
      const there = plain(await stores().storeKey.read());
      assert.deepEqual(made.map(plain), [there, there, there]);
    });
  });
}

/** What every adapter promises of its stores as a whole. */
export function describeStores(open: Open): void {
  describe('the stores together', () => {
    it('pass the check while they are open', async () => {
      const stores = await open();
      await stores.check();
      await stores.close();
    });

    it('fail the check, reads and writes with a coded fault once they are closed', async () => {
      const stores = await open();
      await stores.close();
      await assert.rejects(stores.check(), { code: 'store.fault' });
      await assert.rejects(stores.drafts.read('person-asha', 'draft-1'), { code: 'store.fault' });
      await assert.rejects(stores.drafts.create(aDraft()), { code: 'store.fault' });
    });

    it('may be closed twice', async () => {
      const stores = await open();
      await stores.close();
      await stores.close();
    });

    it('finish the writes that were under way when they are closed', async () => {
      const stores = await open();
      const saving = stores.drafts.create(aDraft());
      await stores.close();
      assert.equal(await saving, 'saved');
    });
  });
}
