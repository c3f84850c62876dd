import { typedOf, type Typed } from '../../src/answering.ts';
import type { Answer, Answers } from '../../src/fields.ts';
import type { RecordType } from '../../src/recordType.ts';

/** Changes to the answers of a builder; `undefined` takes an answer away. */
export type Wanted<A> = { readonly [K in keyof A]?: A[K] | undefined };

export function given(answers: Readonly<Record<string, Answer | undefined>>): Answers {
  return Object.fromEntries(
    Object.entries(answers).filter((entry): entry is [string, Answer] => entry[1] !== undefined),
  );
}

/** What a person would type for these answers. */
export function typedAnswers(type: Pick<RecordType, 'fields'>, answers: Answers): Typed {
  return Object.assign({}, ...Object.entries(type.fields).map(([name, field]) => typedOf(name, field, answers[name])));
}
