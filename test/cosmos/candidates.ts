import { type JsonObject, type JsonValue, valueAt } from './json.ts';
import { isContainment, optionalPart, part, parts, pathOf, type SqlNode, type SqlQuery, valueOf } from './sql.ts';

type Parameters = SqlQuery['parameters'];
type Test = (item: JsonObject) => boolean;

/**
 * Whether an item may satisfy a query's WHERE, as an index would tell: false only for items that surely do not. The
 * engine has the last word. Without this every query would walk over every item.
 */
export function candidateTest({ where, alias, parameters }: SqlQuery): Test {
  return where === undefined ? always : testOf(where, { alias, parameters });
}

const always: Test = () => true;

interface Scope {
  readonly alias: string;
  readonly parameters: Parameters;
}

function testOf(node: SqlNode, scope: Scope): Test {
  switch (node.type) {
    case 'scalar_binary_expression': {
      const [left, right] = [part(node, 'left'), part(node, 'right')];
      if (node.operator !== 'AND' && node.operator !== 'OR') return comparisonTest(node.operator, left, right, scope);
      const [first, second] = [testOf(left, scope), testOf(right, scope)];
      if (node.operator === 'OR') return (item) => first(item) || second(item);
      return (item) => first(item) && second(item);
    }
    case 'scalar_in_expression': {
      const others = parts(node, 'list').map((one) => valueOf(one, scope.parameters));
      return valueTest(part(node, 'value'), scope, (value) => others.some((other) => maybeEqual(value, other)));
    }
    case 'scalar_function_expression':
      return isContainment(node) ? containmentTest(node, scope) : always;
    default:
      return always;
  }
}

/** What an array is to hold: the index knows each of its elements. */
function containmentTest(node: SqlNode, { alias, parameters }: Scope): Test {
  const [array, wanted] = parts(node, 'arguments');
  const path = array && pathOf(array);
  const value = wanted && valueOf(wanted, parameters);
  if (path?.[0] !== alias || path.includes('[]') || value === undefined) return always;
  return (item) => {
    const elements = valueAt(item, path.slice(1));
    return Array.isArray(elements) && elements.some((element: JsonValue) => maybeEqual(element, value));
  };
}

function comparisonTest(operator: unknown, left: SqlNode, right: SqlNode, scope: Scope): Test {
  const other = valueOf(right, scope.parameters);
  const holds = COMPARISONS.get(operator);
  if (other === undefined || holds === undefined) return always;
  return valueTest(left, scope, (value) => holds(value, other));
}

const maybeEqual = (value: JsonValue, other: JsonValue | undefined): boolean =>
  other === undefined || typeof value === 'object' || typeof other === 'object' || value === other;

/** Whether a comparison may hold. What is not of one kind is left to the engine. */
const COMPARISONS: ReadonlyMap<unknown, (value: JsonValue, other: JsonValue) => boolean> = new Map([
  ['=', maybeEqual],
  ['<', ordered((value, other) => value < other)],
  ['<=', ordered((value, other) => value <= other)],
  ['>', ordered((value, other) => value > other)],
  ['>=', ordered((value, other) => value >= other)],
]);

function ordered(holds: (value: string | number, other: string | number) => boolean) {
  return (value: JsonValue, other: JsonValue): boolean => {
    if (typeof value === 'string' && typeof other === 'string') return holds(value, other);
    if (typeof value === 'number' && typeof other === 'number') return holds(value, other);
    return true;
  };
}

/** Looks at the item's value at a path, which no comparison holds for when it is not there. What is no path may be anything. */
function valueTest(node: SqlNode, { alias }: Scope, holds: (value: JsonValue) => boolean): Test {
  const [first, ...path] = pathOf(node) ?? [];
  const [name, ...further] = path;
  if (first !== alias || name === undefined || path.includes('[]')) return always;
  return (item) => {
    const value = further.length === 0 ? item[name] : valueAt(item, path);
    return value !== undefined && holds(value);
  };
}

/** A property of the item that must have one of these values for the WHERE to hold. */
export interface Required {
  readonly name: string;
  readonly values: readonly (string | number | boolean)[];
}

/** What a query's WHERE surely requires of properties of the item. */
export function requirements({ where, ...scope }: SqlQuery): readonly Required[] {
  return where === undefined ? [] : required(where, scope);
}

function required(node: SqlNode, scope: Scope): readonly Required[] {
  if (node.type === 'scalar_in_expression') return requiredOf(part(node, 'value'), parts(node, 'list'), scope);
  if (node.type !== 'scalar_binary_expression') return [];
  const [left, right] = [part(node, 'left'), part(node, 'right')];
  if (node.operator === 'AND') return [...required(left, scope), ...required(right, scope)];
  return node.operator === '=' ? requiredOf(left, [right], scope) : [];
}

function requiredOf(node: SqlNode, others: readonly SqlNode[], { alias, parameters }: Scope): readonly Required[] {
  const [first, name, ...further] = pathOf(node) ?? [];
  const values = others.map((other) => valueOf(other, parameters)).filter(isPlain);
  const isOfUse = first === alias && name !== undefined && further.length === 0 && values.length === others.length;
  return isOfUse ? [{ name, values }] : [];
}

const isPlain = (value: JsonValue | undefined): value is string | number | boolean =>
  value !== undefined && typeof value !== 'object';

/**
 * Whether an index alone decides the WHERE: comparisons of paths with constants, and what an array contains, joined by AND
 * and OR. Source: query language reference of Azure Cosmos DB, ARRAY_CONTAINS: it benefits from a range index.
 */
export function isDecidedByIndex({ where }: SqlQuery): boolean {
  return where === undefined || decided(where);
}

function decided(node: SqlNode): boolean {
  if (node.type === 'scalar_in_expression') return pathOf(part(node, 'value')) !== undefined;
  if (node.type === 'boolean_constant') return true;
  if (isContainment(node)) return parts(node, 'arguments').every((each, at) => each !== undefined && (at > 0 || pathOf(each) !== undefined)); // prettier-ignore
  if (node.type !== 'scalar_binary_expression') return false;
  const [left, right] = [optionalPart(node, 'left'), optionalPart(node, 'right')];
  if (left === undefined || right === undefined) return false;
  if (node.operator === 'AND' || node.operator === 'OR') return decided(left) && decided(right);
  return pathOf(left) !== undefined;
}
