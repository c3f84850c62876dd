import assert from 'node:assert/strict';
import type { NoticeStore, StoredNotice } from '../../../../src/noticePorts.ts';
import type { Open } from './builders.ts';
import { eachWithItsOwn } from './openOne.ts';

function aNotice(wanted: Partial<StoredNotice> = {}): StoredNotice {
  return {
    noticeId: 'notice-1',
    what: 'urgent',
    about: 'SL-7KQ2M9XA',
    audience: { kind: 'managerOf', personId: 'person-asha' },
    queuedAt: '2026-11-23T14:05:00.000Z',
    attempts: 0,
    ...wanted,
  };
}

/** What every store of messages to be sent promises. */
export function describeNoticeStore(open: Open): void {
  describe('messages to be sent', () => {
    const stores = eachWithItsOwn(open);
    const notices = (): NoticeStore => stores().notices;
    const ids = async (limit = 10): Promise<readonly string[]> =>
      (await notices().pending(limit)).map(({ noticeId }) => noticeId);

    it('come back as they were queued, whoever they are for', async () => {
      const queued = [
        aNotice(),
        aNotice({ noticeId: 'notice-2', what: 'ownRecords', audience: { kind: 'recordsOfficers' } }),
        aNotice({ noticeId: 'notice-3', what: 'earlierLimits', audience: { kind: 'person', personId: 'person-mo' } }),
      ];
      await notices().queue(queued);
      assert.deepEqual(await notices().pending(10), queued);
    });

    it('are queued once, however often and by however many at once', async () => {
      const twice = aNotice({ queuedAt: '2026-11-25T09:00:00.000Z', about: 'SL-00000000' });
      await notices().queue([aNotice()]);
      await Promise.all([1, 2, 3].map(() => notices().queue([twice, aNotice({ noticeId: 'notice-2' })])));
      assert.deepEqual(await notices().pending(10), [aNotice(), aNotice({ noticeId: 'notice-2' })]);
    });

    for (const how of ['sent', 'givenUp'] as const)
      it(`are no longer pending once they are ${how}, and are not queued again`, async () => {
        await notices().queue([aNotice(), aNotice({ noticeId: 'notice-2' })]);
        await notices().settle('notice-1', how);
        await notices().queue([aNotice()]);
        assert.equal(await notices().claim(aNotice()), false);
        assert.deepEqual(await ids(), ['notice-2']);
      });

    it('stay pending while they are tried, with one attempt more each time', async () => {
      await notices().queue([aNotice()]);
      for (let attempts = 0; attempts < 3; attempts += 1)
        assert.equal(await notices().claim(aNotice({ attempts })), true);
      assert.deepEqual(await notices().pending(10), [aNotice({ attempts: 3 })]);
    });

    it('are tried by one of any number who begin at once, and not by one who has not heard of that', async () => {
      await notices().queue([aNotice()]);
      const claimed = await Promise.all([1, 2, 3, 4].map(() => notices().claim(aNotice())));
      assert.deepEqual(claimed.toSorted(), [false, false, false, true]);
      assert.equal(await notices().claim(aNotice()), false);
      assert.deepEqual(await notices().pending(10), [aNotice({ attempts: 1 })]);
    });

    it('come the oldest first, those of one moment always in the same order, up to the limit', async () => {
      const later = '2026-11-24T09:00:00.000Z';
      await notices().queue([
        aNotice({ noticeId: 'c', queuedAt: later }),
        aNotice({ noticeId: 'd' }),
        aNotice({ noticeId: 'a', queuedAt: later }),
        aNotice({ noticeId: 'b' }),
      ]);
      await notices().claim(aNotice({ noticeId: 'b' }));
      assert.deepEqual(await ids(), ['b', 'd', 'a', 'c']);
      assert.deepEqual(await ids(3), ['b', 'd', 'a']);
    });

    it('are found by what they are about, whatever became of them', async () => {
      const grant = { about: '01KAR0SAMP1E0000000000000A', what: 'urgentAccess' } as const;
      const [one, two] = [aNotice({ ...grant, noticeId: 'a' }), aNotice({ ...grant, noticeId: 'b' })];
      await notices().queue([two, aNotice(), one]);
      await notices().claim(one);
      await notices().settle('a', 'givenUp');
      assert.deepEqual(await notices().about(grant.about), [{ ...one, attempts: 1 }, two]);
      assert.deepEqual(await notices().about('SL-00000000'), []);
    });

    it('of which there are none are none, and one that was never queued can be claimed and settled in vain', async () => {
      await notices().queue([]);
      await notices().settle('notice-9', 'sent');
      assert.equal(await notices().claim(aNotice({ noticeId: 'notice-9' })), false);
      assert.deepEqual(await notices().pending(10), []);
      await notices().queue([aNotice({ noticeId: 'notice-9' })]);
      assert.deepEqual(await ids(), ['notice-9']);
    });
  });
}
