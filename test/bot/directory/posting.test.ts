import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { graphClient, type GraphClient } from '../../../bot/directory/graphClient.ts';
import { codeOf } from '../../../src/errors.ts';

const PERMISSION = 'TeamsAppInstallation.ReadWriteSelfForUser.All';

describe('asking Graph to make something', () => {
  let server: Server;
  let graph: GraphClient;
  let asked: string[];
  let status: number;
  let headers: Readonly<Record<string, string>>;

  beforeEach(async () => {
    asked = [];
    status = 201;
    headers = {};
    server = createServer((request, response) => {
      let body = '';
      request.on('data', (chunk: Buffer) => (body += chunk.toString()));
      request.on('end', () => {
        asked.push(`${request.method} ${request.url} ${request.headers.authorization} ${body}`);
        if (status === 0) return void request.socket.destroy();
        response.writeHead(status, headers);
        response.end();
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1.0/`; // it listens on TCP
    const tokens = { current: async () => 'a-token', forget: () => undefined };
    const clock = { now: () => '2026-11-23T14:05:00.000Z' };
    graph = graphClient({ tokens, clock, wait: async () => undefined, baseUrl });
  });
  afterEach(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  const post = (): Promise<string> => graph.post('users/1/teamwork/installedApps', { a: 1 }, PERMISSION);

  for (const [answer, says] of [
    [201, 'made'],
    [204, 'made'],
    [409, 'exists'],
    [404, 'absent'],
  ] as const)
    it(`says ${says} for ${answer}, in one request`, async () => {
      status = answer;
      assert.equal(await post(), says);
      assert.deepEqual(asked, ['POST /v1.0/users/1/teamwork/installedApps Bearer a-token {"a":1}']);
    });

  for (const [answer, code] of [
    [400, 'directory.away'],
    [401, 'directory.refused'],
    [403, 'directory.refused'],
    [500, 'directory.away'],
    [503, 'directory.away'],
    [307, 'directory.away'],
    [0, 'directory.away'],
  ] as const)
    it(`makes one attempt when the answer is ${answer || 'a broken connection'}`, async () => {
      status = answer;
      headers = { location: '/v1.0/elsewhere' };
      await assert.rejects(post(), (error) => codeOf(error) === code);
      assert.equal(asked.length, 1);
    });

  it('asks nothing more for as long as it is to wait', async () => {
    status = 429;
    headers = { 'retry-after': '90' };
    await assert.rejects(post(), (error) => codeOf(error) === 'directory.busy');
    await assert.rejects(post(), (error) => codeOf(error) === 'directory.busy');
    assert.equal(asked.length, 1);
  });

  it('names the permission that is missing, and nothing of the answer', async () => {
    status = 403;
    await assert.rejects(post(), {
      message: new RegExp(`must grant it the application permission ${PERMISSION}`, 'u'),
    });
  });
});
