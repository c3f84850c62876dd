import assert from 'node:assert/strict';
import { changeCase, type CaseDeps } from '../../src/caseFacts.ts';
import type { Answers } from '../../src/fields.ts';
import { check, fillIn, MO, signOn, storedOf, type Bench } from './aBench.ts';
import { aShare, NOW, typedShare } from './aShare.ts';

/** Has Asha sign a share: the key of its case, and its number. */
export async function aKnownCase(bench: Bench, answers: Answers = aShare()) {
  const receipt = await signOn(bench, check(await fillIn(bench, typedShare(answers))));
  const { caseKey, header } = await storedOf(bench, receipt);
  return { caseKey, number: header.number };
}

/** Restricts a case to people, by their ids, as Mo would who confirms it. Fails where there is no such case. */
export async function restrictTo(deps: CaseDeps, caseKey: string, people: readonly string[]): Promise<void> {
  const changed = await changeCase(deps, caseKey, (facts) => ({
    ...facts,
    restriction: { state: 'confirmed', people: [...people], by: MO.id, at: NOW },
  }));
  assert.ok(changed !== undefined, 'there is no such case');
}
