import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** The id of the app in the catalogue. */
export const TEAMS_APP = '00000000-0000-4000-8000-0000000000ca';

/** What Graph is to answer a request with, instead of what it would. */
export interface GraphAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

export interface InstallsDouble {
  readonly baseUrl: string;
  /** Method and decoded address of each request, in the order in which they came. */
  readonly asked: string[];
  /** The bodies of what was posted. */
  readonly posted: unknown[];
  /** Those who have the app. */
  readonly has: Set<string>;
  fault: (asked: string) => GraphAnswer | undefined;
  close(): Promise<void>;
}

const PLACE = /^\/v1\.0\/users\/([\da-f-]{36})\/teamwork\/installedApps(?:\/([^/]+)\/(chat))?$/u;

/** The chat of somebody with the app, as Graph names it. */
export function chatIdOf(personId: string): string {
  return `19:${personId}_${TEAMS_APP}@unq.gbl.spaces`;
}

/** Microsoft Graph on loopback, as far as it installs apps for people; anything else is 400. */
export async function installsDouble(): Promise<InstallsDouble> {
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      const url = new URL(request.url ?? '/', 'http://double');
      const asked = `${request.method} ${decodeURIComponent(`${url.pathname.replace('/v1.0/', '')}${url.search}`)}`;
      double.asked.push(asked);
      if (request.method === 'POST') double.posted.push(JSON.parse(body));
      const { status, headers = {}, body: said } = double.fault(asked) ?? answerOf(double, request.method ?? '', url);
      response.writeHead(status, { 'content-type': 'application/json', ...headers });
      response.end(JSON.stringify(said ?? { error: { code: 'Double', message: 'A secret of the other side.' } }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const double: InstallsDouble = {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1.0/`,
    ...{ asked: [], posted: [], has: new Set<string>(), fault: () => undefined },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return double;
}

function answerOf({ has }: InstallsDouble, method: string, url: URL): GraphAnswer {
  const [, personId, installationId, isChat] = PLACE.exec(decodeURIComponent(url.pathname)) ?? [];
  if (personId === undefined) return { status: 400 };
  if (method === 'POST') {
    const status = has.has(personId) ? 409 : 201;
    has.add(personId);
    return status === 409 ? { status } : { status, body: {} };
  }
  if (isChat !== undefined)
    return installationId === idOf(personId) ? { status: 200, body: { id: chatIdOf(personId) } } : { status: 404 };
  if (url.searchParams.get('$filter') !== `teamsApp/id eq '${TEAMS_APP}'`) return { status: 400 };
  const value = has.has(personId) ? [{ id: idOf(personId), teamsApp: { id: TEAMS_APP } }] : [];
  return { status: 200, body: { value } };
}

/** Such ids are base 64 in Graph. */
function idOf(personId: string): string {
  return `${Buffer.from(personId).toString('base64')}==`;
}
