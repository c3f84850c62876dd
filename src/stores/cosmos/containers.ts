/** The path of an indexed property, or of the values of an indexed array. */
type IndexedPath = `/${string}/?` | `/${string}/[]/?`;

/** One property of a composite index; ascending unless it says otherwise. */
interface Ordered {
  readonly path: `/${string}`;
  readonly order: 'ascending' | 'descending';
}

/** What a container is to be like. */
export interface ContainerPlan {
  readonly partitionKey: `/${string}`;
  /** Everything that is looked for. Nothing else is indexed, so that what is sealed costs nothing beyond its bytes. */
  readonly indexed: readonly IndexedPath[];
  /** One for every order by more than one property. */
  readonly orders: readonly (readonly Ordered[])[];
}

const up = (...names: readonly string[]): readonly Ordered[] =>
  names.map((name) => ({ path: `/${name}`, order: 'ascending' }));
const down = (...names: readonly string[]): readonly Ordered[] =>
  names.map((name) => ({ path: `/${name}`, order: 'descending' }));
const paths = (...names: readonly string[]): readonly IndexedPath[] => names.map((name): IndexedPath => `/${name}/?`);

/**
 * The containers of a store: made from this, and checked against it at every start. A document says what it is in `doc`.
 * Source: project decision 0016.
 */
export const CONTAINERS = {
  /** Case files: head, versions and their keys, chain, the latest header of each record, links, who may see it. */
  cases: {
    partitionKey: '/caseKey',
    indexed: [
      ...paths('doc', 'caseKey', 'recordId', 'authorId', 'teamId', 'savedAt', 'due', 'type', 'contactAt'),
      ...paths('isAway', 'isToBeCompleted', 'isUnlinked', 'undecidedSince'),
      '/keys/[]/?',
    ],
    orders: [up('due', 'recordId'), up('savedAt', 'recordId'), up('undecidedSince', 'caseKey')],
  },
  /** What is found by one key: numbers, wordings, grants, the store's own facts, messages to be sent. */
  lookups: {
    partitionKey: '/key',
    indexed: paths('doc', 'status', 'queuedAt', 'noticeId', 'about'),
    orders: [up('queuedAt', 'noticeId')],
  },
  drafts: {
    partitionKey: '/personId',
    indexed: paths('personId', 'status', 'touchedAt'),
    orders: [up('touchedAt', 'draftId')],
  },
  /** Where a person can be reached, whether at all, and who stands in for them. */
  people: {
    partitionKey: '/personId',
    indexed: paths('doc', 'personId', 'until'),
    orders: [],
  },
  /** The cards of a person by day, and what is known of the open items of a record. */
  nudges: {
    partitionKey: '/owner',
    indexed: paths('doc', 'owner', 'date', 'changedAt', 'recordId', 'item'),
    orders: [[...down('date', 'changedAt'), ...up('owner')], up('recordId', 'item')],
  },
  /** The access log, one partition for each chain. */
  access: {
    partitionKey: '/chainKey',
    indexed: [...paths('chainKey', 'seq', 'at', 'personId'), '/subjects/[]/?'],
    orders: [down('at', 'chainKey', 'seq')],
  },
} as const satisfies Readonly<Record<string, ContainerPlan>>;

export type ContainerName = keyof typeof CONTAINERS;

export const CONTAINER_NAMES = Object.keys(CONTAINERS) as readonly ContainerName[]; // keys forgets what it was given

/** An indexing policy as Cosmos DB takes and gives it, as far as it says anything here. */
export interface PolicyText {
  readonly indexingMode?: string;
  readonly automatic?: boolean;
  readonly includedPaths?: readonly { readonly path: string }[];
  readonly excludedPaths?: readonly { readonly path: string }[];
  readonly compositeIndexes?: readonly (readonly { readonly path: string; readonly order?: string }[])[];
}

/** The policy that a container is made with. */
export function policyOf({ indexed, orders }: ContainerPlan): {
  indexingMode: 'consistent';
  automatic: true;
  includedPaths: { path: string }[];
  excludedPaths: { path: string }[];
  compositeIndexes: { path: string; order: 'ascending' | 'descending' }[][];
} {
  return {
    indexingMode: 'consistent',
    automatic: true,
    includedPaths: indexed.map((path) => ({ path })),
    excludedPaths: [{ path: '/*' }],
    compositeIndexes: orders.map((order) => order.map((each) => ({ ...each }))),
  };
}

/** How a container is parted; version 2, as the ids of messages to be sent are longer than 100 bytes. */
export function partitionOf({ partitionKey }: ContainerPlan): { paths: string[]; version: 2 } {
  return { paths: [partitionKey], version: 2 };
}

/** Whether a container is parted so. */
export function isPartedSo(
  plan: ContainerPlan,
  { paths, version }: { readonly paths: readonly string[]; readonly version?: number } = { paths: [] },
): boolean {
  const wanted = partitionOf(plan);
  return paths.join() === wanted.paths.join() && version === wanted.version;
}

/** What the service adds to every policy of its own accord. */
const ADDED = '/"_etag"/?';

/** A policy in one way only, whatever the order in which the service gives it. */
export function canonicalPolicy(policy: PolicyText): string {
  const sorted = (found: readonly { readonly path: string }[] = []): readonly string[] =>
    found.map(({ path }) => path).filter((path) => path !== ADDED).sort(); // prettier-ignore
  const composites = (policy.compositeIndexes ?? []).map((order) =>
    order.map(({ path, order: way = 'ascending' }) => `${path} ${way}`).join(', '),
  );
  return JSON.stringify([
    (policy.indexingMode ?? 'consistent').toLowerCase(),
    policy.automatic ?? true,
    sorted(policy.includedPaths),
    sorted(policy.excludedPaths),
    composites.sort(),
  ]);
}
