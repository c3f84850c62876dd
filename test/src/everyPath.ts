import { fieldsIn, type AnyCondition } from '../../src/conditions.ts';
import { isBlank, type Answer, type Answers, type Field } from '../../src/fields.ts';
import { fieldOf, relevantFields } from '../../src/journey.ts';
import type { RecordType } from '../../src/recordType.ts';

/**
 * Answers for every path to the check card: each question on the way that decides whether another is asked is answered in
 * each way that makes a difference, wherever it is asked. Other questions are left blank: they move nothing.
 */
export function everyPath(type: RecordType): readonly Answers[] {
  const conditions = Object.values(type.askWhen);
  const onTheWay = type.sections
    .filter(({ place }) => (place ?? 'journey') === 'journey')
    .flatMap(({ fields }) => fields);
  const crossroads = new Set(conditions.flatMap(fieldsIn).filter((name) => onTheWay.includes(name)));
  const ways = new Map(
    [...crossroads].map((name) => [name, answersThatDiffer(name, fieldOf(type, name), conditions)] as const),
  );
  const paths: Answers[] = [];
  const walk = (answers: Answers, done: ReadonlySet<string>): void => {
    const next = [...relevantFields(type, answers)].find((name) => crossroads.has(name) && !done.has(name));
    if (next === undefined) return void paths.push(answers);
    const met = new Set([...done, next]);
    for (const answer of ways.get(next) ?? []) walk(isBlank(answer) ? answers : { ...answers, [next]: answer }, met);
  };
  walk({}, new Set());
  return paths;
}

function answersThatDiffer(name: string, field: Field, conditions: readonly AnyCondition[]): readonly Answer[] {
  if (!('options' in field)) return ['', 'Something typed'];
  const tests = conditions.flatMap((condition) => testsOf(condition, name));
  const kinds = new Map(
    Object.keys(field.options).map((key) => [tests.map((keys) => keys.includes(key)).join(), key] as const),
  );
  const keys = [...kinds.values()];
  if (field.kind === 'choice') return keys;
  return [...(field.optional === true ? [[]] : []), ...keys.map((key) => [key]), ...(keys.length > 1 ? [keys] : [])];
}

/** The lists of options that a condition looks for in a field. */
function testsOf(condition: AnyCondition, name: string): readonly (readonly string[])[] {
  if ('not' in condition) return testsOf(condition.not, name);
  if ('all' in condition) return condition.all.flatMap((part) => testsOf(part, name));
  if ('any' in condition) return condition.any.flatMap((part) => testsOf(part, name));
  if (condition.field !== name || 'blank' in condition) return [];
  const wanted = 'is' in condition ? condition.is : condition.has;
  return [typeof wanted === 'string' ? [wanted] : wanted];
}
