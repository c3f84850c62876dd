import { namesOf } from './indexing.ts';
import { isObject, type JsonObject, type JsonValue, valueAt } from './json.ts';
import { notModelled, Refusal } from './wire.ts';

const MOST_OPERATIONS = 10;

/**
 * An item after a partial update of at most ten operations: add, set, replace, remove and incr on properties.
 * Source: "Partial document update".
 *
 * @throws Refusal 400 for an operation that cannot be done, 501 for move, conditions and elements of arrays.
 */
export function patched(body: JsonObject, sent: JsonValue): { readonly body: JsonObject; readonly operations: number } {
  if (isObject(sent) && sent.condition !== undefined) throw notModelled('conditions of a patch');
  const operations = isObject(sent) ? sent.operations : sent;
  if (!Array.isArray(operations) || operations.length === 0 || !operations.every(isObject)) {
    throw new Refusal(400, 'A patch must have operations.');
  }
  if (operations.length > MOST_OPERATIONS) throw new Refusal(400, 'A patch may have ten operations.');
  return { body: operations.reduce(applied, body), operations: operations.length };
}

function applied(body: JsonObject, { op, path, value }: JsonObject): JsonObject {
  const names = typeof path === 'string' ? namesOf(path) : [];
  const before = valueAt(body, names);
  if (names.length === 0) throw new Refusal(400, 'A patch operation must have a path.');
  const wrong = (): Refusal => new Refusal(400, `The patch operation ${JSON.stringify({ op, path })} cannot be done.`);
  if (!isObject(valueAt(body, names.slice(0, -1)))) throw wrong();
  switch (op) {
    case 'add':
    case 'set':
      if (value === undefined) throw wrong();
      return withValue(body, names, value);
    case 'replace':
      if (value === undefined || before === undefined) throw wrong();
      return withValue(body, names, value);
    case 'remove':
      if (before === undefined) throw wrong();
      return withValue(body, names, undefined);
    case 'incr':
      if (typeof value !== 'number' || (before !== undefined && typeof before !== 'number')) throw wrong();
      return withValue(body, names, (before ?? 0) + value);
    default:
      throw notModelled(`the patch operation ${JSON.stringify(op)}`);
  }
}

function withValue(
  body: JsonObject,
  [name = '', ...rest]: readonly string[],
  value: JsonValue | undefined,
): JsonObject {
  const inner = body[name];
  if (rest.length > 0) return { ...body, [name]: withValue(isObject(inner) ? inner : {}, rest, value) };
  return Object.fromEntries([
    ...Object.entries(body).filter(([key]) => key !== name),
    ...(value === undefined ? [] : [[name, value] as const]),
  ]);
}
