import { isBlank, type Answers, type ChoiceField, type ChoicesField, type Fields } from './fields.ts';

/** The option keys of a field, or `never` for a field that has none. */
type OptionKey<F> = F extends ChoiceField | ChoicesField ? keyof F['options'] & string : never;

type FieldTest<F extends Fields> = {
  readonly [K in keyof F & string]:
    | (F[K] extends ChoiceField
        ? { readonly field: K; readonly is: OptionKey<F[K]> | readonly OptionKey<F[K]>[] }
        : never)
    | (F[K] extends ChoicesField
        ? { readonly field: K; readonly has: OptionKey<F[K]> | readonly OptionKey<F[K]>[] }
        : never)
    | { readonly field: K; readonly blank: boolean };
}[keyof F & string];

/**
 * When a question applies, as data about earlier questions. `is` and `has` take one option or several, of which one is
 * enough. A misspelt field or option does not compile.
 * Source: architecture, "The one idea".
 */
export type Condition<F extends Fields> =
  | FieldTest<F>
  | { readonly not: Condition<F> }
  | { readonly all: readonly Condition<F>[] }
  | { readonly any: readonly Condition<F>[] };

/** A condition read without its field types, as the engine walks it. */
export type AnyCondition =
  | { readonly field: string; readonly is: string | readonly string[] }
  | { readonly field: string; readonly has: string | readonly string[] }
  | { readonly field: string; readonly blank: boolean }
  | { readonly not: AnyCondition }
  | { readonly all: readonly AnyCondition[] }
  | { readonly any: readonly AnyCondition[] };

/** `undecided`: a question that the condition looks at is still to be answered. Never the same as `no`. */
export type Verdict = 'yes' | 'no' | 'undecided';

/** What a condition may know of an earlier question. */
export type Standing = 'settled' | 'open' | 'notAsked';

/**
 * Evaluates a condition. Never throws. A question that was not asked counts as blank; one that is still open leaves the
 * condition undecided, so that a missing answer can never hide a question.
 */
export function evaluate(condition: AnyCondition, answers: Answers, standing: (field: string) => Standing): Verdict {
  if ('not' in condition) return opposite(evaluate(condition.not, answers, standing));
  if ('all' in condition) return every(condition.all.map((part) => evaluate(part, answers, standing)));
  if ('any' in condition) {
    return opposite(every(condition.any.map((part) => opposite(evaluate(part, answers, standing)))));
  }
  const known = standing(condition.field);
  if (known === 'open') return 'undecided';
  const answer = known === 'settled' ? answers[condition.field] : undefined;
  if ('blank' in condition) return isBlank(answer) === condition.blank ? 'yes' : 'no';
  const wanted = 'is' in condition ? condition.is : condition.has;
  const given = typeof answer === 'string' ? [answer] : (answer ?? []);
  const hit = typeof wanted === 'string' ? given.includes(wanted) : wanted.some((key) => given.includes(key));
  return hit ? 'yes' : 'no';
}

/** The fields that a condition looks at, in the order of the condition. */
export function fieldsIn(condition: AnyCondition): readonly string[] {
  if ('not' in condition) return fieldsIn(condition.not);
  if ('all' in condition) return condition.all.flatMap(fieldsIn);
  if ('any' in condition) return condition.any.flatMap(fieldsIn);
  return [condition.field];
}

function opposite(verdict: Verdict): Verdict {
  if (verdict === 'undecided') return verdict;
  return verdict === 'yes' ? 'no' : 'yes';
}

function every(verdicts: readonly Verdict[]): Verdict {
  if (verdicts.includes('no')) return 'no';
  return verdicts.includes('undecided') ? 'undecided' : 'yes';
}
