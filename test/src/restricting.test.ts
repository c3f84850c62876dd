import assert from 'node:assert/strict';
import { caseFacts, changeCase, type Restriction } from '../../src/caseFacts.ts';
import { addCaseTeam } from '../../src/caseTeams.ts';
import { openRecord } from '../../src/opening.ts';
import type { Person } from '../../src/people.ts';
import type { AccessLog } from '../../src/ports.ts';
import { begin } from '../../src/recording/beginning.ts';
import { startDraft } from '../../src/recording/drafting.ts';
import type { RecordingView } from '../../src/recording/views.ts';
import { share } from '../../src/records/share.ts';
import { liftRestriction, openRestriction, setRestriction } from '../../src/restricting.ts';
import {
  aBench,
  aPerson,
  ASHA,
  BO,
  changeOn,
  check,
  fillIn,
  goOn,
  MO,
  signOn,
  storedOf,
  type Bench,
  type BenchOptions,
} from './aBench.ts';
import { aShare, NOW, typedShare } from './aShare.ts';

const LEA = aPerson({ ...MO, id: 'person-lea', name: 'Lea Fiction' });
const BOTH = aPerson({ ...MO, id: 'person-both', name: 'Both Fictional', roles: ['manager', 'recordsOfficer'] });
const PEOPLE: readonly Person[] = [ASHA, BO, MO, LEA, BOTH];
const REFERENCE = 'XX-10422';

describe('changing who may see a case', () => {
  const open: Bench[] = [];
  afterEach(async () => {
    for (const one of open.splice(0)) await one.close();
  });

  async function fresh(options: BenchOptions = {}): Promise<Bench> {
    const one = await aBench({ people: PEOPLE, ...options });
    open.push(one);
    return one;
  }

  /** A case with one record of this person's, who asks for a restriction with it, or does not. */
  async function recordedBy(one: Bench, author: Person, restrict: boolean) {
    const typed = { signature: author.name, restrict: String(restrict) };
    const made = await signOn(one, check(await fillIn(one, typedShare(aShare()), author)), typed, author);
    const { caseKey, header } = await storedOf(one, made);
    return { caseKey, number: header.number };
  }

  const confirmed = (...people: readonly Person[]): Restriction => ({
    ...{ state: 'confirmed', people: people.map(({ id }) => id), by: MO.id, at: NOW },
  });

  describe('is not for the manager who asked for it themselves:', () => {
    it('somebody else decides, and they are answered as for a case that does not exist', async () => {
      const one = await fresh();
      const { caseKey, number } = await recordedBy(one, MO, true);
      const { revision } = (await caseFacts(one.opening, caseKey)) ?? assert.fail('it was opened');
      const press = { asked: { number }, revision };
      assert.deepEqual(await openRestriction(one.opening, MO, press.asked), { kind: 'nothing' });
      assert.deepEqual(await setRestriction(one.opening, MO, press), { kind: 'nothing' });
      assert.deepEqual(await liftRestriction(one.opening, MO, press), { kind: 'nothing' });
      assert.equal((await caseFacts(one.opening, caseKey))?.restriction?.state, 'requested');
      assert.equal((await setRestriction(one.opening, LEA, press)).kind, 'restriction');
      assert.equal((await openRestriction(one.opening, MO, press.asked)).kind, 'restriction', 'once it is decided');
    });

    it('unless they are a records officer', async () => {
      const one = await fresh();
      const { number } = await recordedBy(one, BOTH, true);
      assert.equal((await openRestriction(one.opening, BOTH, { number })).kind, 'restriction');
    });
  });

  describe('by filing a record under another case', () => {
    /** Opens a further version of a record, with another case reference on it, at its check card. */
    async function filing(one: Bench, person: Person, number: string): Promise<RecordingView> {
      return begin(one.recording, person, number, 'linked', 'YY-2');
    }
    const signed = async (one: Bench, person: Person, number: string): Promise<RecordingView> =>
      signOn(one, await filing(one, person, number), { signature: person.name }, person);
    const restrict = (one: Bench, caseKey: string, restriction: Restriction) =>
      changeCase(one.opening, caseKey, (facts) => ({ ...facts, restriction }));

    it('is refused to an author who may not lift the restriction: it would open the record', async () => {
      const one = await fresh();
      const { caseKey, number } = await recordedBy(one, ASHA, false);
      await restrict(one, caseKey, confirmed(ASHA, MO));
      const view = check(await signed(one, ASHA, number));
      assert.deepEqual(view.pressed.map(({ field }) => field), ['caseReference']); // prettier-ignore
      assert.match(view.pressed[0]?.text ?? '', /Only named people may see this case/u);
      assert.equal((await openRecord(one.opening, BO, number)).kind, 'nothing');
    });

    it('is refused when an urgent record is completed, too', async () => {
      const one = await fresh();
      const begun = await startDraft(one.recording, ASHA, share, { isUrgent: true });
      const urgent = await signOn(one, await goOn(one, begun, typedShare(aShare())));
      const { caseKey, header } = await storedOf(one, urgent);
      await restrict(one, caseKey, confirmed(ASHA, MO));
      const completing = await begin(one.recording, ASHA, header.number, 'completed');
      const elsewhere = typedShare(aShare({ caseReference: 'YY-2' }));
      const card = await changeOn(one, await goOn(one, completing, elsewhere), 'contact');
      const view = check(await signOn(one, await goOn(one, card, elsewhere)));
      assert.deepEqual(view.pressed.map(({ field }) => field), ['caseReference']); // prettier-ignore
    });

    it('is for whoever may lift it', async () => {
      const one = await fresh();
      const { caseKey, number } = await recordedBy(one, ASHA, false);
      await restrict(one, caseKey, confirmed(ASHA, MO));
      assert.equal((await signed(one, MO, number)).kind, 'receipt');
    });

    it('is for the author of the record with which it was asked for: it goes along', async () => {
      const one = await fresh();
      const { number } = await recordedBy(one, ASHA, true);
      assert.equal((await signed(one, ASHA, number)).kind, 'receipt');
      assert.equal((await openRecord(one.opening, BO, number)).kind, 'nothing');
    });
  });

  it('adds no team to a case that was restricted at that moment, and says so in the words for what is not there', async () => {
    const one = await fresh({ wrapAccess: (access) => restrictingAt('case.addTeam', access) });
    const { caseKey } = await recordedBy(one, ASHA, false);

    /** Somebody else restricts the case once this was noted, and before it is done. */
    function restrictingAt(action: string, access: AccessLog): AccessLog {
      return {
        append: async (entry) => {
          await access.append(entry);
          if (entry.action !== action) return;
          await changeCase(one.opening, caseKey, (facts) => ({ ...facts, restriction: confirmed(ASHA, LEA) }));
        },
      };
    }

    assert.equal(await addCaseTeam(one.opening, MO, { reference: REFERENCE }, 'South'), 'nothing');
    assert.equal((await caseFacts(one.opening, caseKey))?.teams.length, 1);
  });

  it('is slowed, and told of, when somebody guesses: whatever they would have done with the case', async () => {
    const waits: number[] = [];
    const one = await fresh();
    const pacing = { ...one.opening.pacing, wait: async (durationMs: number) => void waits.push(durationMs) };
    const opening = { ...one.opening, pacing };
    for (let nth = 0; nth < 12; nth += 1) {
      await openRestriction(opening, MO, { reference: `YY-${nth}` });
      await addCaseTeam(opening, MO, { reference: `YY-${nth}` }, 'South');
    }
    assert.deepEqual(waits, [100, 200, 300, 400]);
    assert.ok((await one.stores.notices.pending(10)).some(({ what }) => what === 'muchLookedUp'));
  });
});
