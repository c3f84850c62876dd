import cosmosQuery from '@zeit/cosmosdb-query';
import { type JsonObject, type JsonValue, isObject } from './json.ts';
import { Refusal } from './wire.ts';

/** A node of the parsed query, as the engine's grammar makes it. */
export interface SqlNode {
  readonly type: string;
  readonly [part: string]: unknown;
}

export interface SqlQuery {
  readonly text: string;
  readonly parameters: ReadonlyMap<string, JsonValue>;
  readonly select: SqlNode;
  readonly top: SqlNode | undefined;
  readonly where: SqlNode | undefined;
  readonly orderBy: readonly OrderPath[];
  /** The name by which the query calls an item. */
  readonly alias: string;
  readonly run: Engine['exec'];
}

export interface OrderPath {
  readonly path: readonly string[];
  readonly descending: boolean;
}

type Engine = ReturnType<typeof cosmosQuery.default>;

/** What a query's text alone says. */
interface Statement extends Omit<SqlQuery, 'parameters'> {
  readonly parametersUsed: readonly string[];
}

const MOST_CACHED = 2000;
const statements = new Map<string, Statement>();

/**
 * Reads a query as the SDK sends it. The grammar is that of `@zeit/cosmosdb-query`: without OFFSET, GROUP BY, LIKE and
 * DISTINCT, which Cosmos DB has.
 *
 * @throws Refusal 400 for what is no query, or uses a parameter that is not given, or gives one twice.
 */
export function sqlQuery({ query, parameters = [] }: JsonObject): SqlQuery {
  if (typeof query !== 'string') throw new Refusal(400, 'The query specification has no query text.');
  const statement = statements.get(query) ?? statementOf(query);
  const given = parametersOf(parameters);
  const missing = statement.parametersUsed.find((name) => !given.has(name));
  if (missing !== undefined) throw new Refusal(400, `The query uses parameter ${missing}, which is not supplied.`);
  return { ...statement, parameters: given };
}

function statementOf(query: string): Statement {
  const engine = engineFor(query);
  const body = part(engine.ast, 'body');
  const statement = {
    text: query,
    parametersUsed: namesUsed(body),
    select: part(body, 'select'),
    top: optionalPart(optionalPart(body, 'top'), 'value'),
    where: optionalPart(optionalPart(body, 'where'), 'condition'),
    orderBy: parts(optionalPart(body, 'orderBy'), 'expressions').map(orderPath),
    alias: aliasOf(part(body, 'from')),
    run: engine.exec.bind(engine),
  };
  if (statements.size >= MOST_CACHED) statements.clear();
  statements.set(query, statement);
  return statement;
}

function engineFor(query: string): Engine {
  try {
    return cosmosQuery.default(query);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new Refusal(400, `Syntax error, or SQL that the test double does not know: ${why}`);
  }
}

function parametersOf(sent: JsonValue): ReadonlyMap<string, JsonValue> {
  if (!Array.isArray(sent)) throw new Refusal(400, 'Query parameters must be an array.');
  const given = new Map<string, JsonValue>();
  for (const parameter of sent as readonly JsonValue[]) {
    const { name, value } = isObject(parameter) ? parameter : {};
    if (typeof name !== 'string' || !/^@\w+$/.test(name) || value === undefined || given.has(name)) {
      throw new Refusal(400, `The query parameter ${JSON.stringify(parameter)} is not well formed.`);
    }
    given.set(name, value);
  }
  return given;
}

/** All nodes of a tree, itself first. */
export function* nodesIn(node: unknown): Generator<SqlNode> {
  if (Array.isArray(node)) for (const inner of node) yield* nodesIn(inner);
  else if (isNode(node)) {
    yield node;
    for (const inner of Object.values(node)) yield* nodesIn(inner);
  }
}

function namesUsed(body: SqlNode): readonly string[] {
  return [...nodesIn(body)].filter(({ type }) => type === 'parameter_name').map(({ name }) => String(name));
}

export const isNode = (value: unknown): value is SqlNode =>
  typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';

export function optionalPart(node: unknown, name: string): SqlNode | undefined {
  const value = isNode(node) ? node[name] : undefined;
  return isNode(value) ? value : undefined;
}

export function part(node: unknown, name: string): SqlNode {
  const value = optionalPart(node, name) ?? optionalPart({ type: '', ...(node as object) }, name);
  if (value === undefined) throw new Refusal(400, `Syntax error: the query has no ${name}.`);
  return value;
}

export function parts(node: unknown, name: string): readonly SqlNode[] {
  const value = isNode(node) ? node[name] : undefined;
  return Array.isArray(value) ? value.filter(isNode) : [];
}

function aliasOf(from: SqlNode): string {
  const source = part(from, 'source');
  const named = optionalPart(source, 'alias') ?? part(part(source, 'expression'), 'expression');
  return String(named.name);
}

function orderPath(sort: SqlNode): OrderPath {
  const path = pathOf(part(sort, 'expression'));
  if (path === undefined) throw new Refusal(400, 'Unsupported ORDER BY clause: it must be a path to a property.');
  return { path: path.slice(1), descending: sort.order === 'DESC' };
}

/** The names along `c.header["due"]`, the alias first; elements of arrays are `[]`; nothing for what is no path. */
export function pathOf(node: SqlNode): readonly string[] | undefined {
  if (node.type === 'identifier') return [String(node.name)];
  if (node.type !== 'scalar_member_expression') return undefined;
  const owner = pathOf(part(node, 'object'));
  const property = part(node, 'property');
  if (owner === undefined) return undefined;
  if (property.type === 'number_constant') return [...owner, '[]'];
  const name = property.type === 'identifier' ? property.name : property.value;
  return typeof name === 'string' ? [...owner, name] : undefined;
}

/** The value of a constant or parameter; nothing for anything else. */
export function valueOf(node: SqlNode, parameters: ReadonlyMap<string, JsonValue>): JsonValue | undefined {
  if (node.type === 'parameter_name') return parameters.get(String(node.name));
  if (node.type === 'null_constant') return null;
  return node.type.endsWith('_constant') ? (node.value as JsonValue | undefined) : undefined; // scalars keep theirs there
}

export const isContainment = (node: SqlNode): boolean =>
  node.type === 'scalar_function_expression' && String((node.name as SqlNode).name).toUpperCase() === 'ARRAY_CONTAINS';
