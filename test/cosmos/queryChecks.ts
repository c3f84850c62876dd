import type { ContainerDefinition } from './containers.ts';
import { hasComposite, isIndexed, namesOf } from './indexing.ts';
import { isContainment, nodesIn, parts, pathOf, type SqlNode, type SqlQuery } from './sql.ts';
import { Refusal } from './wire.ts';

/**
 * Refuses queries that the container's index does not serve. The service would scan for a filter on a path that is
 * not indexed, at any price; the double refuses it on purpose, unless the client says that it wants a scan. Orders it
 * refuses as the service does: by one path that is not indexed, by several without their composite index.
 * Source: "Indexing policies", ORDER BY and composite indexes.
 *
 * @throws Refusal 400.
 */
export function checkServed(
  query: SqlQuery,
  { indexingPolicy, partitionKey }: ContainerDefinition,
  how: { readonly scans: boolean; readonly hasPartitionKey: boolean },
): void {
  const { orderBy } = query;
  const single = orderBy.length === 1 ? orderBy[0] : undefined;
  if (single !== undefined && !isIndexed(indexingPolicy, single.path)) {
    throw new Refusal(400, `The order-by item requires a range index to be defined on /${single.path.join('/')}.`);
  }
  if (orderBy.length > 1 && !hasComposite(indexingPolicy, orderBy)) {
    throw new Refusal(
      400,
      'The order by query does not have a corresponding composite index that it can be served from.',
    );
  }
  if (how.scans) return;
  // With its key in the header a query is led to its partition; the same key in the text needs no index.
  const routed = how.hasPartitionKey ? partitionKey.paths.map((path) => namesOf(path).join('/')) : [];
  const scanned = pathsFilteredBy(query).find(
    (path) => !routed.includes(path.join('/')) && !isIndexed(indexingPolicy, path),
  );
  if (scanned !== undefined) {
    throw new Refusal(400, `The query filters on /${scanned.join('/')}, which is not indexed: it would scan.`);
  }
}

type Paths = readonly (readonly string[])[];

/** The paths of each WHERE, as the same comes again and again. */
const filtered = new WeakMap<SqlNode, Paths>();

function pathsFilteredBy({ where, alias }: SqlQuery): Paths {
  if (where === undefined) return [];
  const paths = filtered.get(where) ?? pathsIn(where, alias);
  filtered.set(where, paths);
  return paths;
}

/** The longest paths into the item that a WHERE reads. */
function pathsIn(where: SqlNode, alias: string): Paths {
  const all = [...nodesIn(where)];
  const inner = new Set(all.filter(({ type }) => type === 'scalar_member_expression').map(({ object }) => object));
  const lists = new Set(all.filter(isContainment).map((node) => parts(node, 'arguments')[0]));
  return all
    .filter((node) => node.type === 'scalar_member_expression' && !inner.has(node))
    .map((node) => ({ path: pathOf(node), isList: lists.has(node) }))
    .filter(({ path }) => path?.[0] === alias)
    .map(({ path = [], isList }) => [...path.slice(1), ...(isList ? ['[]'] : [])]);
}
