import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { PeopleFile } from '../../../bot/local/people.ts';

/** A user as Entra keeps one. */
export interface DoubleUser {
  readonly id: string;
  readonly displayName: string | null;
  readonly jobTitle?: string | null;
  readonly companyName?: string | null;
  readonly userType?: string | null;
  readonly userPrincipalName?: string | null;
  readonly accountEnabled?: boolean | null;
  readonly managerId?: string | undefined;
  readonly groupIds: readonly string[];
}

export interface DoubleGroup {
  readonly id: string;
  readonly displayName: string | null;
  readonly resourceProvisioningOptions: readonly string[] | null;
}

/** What a test has Graph answer with instead. `hang` never answers, `cut` breaks the connection. */
export type Fault =
  | { readonly status: number; readonly headers?: Readonly<Record<string, string>>; readonly body?: string }
  | 'hang'
  | 'cut';

export interface GraphDouble {
  readonly baseUrl: string;
  /** Path and query of each request, decoded, in the order in which they came. */
  readonly asked: string[];
  readonly users: DoubleUser[];
  readonly groups: DoubleGroup[];
  /** Entries a page, however many were asked for. */
  pageSize: number;
  fault: (path: string) => Fault | undefined;
  close(): Promise<void>;
}

export const GROUPS = {
  practitioner: '00000000-0000-4000-8000-0000000000f1',
  manager: '00000000-0000-4000-8000-0000000000f2',
  recordsOfficer: '00000000-0000-4000-8000-0000000000f3',
} as const;

/** The people of a people file as an Entra directory. */
export function entraOf(file: PeopleFile): { readonly users: DoubleUser[]; readonly groups: DoubleGroup[] } {
  const users = file.people.map(({ id, name, jobTitle, organisation, managerId, teamIds, roles }) => ({
    ...{ id, displayName: name, jobTitle, companyName: organisation, managerId },
    ...{ userType: 'Member', userPrincipalName: `${id}@exampleshire.example`, accountEnabled: true },
    groupIds: [...teamIds, ...roles.map((role) => GROUPS[role])],
  }));
  const teams = file.teams.map(({ id, name }) => ({
    ...{ id, displayName: name, resourceProvisioningOptions: ['Team'] },
  }));
  const roles = Object.values(GROUPS).map((id) => ({ id, displayName: 'A role', resourceProvisioningOptions: [] }));
  return { users, groups: [...teams, ...roles] };
}

/** Microsoft Graph on loopback, as far as it is documented and asked here; anything else is 400. */
export async function graphDouble(of: ReturnType<typeof entraOf>): Promise<GraphDouble> {
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://double');
    double.asked.push(decodeURIComponent(`${url.pathname.replace('/v1.0/', '')}${url.search}`));
    const fault = double.fault(url.pathname);
    if (fault === 'hang') return;
    if (fault === 'cut') return void request.socket.destroy();
    if (request.headers.authorization !== 'Bearer a-token') return answer(response, { status: 401 });
    answer(response, fault ?? answerOf(double, url));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const double: GraphDouble = {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1.0/`,
    ...{ asked: [], users: [...of.users], groups: [...of.groups], pageSize: 999 },
    fault: () => undefined,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return double;
}

function answer(response: ServerResponse, { status, headers, body }: Exclude<Fault, string>): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(body ?? JSON.stringify({ error: { code: 'Double', message: 'A secret of the other side.' } }));
}

type Json = Readonly<Record<string, unknown>>;
const found = (body: unknown): Exclude<Fault, string> => ({ status: 200, body: JSON.stringify(body) });

function answerOf(double: GraphDouble, url: URL): Exclude<Fault, string> {
  const [kind, id, rest] = url.pathname.replace('/v1.0/', '').split('/');
  const { users, groups } = double;
  if (kind === 'users' && id === undefined) return listed(double, url, users.filter(namedAs(url)).map(userJson));
  if (kind === 'groups' && id === undefined) return listed(double, url, groups.filter(namedAs(url)).map(groupJson));
  const user = kind === 'users' ? users.find((each) => each.id === id) : undefined;
  const group = kind === 'groups' ? groups.find((each) => each.id === id) : undefined;
  if (user === undefined && group === undefined) return { status: 404 };
  if (user !== undefined && rest === undefined) return found(selected(url, withManager(userJson(user), user)));
  if (user !== undefined && rest === 'transitiveMemberOf')
    return listed(double, url, [ROLE, ...groups.filter((each) => user.groupIds.includes(each.id)).map(groupJson)]);
  if (user !== undefined && rest === 'directReports')
    return listed(double, url, users.filter((each) => each.managerId === user.id).map(userJson));
  if (group !== undefined && rest === undefined) return found(selected(url, groupJson(group)));
  if (group !== undefined && rest === 'transitiveMembers')
    return listed(double, url, [DEVICE, ...users.filter((each) => each.groupIds.includes(group.id)).map(userJson)]);
  return { status: 400 };
}

/** Not everything in a list of directory objects is a user or a group. */
const ROLE: Json = { '@odata.type': '#microsoft.graph.directoryRole', id: '00000000-0000-4000-8000-0000000000e1' };
const DEVICE: Json = { '@odata.type': '#microsoft.graph.device', id: '00000000-0000-4000-8000-0000000000e2' };

function userJson({ groupIds: _groups, managerId: _manager, ...user }: DoubleUser): Json {
  return { '@odata.type': '#microsoft.graph.user', ...user };
}

function groupJson(group: DoubleGroup): Json {
  return { '@odata.type': '#microsoft.graph.group', ...group };
}

function withManager(json: Json, { managerId }: DoubleUser): Json {
  return managerId === undefined ? json : { ...json, manager: { id: managerId } };
}

/** Only what `$select` names, as Graph does; what is marked with `@` and what was expanded always. */
function selected(url: URL, json: Json): Json {
  const wanted = (url.searchParams.get('$select') ?? '').split(',');
  return Object.fromEntries(
    Object.entries(json).filter(([key]) => wanted.includes(key) || key.startsWith('@') || key === 'manager'),
  );
}

function listed(double: GraphDouble, url: URL, entries: readonly Json[]): Exclude<Fault, string> {
  const start = Number(url.searchParams.get('$skiptoken') ?? '0');
  const size = Math.min(Number(url.searchParams.get('$top') ?? '100'), double.pageSize);
  const next = new URL(`${url.pathname}${url.search}`, double.baseUrl);
  next.searchParams.set('$skiptoken', String(start + size));
  const value = entries.slice(start, start + size).map((each) => selected(url, each));
  return found({ value, ...(start + size < entries.length ? { '@odata.nextLink': next.href } : {}) });
}

/** Reads a filter as OData does: names in quotation marks, doubled ones within, joined by `or`. */
function namedAs(url: URL): (entry: { readonly displayName: string | null }) => boolean {
  const filter = url.searchParams.get('$filter');
  if (filter === null) return () => true;
  const names: string[] = [];
  const rest = filter.replace(/(?:^| or )displayName eq '((?:[^']|'')*)'/gu, (_all, name: string) => {
    names.push(name.replaceAll("''", "'").toLowerCase());
    return '';
  });
  // A condition that is not a name lets everybody through: a test would see it.
  return ({ displayName }) => rest !== '' || names.includes(displayName?.toLowerCase() ?? '');
}
