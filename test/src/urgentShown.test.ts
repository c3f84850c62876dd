import assert from 'node:assert/strict';
import { changeCase } from '../../src/caseFacts.ts';
import type { Instant } from '../../src/fields.ts';
import { caseAlias } from '../../src/freezing.ts';
import { sendNotices } from '../../src/notices.ts';
import { openRecord } from '../../src/opening.ts';
import type { Person } from '../../src/people.ts';
import type { UrgentPress } from '../../src/urgentAccess.ts';
import { showUrgent } from '../../src/urgentShown.ts';
import { aPerson, ASHA, BO, KEYS, MO, TENANT } from './aBench.ts';
import { CASE, LEA, REASON, ROB, SOL, SUE, THE_END, withACase } from './anUrgentCase.ts';
import { NOW } from './aShare.ts';

describe('urgent access that was asked for', () => {
  const one = withACase();

  describe('for a restricted case', () => {
    it('opens nothing, and tells the people who are named', async () => {
      await one.restrict(ASHA, LEA);
      one.reached.log.length = 0;
      assert.deepEqual(await one.ask(SUE), { kind: 'nothingOpened' });
      assert.deepEqual(await one.told(), ['restrictedAsked person-asha', 'restrictedAsked person-lea']);
      assert.deepEqual(
        one.reached.log.map(({ action, subject, personId }) => [action, subject, personId]),
        [['urgent.refused', one.caseKey, SUE.id]],
      );
      assert.equal((await openRecord(one.bench.opening, SUE, one.number)).kind, 'nothing');
      assert.deepEqual(await one.bench.stores.cases.grantsOf(SUE.id, one.caseKey, NOW), []);
    });

    it('does not open it to a manager or a records officer either, and tells once for one form', async () => {
      await one.restrict(ASHA);
      for (const person of [MO, ROB])
        for (let press = 0; press < 3; press += 1) assert.deepEqual(await one.ask(person), { kind: 'nothingOpened' });
      assert.equal((await one.notices()).length, 2);
    });

    it('looks up and writes the same as for a case that there is not', async () => {
      const absent = 'XX-99';
      await one.restrict(ASHA);
      const callsOf = async (typed: UrgentPress['typed']): Promise<readonly string[]> => {
        one.reached.calls.length = 0;
        assert.deepEqual(await one.ask(SUE, typed), { kind: 'nothingOpened' });
        // Keeping the reason is part of one write with the log; where nobody is told there is none to keep.
        return one.reached.calls.filter((call) => call !== 'cases.grant');
      };
      assert.deepEqual(
        await callsOf({ wanted: absent, reason: REASON }),
        await callsOf({ wanted: CASE, reason: REASON }),
      );
      assert.equal(one.reached.log.at(-2)?.subject, caseAlias(KEYS, TENANT, absent));
      assert.ok(one.reached.log.every(({ subject }) => !subject.includes(absent)));
    });

    it('tells nobody who is not named, also where one who is cannot be reached', async () => {
      await one.restrict(ASHA, LEA);
      await one.ask(SUE);
      const reachedPeople: string[] = [];
      const codes: string[] = [];
      const notifier = {
        tell: async ({ id }: Person) => {
          if (id === ASHA.id) return 'unreachable';
          reachedPeople.push(id);
          return 'sent';
        },
      } as const;
      await sendNotices({ ...one.bench.recording, notifier }, (code) => codes.push(code));
      assert.deepEqual([reachedPeople, codes], [[LEA.id], ['notice.unreachable']]);
      assert.deepEqual(await one.notices(), []);
    });

    it('opens when it is lifted, for the same form', async () => {
      await one.restrict(ASHA);
      await one.ask(SUE);
      await changeCase(one.bench.opening, one.caseKey, ({ restriction: __, ...facts }) => facts);
      assert.equal((await one.ask(SUE)).kind, 'summary');
    });
  });

  describe('is shown to those who were told', () => {
    const asked = (until: Instant | undefined) => ({ kind: 'urgent', asker: SUE, at: NOW, until, reason: REASON, number: one.number }); // prettier-ignore
    const show = async (reader: Person) => showUrgent(one.bench.recording, reader, await one.grantId());

    it('with who asked, when, until when and why', async () => {
      await one.ask(SUE);
      one.reached.log.length = 0;
      for (const reader of [MO, LEA, ROB]) {
        const shown = await show(reader);
        assert.deepEqual(shown, asked(THE_END));
      }
      const subject = `${one.caseKey} ${await one.grantId()}`;
      assert.deepEqual(
        one.reached.log.map((entry) => [entry.personId, entry.action, entry.subject]),
        [MO, LEA, ROB].map(({ id }) => [id, 'urgent.show', subject]),
      );
    });

    it('and to nobody else: it is as if it were not there', async () => {
      await one.ask(SUE);
      one.reached.log.length = 0;
      for (const reader of [SUE, ASHA, BO, SOL]) assert.deepEqual(await show(reader), { kind: 'nothing' }, reader.name);
      assert.deepEqual(await showUrgent(one.bench.recording, MO, '0'.repeat(26)), { kind: 'nothing' });
      assert.ok(one.reached.log.every(({ action }) => action === 'case.refused'));
      assert.equal(one.reached.log.length, 5);
    });

    it('to a manager to whom it went on because another could not be reached', async () => {
      await one.ask(SUE);
      const zed = aPerson({ id: 'person-zed', name: 'Zed Madeup', teamIds: [], roles: ['manager'] });
      const directory = {
        ...one.bench.recording.directory,
        person: async (id: string) => (id === zed.id ? zed : one.bench.recording.directory.person(id)),
      };
      const [id, deps] = [await one.grantId(), { ...one.bench.recording, directory }];
      assert.equal((await showUrgent(deps, zed, id)).kind, 'nothing');
      const notifier = { tell: async ({ id: to }: Person) => (to === MO.id ? 'unreachable' : 'sent') } as const;
      await sendNotices({ ...deps, notifier }, () => undefined);
      const shown = await showUrgent(deps, zed, id);
      assert.deepEqual([shown.kind, 'number' in shown], ['urgent', false]);
    });

    it('not to somebody who no longer manages anybody', async () => {
      await one.ask(SUE);
      const former = aPerson({ ...MO, roles: ['practitioner'] });
      assert.deepEqual(await showUrgent(one.bench.recording, former, await one.grantId()), { kind: 'nothing' });
    });

    it('of a restricted case, only while they are named', async () => {
      await one.restrict(ASHA, LEA);
      await one.ask(SUE);
      const shown = await show(ASHA);
      assert.deepEqual(shown, asked(undefined));
      for (const reader of [MO, ROB, SUE]) assert.deepEqual(await show(reader), { kind: 'nothing' });
      await one.restrict(ASHA);
      assert.deepEqual(await show(LEA), { kind: 'nothing' });
    });
  });
});
