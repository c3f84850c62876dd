import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface IdentityEndpoint {
  /** What Azure App Service puts into the environment of a process that has an identity. */
  readonly env: Readonly<Record<'IDENTITY_ENDPOINT' | 'IDENTITY_HEADER', string>>;
  /** Gives this token from now on. */
  readonly give: (token: string) => void;
  /** What tokens were asked for. */
  readonly resources: readonly string[];
  readonly close: () => Promise<void>;
}

/**
 * The endpoint at which a process asks for a token as the identity that Azure gave it, as App Service has it.
 * Source: learn.microsoft.com/azure/app-service/overview-managed-identity, “REST endpoint reference”.
 */
export async function startIdentityEndpoint(): Promise<IdentityEndpoint> {
  const resources: string[] = [];
  let token = '';
  const secret = 'a header of this machine only';
  const server = createServer((request, response) => {
    const asked = new URL(request.url ?? '/', 'http://127.0.0.1').searchParams;
    const isOurs = request.headers['x-identity-header'] === secret && asked.get('api-version') === '2019-08-01';
    response.writeHead(isOurs ? 200 : 400, { 'content-type': 'application/json' });
    resources.push(asked.get('resource') ?? '');
    const expires = Math.floor(Date.now() / 1000) + 3_600;
    response.end(JSON.stringify(isOurs ? { access_token: token, expires_on: String(expires), resource: asked.get('resource'), token_type: 'Bearer', client_id: 'client' } : {})); // prettier-ignore
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo; // a server on a port has one
  return {
    env: { IDENTITY_ENDPOINT: `http://127.0.0.1:${port}/msi/token`, IDENTITY_HEADER: secret },
    give: (next) => {
      token = next;
    },
    resources,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
