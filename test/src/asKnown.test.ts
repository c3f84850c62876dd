import assert from 'node:assert/strict';
import { VERSION_RIGHTS, may, mayListUnlinked, mayReadAccessLog, mayRecord, mayWithCase } from '../../src/access.ts';
import type { RecordAction } from '../../src/access.ts';
import { checkCard } from '../../cards/checkCard.ts';
import { caseFacts } from '../../src/caseFacts.ts';
import { readHistory } from '../../src/history.ts';
import { myRecords } from '../../src/listing.ts';
import { openRecord } from '../../src/opening.ts';
import { lastKnownAs, signingAs, type Person } from '../../src/people.ts';
import { unpackPayload } from '../../src/payloads.ts';
import { signedText } from '../../src/recordWords.ts';
import { startDraft } from '../../src/recording/drafting.ts';
import { share } from '../../src/records/share.ts';
import { summarise } from '../../src/summary.ts';
import { ASHA, aBench, aPerson, BO, check, fillIn, KEYS, MO, signOn, storedOf, type Bench } from './aBench.ts';
import { aShare, typedShare } from './aShare.ts';
import { LEA, ROB, SUE, WHOLLY, withACase } from './anUrgentCase.ts';

const LAST = '2026-11-23T13:00:00.000Z';
const stale = (person: Person): Person => lastKnownAs(person, LAST);

describe('somebody whom the directory cannot be asked about', () => {
  it('keeps role and teams to sign with, and has none to see anything by', () => {
    const { roles, teamIds, ...person } = stale(MO);
    assert.deepEqual([roles, teamIds], [[], []]);
    assert.deepEqual(signingAs({ roles, teamIds, ...person }), {
      at: LAST,
      roles: ['manager'],
      teamIds: ['team-north'],
    });
  });

  describe('with their own records', () => {
    let bench: Bench;
    beforeEach(async () => {
      bench = await aBench();
    });
    afterEach(() => bench.close());

    it('records and signs, with role and team as they were last known', async () => {
      const view = await signOn(bench, await fillIn(bench, typedShare(aShare()), stale(ASHA)), undefined, stale(ASHA));
      const stored = await storedOf(bench, view);
      assert.equal(stored.header.teamId, 'team-north');
      const { entry } = unpackPayload(KEYS, stored);
      assert.deepEqual([entry.roles, entry.teamId, entry.asKnownAt], [['practitioner'], 'team-north', LAST]);
      assert.equal(
        signedText(entry),
        'Asha Invented, Social worker, Exampleshire Council, Monday 23 November 2026, 14:05 (GMT); role and team as last known at Monday 23 November 2026, 13:00 (GMT)',
      );
    });

    it('is told so before signing, and is not while the directory can be asked', async () => {
      const told = /You sign with role and team as last known at Monday 23 November 2026/u;
      const shown = check(await fillIn(bench, typedShare(aShare()), stale(ASHA)));
      assert.match(JSON.stringify(checkCard(shown)), told);
      assert.doesNotMatch(JSON.stringify(checkCard(check(await fillIn(bench, typedShare(aShare()))))), told);
    });

    it('chooses between the teams of which they were', async () => {
      const two = aPerson({ teamIds: ['team-north', 'team-south'] });
      const shown = check(await fillIn(bench, typedShare(aShare()), stale(two)));
      assert.deepEqual(shown.teams.map(({ id }) => id), ['team-north', 'team-south']); // prettier-ignore
      const view = await signOn(bench, shown, { signature: 'Asha Invented', teamId: 'team-south' }, stale(two));
      assert.equal((await storedOf(bench, view)).header.teamId, 'team-south');
    });

    it('does not record who was last known without a role for it', async () => {
      assert.equal(mayRecord(stale(aPerson({ roles: ['recordsOfficer'] }))), false);
      const view = await startDraft(bench.recording, stale(aPerson({ roles: [] })), share);
      assert.equal(view.kind, 'mayNotRecord');
    });

    it('opens them and lists them', async () => {
      const view = await signOn(bench, await fillIn(bench, typedShare(aShare())));
      const { header } = await storedOf(bench, view);
      assert.equal((await openRecord(bench.opening, stale(ASHA), header.number)).kind, 'record');
      assert.equal((await myRecords(bench.opening, stale(ASHA))).lines.length, 1);
    });
  });

  describe('with other people’s', () => {
    const one = withACase();
    const OTHERS = { BO, MO, LEA, ROB } as const;

    for (const [name, person] of Object.entries(OTHERS))
      it(`does nothing that ${name} otherwise may`, async () => {
        const { bench } = one;
        const stored = await bench.stores.records.caseFile(one.caseKey);
        const record = { ...stored[0]!.header, caseKey: one.caseKey };
        const actions: readonly RecordAction[] = [...Object.values(VERSION_RIGHTS), 'record.open', 'record.copyText', 'record.history']; // prettier-ignore
        const allowed = async (who: Person): Promise<readonly boolean[]> =>
          Promise.all(actions.map((action) => may(bench.opening, action, who, record)));
        assert.ok((await allowed(person)).includes(true), 'the test asks what nobody may');
        assert.ok(!(await allowed(stale(person))).includes(true));
        const facts = await caseFacts(bench.opening, one.caseKey);
        for (const action of ['case.addTeam', 'case.restrict', 'restriction.decide', 'restriction.change'] as const)
          assert.equal(mayWithCase(action, stale(person), facts), false);
        assert.deepEqual([mayListUnlinked(stale(person)), mayReadAccessLog(stale(person))], [false, false]);
      });

    it('sees the same as of what does not exist, and that is written down', async () => {
      const { bench } = one;
      one.reached.log.length = 0;
      const seen = [
        await openRecord(bench.opening, stale(MO), one.number),
        await readHistory(bench.opening, stale(MO), one.number),
        await summarise(bench.opening, stale(MO), { number: one.number }),
      ];
      assert.deepEqual(seen, [{ kind: 'nothing' }, { kind: 'nothing' }, { kind: 'nothing' }]);
      assert.deepEqual(
        one.reached.log.map(({ action }) => action.endsWith('.refused')),
        [true, true, true],
      );
    });

    it('is given no urgent access, and keeps what was typed', async () => {
      one.reached.calls.length = 0;
      const answer = await one.ask(stale(SUE));
      assert.deepEqual(answer, { kind: 'notNow', typed: WHOLLY });
      assert.deepEqual([one.reached.calls, await one.notices()], [[], []]);
    });

    it('loses the urgent access that they had while nobody can say that they still work here', async () => {
      assert.equal((await one.ask(SUE)).kind, 'summary');
      assert.equal((await openRecord(one.bench.opening, SUE, one.number)).kind, 'record');
      assert.equal((await openRecord(one.bench.opening, stale(SUE), one.number)).kind, 'nothing');
    });
  });
});
