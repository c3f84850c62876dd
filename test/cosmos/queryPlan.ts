import { requirements } from './candidates.ts';
import { namesOf } from './indexing.ts';
import type { JsonObject } from './json.ts';
import { effectiveKey, type PartitionKeyDefinition } from './partitions.ts';
import { optionalPart, parts, type SqlNode, type SqlQuery, valueOf } from './sql.ts';
import { notModelled } from './wire.ts';

/** Where the SDK puts its own filter into a query that it orders. Source: `parallelQueryExecutionContextBase` of the SDK. */
const FILTER_PLACE = '{documentdb-formattableorderbyquery-filter}';

/** The shape in which the SDK takes a count from each physical partition. */
export const PARTIAL_COUNT = /^SELECT VALUE \[\{"item": (COUNT\(.*?\))\}\]/s;

/**
 * How a client has to run a query over several physical partitions: what it orders or adds up by itself, and what it
 * sends to each of them instead of the query, and where what it asks for may stand: one that names its partition is not
 * to be asked elsewhere.
 * Source: `PartitionedQueryExecutionInfo` as `PipelinedQueryExecutionContext` of the SDK takes it.
 *
 * @throws Refusal 501 for aggregates other than a count.
 */
export function queryPlan(query: SqlQuery, partitionKey: PartitionKeyDefinition): JsonObject {
  const info = infos.get(query.select) ?? infoOf(query);
  infos.set(query.select, info);
  const top = query.top === undefined ? undefined : valueOf(query.top, query.parameters);
  return {
    partitionedQueryExecutionInfoVersion: 2,
    queryInfo: top === undefined ? info : { ...info, top },
    queryRanges: rangesOf(query, partitionKey),
  };
}

const EVERYWHERE = { min: '', max: 'FF', isMinInclusive: true, isMaxInclusive: false } as const;

function rangesOf(query: SqlQuery, { paths }: PartitionKeyDefinition): readonly JsonObject[] {
  const [name, ...further] = paths.map((path) => namesOf(path).join('/'));
  const named = further.length === 0 ? requirements(query).find((required) => required.name === name) : undefined;
  if (named === undefined) return [EVERYWHERE];
  const keys = [...new Set(named.values)].map((value) => effectiveKey(JSON.stringify([value]))).sort();
  return keys.map((key) => ({ min: key, max: key, isMinInclusive: true, isMaxInclusive: true }));
}

/** What is said of a query whatever its parameters, by a part that is its own: the same text comes again and again. */
const infos = new WeakMap<SqlNode, JsonObject>();

function infoOf(query: SqlQuery): JsonObject {
  const aggregates = aggregatesIn(query);
  const ordered = query.orderBy.length > 0;
  return {
    distinctType: 'None',
    orderBy: query.orderBy.map(({ descending }) => (descending ? 'Descending' : 'Ascending')),
    orderByExpressions: ordered ? orderTexts(query.text) : [],
    groupByExpressions: [],
    groupByAliases: [],
    aggregates,
    groupByAliasToAggregateType: {},
    rewrittenQuery: ordered ? orderedText(query) : aggregates.length > 0 ? countedText(query.text) : '',
    hasSelectValue: hasSelectValue(query),
    hasNonStreamingOrderBy: false,
    dCountInfo: null,
  };
}

/** Whether the gateway cannot answer by asking one physical partition after the other. */
export const needsPlan = (query: SqlQuery): boolean =>
  query.orderBy.length > 0 || query.top !== undefined || aggregatesIn(query).length > 0;

const hasSelectValue = ({ select }: SqlQuery): boolean => optionalPart(select, 'value') !== undefined;

function aggregatesIn({ select }: SqlQuery): readonly string[] {
  const functions = [optionalPart(select, 'value'), ...parts(optionalPart(select, 'properties'), 'properties')]
    .concat(propertiesOf(select))
    .filter((node) => node?.type === 'scalar_function_expression')
    .map((node) => String((node?.name as SqlNode).name).toUpperCase());
  const aggregates = functions.filter((name) => ['COUNT', 'SUM', 'MIN', 'MAX', 'AVG'].includes(name));
  if (aggregates.some((name) => name !== 'COUNT')) throw notModelled('aggregates over partitions other than COUNT');
  return aggregates.map(() => 'Count');
}

function propertiesOf(select: SqlNode): readonly (SqlNode | undefined)[] {
  const list = optionalPart(select, 'properties')?.properties;
  return Array.isArray(list) ? list.map((entry: { readonly property?: SqlNode }) => entry.property) : [];
}

interface Clauses {
  /** Between SELECT (and TOP n, and VALUE) and FROM. */
  readonly selected: string;
  readonly top: string;
  readonly isValue: boolean;
  readonly from: string;
  readonly where: string | undefined;
  readonly orderBy: string | undefined;
}

/** Cuts a query into its outermost clauses. */
function clausesOf(text: string): Clauses {
  const cuts = outermostKeywords(text);
  const between = (keyword: string): string | undefined => {
    const at = cuts.findIndex(({ word }) => word === keyword);
    const cut = cuts[at];
    return cut === undefined ? undefined : text.slice(cut.end, cuts[at + 1]?.start ?? text.length).trim();
  };
  const select = between('SELECT') ?? '';
  const [, top = '', value, selected = ''] = /^(TOP\s+\S+\s+)?(VALUE\b\s*)?(.*)$/is.exec(select) ?? [];
  const [from, where, orderBy] = [between('FROM') ?? '', between('WHERE'), between('ORDER BY')];
  return { top, isValue: value !== undefined, selected: selected.trim(), from, where, orderBy };
}

function outermostKeywords(
  text: string,
): readonly { readonly word: string; readonly start: number; readonly end: number }[] {
  const cuts: { word: string; start: number; end: number }[] = [];
  let depth = 0;
  const token = /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|[([{]|[)\]}]|\b(?:SELECT|FROM|WHERE|ORDER\s+BY)\b/gi;
  for (const { 0: found, index } of text.matchAll(token)) {
    if ('([{'.includes(found)) depth++;
    else if (')]}'.includes(found)) depth--;
    else if (depth === 0 && /^\w/.test(found)) {
      const word = found.toUpperCase().replace(/\s+/, ' ');
      cuts.push({ word, start: index, end: index + found.length });
    }
  }
  return cuts;
}

/** Cuts a list at its outermost commas. */
function listed(text: string): readonly string[] {
  const cuts = [-1];
  let depth = 0;
  for (const { 0: found, index } of text.matchAll(/"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|[[\](){},]/g)) {
    if ('([{'.includes(found)) depth++;
    else if (')]}'.includes(found)) depth--;
    else if (found === ',' && depth === 0) cuts.push(index);
  }
  return cuts.map((cut, at) => text.slice(cut + 1, cuts[at + 1]).trim());
}

const orderTexts = (text: string): readonly string[] =>
  listed(clausesOf(text).orderBy ?? '').map((item) => item.replace(/\s+(ASC|DESC)$/i, ''));

/** Each physical partition gives its items in order, each with what it is ordered by. */
function orderedText(query: SqlQuery): string {
  const { top, from, where, orderBy = '', ...selection } = clausesOf(query.text);
  const items = orderTexts(query.text).map((item) => `{"item": ${item}}`);
  const condition = where === undefined ? `(${FILTER_PLACE})` : `(${FILTER_PLACE}) AND (${where})`;
  const payload = payloadText(query, selection);
  const select = `${top}${query.alias}._rid, [${items.join(', ')}] AS orderByItems, ${payload} AS payload`;
  return `SELECT ${select} FROM ${from} WHERE ${condition} ORDER BY ${orderBy}`;
}

function payloadText({ alias }: SqlQuery, { selected, isValue }: Pick<Clauses, 'selected' | 'isValue'>): string {
  if (selected === '*') return alias;
  if (isValue) return selected;
  const properties = listed(selected).map((item) => {
    const [, expression = item, name] = /^(.*?)\s+AS\s+(\w+)$/is.exec(item) ?? [];
    const own = name ?? /(?:\.|\[")(\w+)(?:"\])?$/.exec(expression)?.[1] ?? expression;
    return `"${own}": ${expression}`;
  });
  return `{${properties.join(', ')}}`;
}

function countedText(text: string): string {
  const { selected, from, where } = clausesOf(text);
  return `SELECT VALUE [{"item": ${selected}}] FROM ${from}${where === undefined ? '' : ` WHERE ${where}`}`;
}
