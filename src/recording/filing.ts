import { mayWithCase } from '../access.ts';
import { foldCaseReference } from '../caseReference.ts';
import { caseFacts, caseOf } from '../caseFacts.ts';
import { effectiveAnswers } from '../completeness.ts';
import { textIn } from '../fields.ts';
import type { Person } from '../people.ts';
import type { Finding } from '../recordType.ts';
import { actionNow } from '../restricting.ts';
import type { Loaded, RecordingDeps } from './deps.ts';

const RESTRICTED: Finding = {
  level: 'problem',
  field: 'caseReference',
  text: 'Only named people may see this case, and elsewhere others would see this record. Ask a manager who is named, or the records team, to file it there.',
};

/**
 * What stands against filing a record under another case: that it would be taken out of a restricted one by somebody who may
 * not lift that. The record with which the restriction was asked for takes it along, so that its author may.
 * Source: issue “Case summary”, 4; project decision 0012.
 */
export async function filingProblems(
  deps: RecordingDeps,
  person: Person,
  { draft, type }: Loaded,
): Promise<readonly Finding[]> {
  const { base } = draft;
  const reference = textIn(effectiveAnswers(type, draft.answers).caseReference);
  if (base === undefined || reference === undefined) return [];
  if (foldCaseReference(reference) === foldCaseReference(textIn(base.answers.caseReference) ?? '')) return [];
  const facts = await caseFacts(deps, caseOf(base));
  if (facts?.restriction === undefined || facts.restriction.asked?.recordId === base.recordId) return [];
  return mayWithCase(actionNow(facts), person, facts) ? [] : [RESTRICTED];
}
