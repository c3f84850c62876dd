import { isObject, type JsonObject, type JsonValue, valueAt } from './json.ts';

export interface CompositePath {
  readonly path: string;
  readonly order?: 'ascending' | 'descending';
}

export interface IndexingPolicy {
  readonly indexingMode?: string;
  readonly automatic?: boolean;
  readonly includedPaths?: readonly { readonly path: string }[];
  readonly excludedPaths?: readonly { readonly path: string }[];
  readonly compositeIndexes?: readonly (readonly CompositePath[])[];
}

/** What a container gets that names no policy: everything but the etag. Source: "Indexing policies". */
export const INDEX_EVERYTHING: IndexingPolicy = {
  indexingMode: 'consistent',
  automatic: true,
  includedPaths: [{ path: '/*' }],
  excludedPaths: [{ path: '/"_etag"/?' }],
};

/** Always in the index of a container that has one. Source: "Indexing policies", note on index size. */
const SYSTEM_PATHS: ReadonlySet<string> = new Set(['id', '_ts']);

interface Pattern {
  readonly names: readonly string[];
  readonly ending: '?' | '*';
}

/** The names of a policy path such as `/header/"due-on"/?`, with its wildcard apart. */
function patternOf(path: string): Pattern | undefined {
  const names = namesOf(path);
  const ending = names.at(-1);
  return ending === '?' || ending === '*' ? { names: names.slice(0, -1), ending } : undefined;
}

/** The property names along a path such as `/header/due`. */
export const namesOf = (path: string): readonly string[] =>
  [...path.matchAll(/\/(?:"([^"]*)"|([^/"]+))/g)].map(([, quoted, bare]) => quoted ?? bare ?? '');

function covers({ names, ending }: Pattern, path: readonly string[]): boolean {
  const fits = names.every((name, at) => name === path[at]);
  return fits && (ending === '*' ? path.length >= names.length : path.length === names.length);
}

/** Deeper is more precise, and `/?` more than `/*`. */
function precision(paths: readonly { readonly path: string }[] | undefined, path: readonly string[]): number {
  const patterns = (paths ?? []).map((entry) => patternOf(entry.path)).filter((pattern) => pattern !== undefined);
  const fitting = patterns.filter((pattern) => covers(pattern, path));
  return Math.max(-1, ...fitting.map(({ names, ending }) => names.length * 2 + (ending === '?' ? 1 : 0)));
}

/** What is known of a policy's paths; policies are data that nobody changes. */
const known = new WeakMap<IndexingPolicy, Map<string, boolean>>();

/** Whether the values at a path of property names (`[]` for an array's elements) are in the container's index. */
export function isIndexed(policy: IndexingPolicy, path: readonly string[]): boolean {
  const paths = known.get(policy) ?? new Map<string, boolean>();
  known.set(policy, paths);
  const name = path.join('/');
  const found = paths.get(name) ?? indexes(policy, path);
  paths.set(name, found);
  return found;
}

function indexes(policy: IndexingPolicy, path: readonly string[]): boolean {
  if (policy.indexingMode?.toLowerCase() === 'none') return false;
  if (path.length === 1 && SYSTEM_PATHS.has(path[0] ?? '')) return true;
  return precision(policy.includedPaths, path) > precision(policy.excludedPaths, path);
}

/**
 * Whether a composite index serves this order: the same paths in the same sequence, all directions as declared or all
 * of them reversed. Source: "Indexing policies", composite indexes.
 */
export function hasComposite(
  policy: IndexingPolicy,
  order: readonly { readonly path: readonly string[]; readonly descending: boolean }[],
): boolean {
  return (policy.compositeIndexes ?? []).some((index) => {
    if (index.length !== order.length) return false;
    const samePaths = index.every(({ path }, at) => namesOf(path).join('/') === order[at]?.path.join('/'));
    const reversed = index.map((declared, at) => (declared.order === 'descending') !== order[at]?.descending);
    return samePaths && new Set(reversed).size === 1;
  });
}

/**
 * What an item adds to the index: one term for each indexed scalar, each explicitly included path (present or not) and
 * each composite index.
 */
export function indexTerms(policy: IndexingPolicy, item: JsonObject): ReadonlySet<string> {
  const terms = new Set<string>();
  if (policy.indexingMode?.toLowerCase() === 'none') return terms;
  addScalars(policy, item, [], terms);
  for (const { path } of policy.includedPaths ?? []) {
    const pattern = patternOf(path);
    if (pattern?.ending !== '?' || pattern.names.includes('[]')) continue;
    if (valueAt(item, pattern.names) === undefined) terms.add(`${pattern.names.join('/')}=?`);
  }
  for (const index of policy.compositeIndexes ?? []) {
    terms.add(JSON.stringify(index.map(({ path }) => [path, valueAt(item, namesOf(path)) ?? '?'])));
  }
  return terms;
}

function addScalars(policy: IndexingPolicy, value: JsonValue, path: readonly string[], terms: Set<string>): void {
  if (Array.isArray(value)) {
    for (const element of value as readonly JsonValue[]) addScalars(policy, element, [...path, '[]'], terms);
  } else if (isObject(value)) {
    for (const [name, inner] of Object.entries(value)) addScalars(policy, inner, [...path, name], terms);
  } else if (isIndexed(policy, path)) {
    terms.add(`${path.join('/')}=${JSON.stringify(value)}`);
  }
}
