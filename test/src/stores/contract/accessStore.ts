import assert from 'node:assert/strict';
import type { AccessKey, ChainedAccess } from '../../../../src/accessLogPorts.ts';
import type { Open } from './builders.ts';
import { eachWithItsOwn } from './openOne.ts';
import { wholeOf } from './wholeOf.ts';

/** An entry as a store keeps it: the store looks into nothing but its ids, its time and its place. */
export function anAccess(wanted: Partial<ChainedAccess> = {}): ChainedAccess {
  const { chainKey = '2026-11-23:aa', seq = 1 } = wanted;
  return {
    ...{ chainKey, seq, at: '2026-11-23T14:05:00.000Z', personId: 'person-asha', action: 'record.open' },
    ...{ subject: 'SL-7KQ2M9XA', prev: '0'.repeat(64), hash: `hash of ${chainKey} ${seq}` },
    ...wanted,
  };
}

const keyOf = ({ at, chainKey, seq }: ChainedAccess): AccessKey => ({ at, chainKey, seq });
const secondsOn = (seconds: number): string => new Date(Date.UTC(2026, 10, 23, 14, 5, seconds)).toISOString();

/** What every store of the access log promises. */
export function describeAccessStore(open: Open): void {
  describe('the store of the access log', () => {
    const stores = eachWithItsOwn(open);
    const append = (...entries: readonly ChainedAccess[]): Promise<void> => stores().access.appendBatch(entries);
    const all = { limit: 99 };

    it('gives back an entry as it was appended, with what it follows and the grant, or without', async () => {
      const first = anAccess({ before: { chainKey: '2026-11-22:aa', seq: 7 }, prev: 'ab', grantId: 'grant-1' });
      const second = anAccess({ seq: 2, at: secondsOn(1) });
      await append(first, second);
      assert.deepEqual(await wholeOf(stores().access.by('person-asha', all)), [second, first]);
    });

    it('keeps a batch whole or not at all, and no place twice', async () => {
      await append(anAccess());
      await assert.rejects(append(anAccess({ seq: 2 }), anAccess()), { code: 'store.fault' });
      assert.equal((await wholeOf(stores().access.by('person-asha', all))).length, 1);
      assert.equal((await wholeOf(stores().access.about(['SL-7KQ2M9XA'], all))).length, 1);
    });

    it('takes no batch, and does nothing', async () => {
      await append();
      assert.equal(await stores().access.latestChain(), undefined);
    });

    it('knows the end of the chain that was written to last, whatever its name and its times', async () => {
      assert.equal(await stores().access.latestChain(), undefined);
      await append(anAccess(), anAccess({ seq: 2 }));
      await append(anAccess({ chainKey: '2026-11-20:zz', at: '2026-11-20T09:00:00.000Z' }));
      assert.deepEqual(await stores().access.latestChain(), {
        ...{ chainKey: '2026-11-20:zz', seq: 1, hash: 'hash of 2026-11-20:zz 1' },
      });
      await append(anAccess({ seq: 3 }));
      assert.equal((await stores().access.latestChain())?.seq, 3);
    });

    describe('finds', () => {
      const entries = Array.from({ length: 7 }, (_, nth) =>
        anAccess({
          ...{
            seq: nth + 1,
            at: secondsOn(Math.floor(nth / 2)),
            personId: nth % 3 === 0 ? 'person-bo' : 'person-asha',
          },
          subject: nth % 2 === 0 ? 'case-1 SL-00000001 SL-00000002' : 'case-2 SL-00000002 SL-00000002',
        }),
      );
      const newest = entries.toReversed();
      beforeEach(async () => {
        await append(...entries.slice(0, 3));
        await append(...entries.slice(3));
      });

      it('what one person did, the newest first', async () => {
        assert.deepEqual(
          await wholeOf(stores().access.by('person-bo', all)),
          newest.filter(({ personId }) => personId === 'person-bo'),
        );
        assert.deepEqual(await wholeOf(stores().access.by('person-nobody', all)), []);
      });

      it('what has an id among its own, each entry once, whatever else it has', async () => {
        const about = (ids: readonly string[], page: { limit: number }) => wholeOf(stores().access.about(ids, page));
        assert.deepEqual(await about(['case-1'], all), newest.filter(({ subject }) => subject.startsWith('case-1'))); // prettier-ignore
        assert.deepEqual(await about(['SL-00000002'], all), newest);
        assert.deepEqual(await about(['case-1', 'case-2', 'SL-00000001', 'case-1'], all), newest);
        assert.deepEqual(await about(['case'], all), []);
        assert.deepEqual(await about([], all), []);
      });

      it('page after page by key, also where times are the same', async () => {
        for (const find of [
          (page: typeof all & { before?: AccessKey }) => wholeOf(stores().access.about(['case-1', 'case-2'], page)),
          (page: typeof all & { before?: AccessKey }) => wholeOf(stores().access.about(['SL-00000002'], page)),
        ]) {
          const found: ChainedAccess[] = [];
          for (let before: AccessKey | undefined; found.length < entries.length;) {
            const page = await find({ limit: 2, ...(before === undefined ? {} : { before }) });
            assert.ok(page.length > 0 && page.length <= 2);
            found.push(...page);
            before = keyOf(page.at(-1)!);
          }
          assert.deepEqual(found, newest);
          assert.deepEqual(await find({ limit: 2, before: keyOf(entries[0]!) }), []);
        }
      });

      it('how often somebody did what, to what first, from a moment on', async () => {
        const tally = await stores().access.tally('person-asha', secondsOn(1));
        assert.deepEqual(
          tally.toSorted((a, b) => (a.first < b.first ? -1 : 1)),
          [
            { action: 'record.open', first: 'case-1', times: 2 },
            { action: 'record.open', first: 'case-2', times: 1 },
          ],
        );
        assert.deepEqual(await stores().access.tally('person-asha', secondsOn(9)), []);
      });
    });
  });
}
