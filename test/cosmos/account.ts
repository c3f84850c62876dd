import { randomBytes } from 'node:crypto';
import { Container, containerDefinition, newEtag } from './containers.ts';
import type { JsonObject, JsonValue } from './json.ts';
import { checkId } from './resourceIds.ts';
import type { Route } from './routing.ts';
import { type Answer, notModelled, parsedObject, Refusal, type WireRequest } from './wire.ts';

export interface AccountSettings {
  /** The account's default consistency, as `Strong` or `Session`. */
  readonly consistency: string;
  readonly writeRegions: readonly string[];
  readonly readRegions: readonly string[];
  readonly physicalPartitions: number;
  readonly pageItemsAtMost: number;
}

interface Database {
  readonly id: string;
  readonly rid: string;
  readonly etag: string;
  readonly containers: Map<string, Container>;
}

export type Databases = Map<string, Database>;

/** What the service charges for reading and changing databases and containers is not published for each call. */
const MANAGEMENT_CHARGE = 1;

/** The account as a client reads it before anything else. Source: `GET /` as `DatabaseAccount` of the SDK takes it. */
export function accountAnswer(settings: AccountSettings, endpoint: string): Answer {
  const regions = (names: readonly string[]): readonly JsonObject[] =>
    names.map((name) => ({ name, databaseAccountEndpoint: endpoint }));
  const body = {
    id: 'double',
    _self: '',
    _rid: '127.0.0.1',
    _dbs: '//dbs/',
    media: '//media/',
    addresses: '//addresses/',
    writableLocations: regions(settings.writeRegions),
    readableLocations: regions(settings.readRegions),
    enableMultipleWriteLocations: settings.writeRegions.length > 1,
    userReplicationPolicy: { asyncReplication: false, minReplicaSetSize: 3, maxReplicasetSize: 4 },
    userConsistencyPolicy: { defaultConsistencyLevel: settings.consistency },
    systemReplicationPolicy: { minReplicaSetSize: 3, maxReplicasetSize: 4 },
    readPolicy: { primaryReadCoefficient: 1, secondaryReadCoefficient: 1 },
  };
  return { status: 200, body, charge: 0 };
}

/** Creates, reads, lists and deletes databases. @throws Refusal 404, 409, 400. */
export function databaseAnswer(databases: Databases, route: Route, request: WireRequest): Answer {
  const { method, database: id } = route;
  if (method === 'GET' && id === undefined) {
    const all = [...databases.values()].map(databaseBody);
    return { status: 200, body: { _rid: '', Databases: all, _count: all.length }, charge: MANAGEMENT_CHARGE };
  }
  if (method === 'POST' && id === undefined) {
    if (request.headers['content-type']?.startsWith('application/query')) throw notModelled('queries of databases');
    return createDatabase(databases, parsedObject(request.body));
  }
  const found = databaseNamed(databases, id);
  if (method === 'GET') return { status: 200, body: databaseBody(found), charge: MANAGEMENT_CHARGE };
  if (method !== 'DELETE') throw new Refusal(405, 'The requested verb is not supported.');
  databases.delete(found.id);
  return { status: 204, charge: MANAGEMENT_CHARGE };
}

function createDatabase(databases: Databases, { id }: JsonObject): Answer {
  checkId(id);
  if (databases.has(id)) throw new Refusal(409, 'Database already exists.');
  const made = {
    id,
    rid: randomBytes(4).toString('base64').replaceAll('/', '-'),
    etag: newEtag(),
    containers: new Map(),
  };
  databases.set(id, made);
  return { status: 201, body: databaseBody(made), charge: MANAGEMENT_CHARGE };
}

const databaseBody = ({ id, rid, etag }: Database): JsonObject => ({
  id,
  _rid: rid,
  _self: `dbs/${rid}/`,
  _etag: etag,
  _colls: 'colls/',
  _users: 'users/',
  _ts: 0,
});

export function databaseNamed(databases: Databases, id: string | undefined): Database {
  const found = databases.get(id ?? '');
  if (found === undefined) throw new Refusal(404, 'Owner resource does not exist: no such database.', OWNER_MISSING);
  return found;
}

export function containerNamed(databases: Databases, { database, container }: Route): Container {
  const found = databaseNamed(databases, database).containers.get(container ?? '');
  if (found === undefined) throw new Refusal(404, 'Owner resource does not exist: no such container.', OWNER_MISSING);
  return found;
}

const OWNER_MISSING = { substatus: 1003 };

/** Creates, reads, replaces, lists and deletes containers. @throws Refusal 404, 409, 400. */
export function containerAnswer(
  databases: Databases,
  route: Route,
  request: WireRequest,
  { physicalPartitions }: AccountSettings,
): Answer {
  const { containers, rid } = databaseNamed(databases, route.database);
  const answer = (status: number, body?: JsonValue): Answer => ({
    status,
    charge: MANAGEMENT_CHARGE,
    ...(body === undefined ? {} : { body }),
  });
  if (route.container === undefined) {
    if (route.method === 'GET') {
      const all = [...containers.values()].map(containerBody);
      return answer(200, { _rid: rid, DocumentCollections: all, _count: all.length });
    }
    if (request.headers['content-type']?.startsWith('application/query')) throw notModelled('queries of containers');
    const definition = containerDefinition(parsedObject(request.body));
    if (containers.has(definition.id)) throw new Refusal(409, 'Container already exists.');
    const made = new Container(containerRid(rid), definition, physicalPartitions);
    containers.set(definition.id, made);
    return answer(201, containerBody(made));
  }
  const found = containers.get(route.container);
  if (found === undefined) throw new Refusal(404, 'Resource Not Found.');
  if (route.method === 'GET') return answer(200, containerBody(found));
  if (route.method === 'PUT') return answer(200, containerBody(replaced(found, request)));
  if (route.method !== 'DELETE') throw new Refusal(405, 'The requested verb is not supported.');
  containers.delete(route.container);
  return answer(204);
}

function replaced(container: Container, request: WireRequest): Container {
  const next = containerDefinition(parsedObject(request.body));
  const fixed = ({ id, partitionKey, uniqueKeyPolicy }: typeof next): string =>
    JSON.stringify([id, partitionKey.paths, uniqueKeyPolicy ?? null]);
  if (fixed(next) !== fixed(container.definition)) {
    throw new Refusal(400, 'Id, partition key and unique keys of a container cannot be changed.');
  }
  container.define(next);
  return container;
}

/** Eight bytes, of which the first four are the database's. Source: `SessionContainer` of the SDK checks for eight. */
function containerRid(databaseRid: string): string {
  const database = Buffer.from(databaseRid.replaceAll('-', '/'), 'base64');
  return Buffer.concat([database, randomBytes(4)])
    .toString('base64')
    .replaceAll('/', '-');
}

function containerBody({ definition, rid, etag }: Container): JsonObject {
  return {
    ...(definition as unknown as JsonObject), // it came in as JSON
    _rid: rid,
    _self: `colls/${rid}/`,
    _etag: etag,
    _docs: 'docs/',
    _conflicts: 'conflicts/',
    _ts: 0,
  };
}

/** A container's physical partitions, as clients that fan out ask for them. */
export function partitionsAnswer({ physical, rid }: Container): Answer {
  const ranges = physical.map((range) => ({
    ...range,
    _rid: `${rid}${range.id}`,
    _self: `colls/${rid}/pkranges/${range.id}/`,
    _etag: '"0"',
    _ts: 0,
    ridPrefix: Number(range.id),
    status: 'online',
    throughputFraction: 1 / physical.length,
    parents: [],
  }));
  const body = { _rid: rid, PartitionKeyRanges: ranges, _count: ranges.length };
  return { status: 200, body, charge: MANAGEMENT_CHARGE };
}
