import assert from 'node:assert/strict';
import { caseFacts } from '../../src/caseFacts.ts';
import type { Person } from '../../src/people.ts';
import { liftRestriction, openRestriction, setRestriction } from '../../src/restricting.ts';
import { aBench, aPerson, ASHA, check, fillIn, MO, signOn, storedOf, type Bench, type BenchOptions } from './aBench.ts';
import { aShare, typedShare } from './aShare.ts';

const LEA = aPerson({ ...MO, id: 'person-lea', name: 'Lea Fiction' });
const BOTH = aPerson({ ...MO, id: 'person-both', name: 'Both Fictional', roles: ['manager', 'recordsOfficer'] });
const PEOPLE: readonly Person[] = [ASHA, MO, LEA, BOTH];

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
});
