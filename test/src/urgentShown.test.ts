import assert from 'node:assert/strict';
import { changeCase } from '../../src/caseFacts.ts';
import { caseAlias } from '../../src/freezing.ts';
import { sendNotices } from '../../src/notices.ts';
import { openRecord } from '../../src/opening.ts';
import type { Person } from '../../src/people.ts';
import type { StoredNotice } from '../../src/noticePorts.ts';
import type { UrgentPress } from '../../src/urgentAccess.ts';
import { showUrgent } from '../../src/urgentShown.ts';
import { aPerson, ASHA, BO, KEYS, MO, TENANT, type Bench } from './aBench.ts';
import { aCase, ask, CASE, LEA, REASON, ROB, SOL, SUE, THE_END, type Reached } from './anUrgentCase.ts';
import { NOW } from './aShare.ts';

describe('urgent access that was asked for', () => {
  let bench: Bench;
  let reached: Reached;
  let caseKey: string;
  let number: string;
  beforeEach(async () => {
    ({ bench, reached, caseKey, number } = await aCase());
  });
  afterEach(() => bench.close());

  const notices = (): Promise<readonly StoredNotice[]> => bench.stores.notices.pending(100);
  const told = async (): Promise<readonly string[]> =>
    (await notices()).map(({ what, audience }) => `${what} ${'personId' in audience ? audience.personId : audience.kind}`).toSorted(); // prettier-ignore
  const restrict = (...people: readonly Person[]) =>
    changeCase(bench.opening, caseKey, (facts) => ({
      ...facts,
      restriction: { state: 'confirmed', people: people.map(({ id }) => id), by: MO.id, at: NOW },
    }));
  const grantId = async (): Promise<string> => (await notices())[0]?.about ?? assert.fail('nobody was told');

  describe('for a restricted case', () => {
    it('opens nothing, and tells the people who are named', async () => {
      await restrict(ASHA, LEA);
      reached.log.length = 0;
      assert.deepEqual(await ask(bench, SUE), { kind: 'nothingOpened' });
      assert.deepEqual(await told(), ['restrictedAsked person-asha', 'restrictedAsked person-lea']);
      assert.deepEqual(
        reached.log.map(({ action, subject, personId }) => [action, subject, personId]),
        [['urgent.refused', caseKey, SUE.id]],
      );
      assert.equal((await openRecord(bench.opening, SUE, number)).kind, 'nothing');
      assert.deepEqual(await bench.stores.cases.grantsOf(SUE.id, caseKey, NOW), []);
    });

    it('does not open it to a manager or a records officer either, and tells once for one form', async () => {
      await restrict(ASHA);
      for (const person of [MO, ROB])
        for (let press = 0; press < 3; press += 1)
          assert.deepEqual(await ask(bench, person), { kind: 'nothingOpened' });
      assert.equal((await notices()).length, 2);
    });

    it('looks up and writes the same as for a case that there is not', async () => {
      const absent = 'XX-99';
      await restrict(ASHA);
      const callsOf = async (typed: UrgentPress['typed']): Promise<readonly string[]> => {
        reached.calls.length = 0;
        assert.deepEqual(await ask(bench, SUE, typed), { kind: 'nothingOpened' });
        // Keeping the reason is part of one write with the log; where nobody is told there is none to keep.
        return reached.calls.filter((call) => call !== 'cases.grant');
      };
      assert.deepEqual(
        await callsOf({ wanted: absent, reason: REASON }),
        await callsOf({ wanted: CASE, reason: REASON }),
      );
      assert.equal(reached.log.at(-2)?.subject, caseAlias(KEYS, TENANT, absent));
      assert.ok(reached.log.every(({ subject }) => !subject.includes(absent)));
    });

    it('tells nobody who is not named, also where one who is cannot be reached', async () => {
      await restrict(ASHA, LEA);
      await ask(bench, SUE);
      const reachedPeople: string[] = [];
      const codes: string[] = [];
      const notifier = {
        tell: async ({ id }: Person) => {
          if (id === ASHA.id) return 'unreachable';
          reachedPeople.push(id);
          return 'sent';
        },
      } as const;
      await sendNotices({ ...bench.recording, notifier }, (code) => codes.push(code));
      assert.deepEqual([reachedPeople, codes], [[LEA.id], ['notice.unreachable']]);
      assert.deepEqual(await notices(), []);
    });

    it('opens when it is lifted, for the same form', async () => {
      await restrict(ASHA);
      await ask(bench, SUE);
      await changeCase(bench.opening, caseKey, ({ restriction: __, ...facts }) => facts);
      assert.equal((await ask(bench, SUE)).kind, 'summary');
    });
  });

  describe('is shown to those who were told', () => {
    const show = async (reader: Person) => showUrgent(bench.recording, reader, await grantId());

    it('with who asked, when, until when and why', async () => {
      await ask(bench, SUE);
      reached.log.length = 0;
      for (const reader of [MO, LEA, ROB]) {
        const shown = await show(reader);
        assert.deepEqual(shown, { kind: 'urgent', asker: SUE, at: NOW, until: THE_END, reason: REASON, number });
      }
      const subject = `${caseKey} ${await grantId()}`;
      assert.deepEqual(
        reached.log.map((entry) => [entry.personId, entry.action, entry.subject]),
        [MO, LEA, ROB].map(({ id }) => [id, 'urgent.show', subject]),
      );
    });

    it('and to nobody else: it is as if it were not there', async () => {
      await ask(bench, SUE);
      reached.log.length = 0;
      for (const reader of [SUE, ASHA, BO, SOL]) assert.deepEqual(await show(reader), { kind: 'nothing' }, reader.name);
      assert.deepEqual(await showUrgent(bench.recording, MO, '0'.repeat(26)), { kind: 'nothing' });
      assert.ok(reached.log.every(({ action }) => action === 'case.refused'));
      assert.equal(reached.log.length, 5);
    });

    it('to a manager to whom it went on because another could not be reached', async () => {
      await ask(bench, SUE);
      const zed = aPerson({ id: 'person-zed', name: 'Zed Madeup', teamIds: [], roles: ['manager'] });
      const directory = {
        ...bench.recording.directory,
        person: async (id: string) => (id === zed.id ? zed : bench.recording.directory.person(id)),
      };
      const [id, deps] = [await grantId(), { ...bench.recording, directory }];
      assert.equal((await showUrgent(deps, zed, id)).kind, 'nothing');
      const notifier = { tell: async ({ id: to }: Person) => (to === MO.id ? 'unreachable' : 'sent') } as const;
      await sendNotices({ notices: bench.stores.notices, directory, notifier }, () => undefined);
      const shown = await showUrgent(deps, zed, id);
      assert.deepEqual([shown.kind, 'number' in shown], ['urgent', false]);
    });

    it('not to somebody who no longer manages anybody', async () => {
      await ask(bench, SUE);
      const former = aPerson({ ...MO, roles: ['practitioner'] });
      assert.deepEqual(await showUrgent(bench.recording, former, await grantId()), { kind: 'nothing' });
    });

    it('of a restricted case, only while they are named', async () => {
      await restrict(ASHA, LEA);
      await ask(bench, SUE);
      const shown = await show(ASHA);
      assert.deepEqual(shown, { kind: 'urgent', asker: SUE, at: NOW, until: undefined, reason: REASON, number });
      for (const reader of [MO, ROB, SUE]) assert.deepEqual(await show(reader), { kind: 'nothing' });
      await restrict(ASHA);
      assert.deepEqual(await show(LEA), { kind: 'nothing' });
    });
  });
});
