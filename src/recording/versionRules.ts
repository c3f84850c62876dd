import { changesBetween, type Change } from '../changes.ts';
import { effectiveAnswers } from '../completeness.ts';
import type { Draft } from '../drafts.ts';
import { foldCaseReference } from '../caseReference.ts';
import { isBlank, textIn, type Answers } from '../fields.ts';
import { additionOf, knownType } from '../forms.ts';
import { openItems } from '../openItems.ts';
import type { Finding, RecordType, Situation } from '../recordType.ts';
import { readWording, wordingOf } from '../wording.ts';

/**
 * What a draft would change in the record that it builds on; empty for a new record, and for what leaves its answers as
 * they are.
 */
export function changesOf(form: RecordType, draft: Draft): readonly Change[] {
  if (draft.base === undefined || !(changesAnswers(draft) || draft.purpose === 'linked')) return [];
  const type = knownType(draft.type);
  const own = Object.entries(effectiveAnswers(form, draft.answers)).filter(([name]) => name in type.fields);
  const stands = draft.purpose === 'linked' ? draft.base.answers : {};
  const now = { ...stands, ...Object.fromEntries(own) };
  return changesBetween(type, readWording(wordingOf(type).body), draft.base.answers, now);
}

/**
 * What stands against signing a further version, besides the rules of its questions: that nothing would change, or that
 * something is put off without a reason. Shown at what is asked above the signature.
 * Source: issue "Records that stand up as evidence", versions.
 */
export function versionProblems(form: RecordType, draft: Draft, situation: Situation): readonly Finding[] {
  const { base, answers } = draft;
  if (draft.purpose === 'linked' && isSameCase(base, answers)) {
    return [{ level: 'problem', field: 'caseReference', text: 'It is filed under this case already.' }];
  }
  const addition = additionOf(draft.purpose);
  const field = Object.keys(addition?.fields ?? {})[0];
  if (base === undefined || field === undefined || addition === undefined || !changesAnswers(draft)) return [];
  const label = addition.fields[field]?.label ?? '';
  if (changesOf(form, draft).length === 0) {
    const text = `Change an answer first: everything is as it was. (‘${label}’)`;
    return [{ level: 'problem', field, text }];
  }
  if (draft.purpose !== 'outcome' || !isBlank(answers[field]) || !isPutOff(form, base.openItems, answers, situation))
    return [];
  return [{ level: 'problem', field, text: `Say why there is a new date: ‘${label}’ is empty.` }];
}

function isSameCase(base: Draft['base'], answers: Answers): boolean {
  const [before, now] = [textIn(base?.answers.caseReference), textIn(answers.caseReference)];
  return before !== undefined && now !== undefined && foldCaseReference(before) === foldCaseReference(now);
}

function changesAnswers({ purpose }: Draft): boolean {
  return purpose === 'amended' || purpose === 'outcome' || purpose === 'completed';
}

/** Whether something that was open stays open with a later date. */
function isPutOff(
  form: RecordType,
  before: readonly { readonly kind: string; readonly due: string }[],
  answers: Answers,
  situation: Situation,
): boolean {
  const now = openItems(form, effectiveAnswers(form, answers), situation);
  return now.some(({ kind, due }) => before.some((item) => item.kind === kind && item.due < due));
}
