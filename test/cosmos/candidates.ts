import { type JsonObject, type JsonValue, valueAt } from './json.ts';
import { isContainment, optionalPart, part, parts, pathOf, type SqlNode, type SqlQuery, valueOf } from './sql.ts';

/**
 * Whether an item may satisfy a query's WHERE, as an index would tell: false only for items that surely do not. The
 * engine has the last word. Without this every query would walk over every item.
 */
export function isCandidate({ where, alias, parameters }: SqlQuery, item: JsonObject): boolean {
  return where === undefined || maybe(where, { alias, parameters, item });
}

interface Scope {
  readonly alias: string;
  readonly parameters: ReadonlyMap<string, JsonValue>;
  readonly item: JsonObject;
}

function maybe(node: SqlNode, scope: Scope): boolean {
  switch (node.type) {
    case 'scalar_binary_expression': {
      const [left, right] = [part(node, 'left'), part(node, 'right')];
      if (node.operator === 'AND') return maybe(left, scope) && maybe(right, scope);
      if (node.operator === 'OR') return maybe(left, scope) || maybe(right, scope);
      return comparison(node, left, right, scope);
    }
    case 'scalar_in_expression': {
      const value = scalarAt(part(node, 'value'), scope);
      return (
        value === undefined || parts(node, 'list').some((one) => maybeEqual(value, valueOf(one, scope.parameters)))
      );
    }
    case 'scalar_function_expression':
      return !isContainment(node) || contained(node, scope);
    default:
      return true;
  }
}

/** The array of a containment, and what it is to hold: the index knows each element of an array. */
const containment = (node: SqlNode): readonly (SqlNode | undefined)[] => parts(node, 'arguments');

function contained(node: SqlNode, { alias, parameters, item }: Scope): boolean {
  const [array, wanted] = containment(node);
  const path = array && pathOf(array);
  const value = wanted && valueOf(wanted, parameters);
  if (path?.[0] !== alias || path.includes('[]') || value === undefined) return true;
  const elements = valueAt(item, path.slice(1));
  return Array.isArray(elements) && elements.some((element: JsonValue) => maybeEqual(element, value));
}

function comparison(node: SqlNode, left: SqlNode, right: SqlNode, scope: Scope): boolean {
  const value = scalarAt(left, scope);
  const other = valueOf(right, scope.parameters);
  if (value === undefined || other === undefined) return true;
  if (node.operator === '=') return maybeEqual(value, other);
  const bothComparable =
    (typeof value === 'string' && typeof other === 'string') ||
    (typeof value === 'number' && typeof other === 'number');
  if (!bothComparable) return true;
  switch (node.operator) {
    case '<':
      return value < other;
    case '<=':
      return value <= other;
    case '>':
      return value > other;
    case '>=':
      return value >= other;
    default:
      return true;
  }
}

const maybeEqual = (value: JsonValue, other: JsonValue | undefined): boolean =>
  other === undefined || typeof value === 'object' || typeof other === 'object' || value === other;

/** The item's value at a path; nothing when the node is no path into the item, or leads nowhere. */
function scalarAt(node: SqlNode, { alias, item }: Scope): JsonValue | undefined {
  const path = pathOf(node);
  if (path?.[0] !== alias || path.includes('[]')) return undefined;
  return valueAt(item, path.slice(1));
}

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
  if (isContainment(node)) return containment(node).every((each, at) => each !== undefined && (at > 0 || pathOf(each) !== undefined)); // prettier-ignore
  if (node.type !== 'scalar_binary_expression') return false;
  const [left, right] = [optionalPart(node, 'left'), optionalPart(node, 'right')];
  if (left === undefined || right === undefined) return false;
  if (node.operator === 'AND' || node.operator === 'OR') return decided(left) && decided(right);
  return pathOf(left) !== undefined;
}
