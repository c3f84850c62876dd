import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { exchange, type Sending } from '../../bot/exchange.ts';
import { outbound, outboundClient, refusalIn } from '../../bot/outbound.ts';
import { isLoopbackUrl } from '../../bot/serviceUrls.ts';
import { codeOf, CodedError } from '../../src/errors.ts';
import { aCertificate } from '../cosmos/aCertificate.ts';

const aRequest = (url: string): Sending => ({ url, method: 'POST', headers: { accept: '*/*' }, body: '{}' });

describe('the way out', () => {
  let server: Server;
  let origin: string;
  let calls: string[];
  let heard: string[];
  let answerIn: (response: ServerResponse) => void;
  let answerWith: { status: number; headers?: Record<string, string>; body?: string };

  beforeEach(async () => {
    calls = [];
    heard = [];
    answerWith = { status: 200 };
    answerIn = (response) => response.end(answerWith.body ?? '{"id":"1"}');
    server = createServer((request, response) => {
      calls.push(request.url ?? '');
      // Not chained: restify, loaded by other tests, makes writeHead return nothing.
      let body = '';
      request.setEncoding('utf8').on('data', (text: string) => (body += text));
      request.on('end', () => {
        heard.push(`${request.method ?? ''} ${request.url ?? ''} ${body}`);
        response.writeHead(answerWith.status, { 'x-said': 'so', ...answerWith.headers });
        answerIn(response);
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });

  afterEach(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  it('delivers to this machine and hands back the answer', async () => {
    const { status, body } = await outbound(isLoopbackUrl)(aRequest(`${origin}/v3`));
    assert.deepEqual([status, body, heard], [200, '{"id":"1"}', ['POST /v3 {}']]);
  });

  it('tells nothing to a server whose certificate nobody vouches for', async () => {
    const secret = createTlsServer(aCertificate(), (request, response) => {
      heard.push(request.url ?? '');
      response.end('{}');
    });
    await once(secret.listen(0, '127.0.0.1'), 'listening');
    const { port } = secret.address() as AddressInfo; // it listens on a port
    const relaxed = process.env.NODE_TLS_REJECT_UNAUTHORIZED;
    // Whoever sets this for something else must not have opened the way out.
    process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0';
    try {
      const fault: unknown = await exchange(aRequest(`https://127.0.0.1:${port}/v3`)).catch((error: unknown) => error);
      assert.equal((fault as { readonly code?: unknown }).code, 'DEPTH_ZERO_SELF_SIGNED_CERT');
      assert.deepEqual(heard, []);
    } finally {
      if (relaxed === undefined) delete process.env.NODE_TLS_REJECT_UNAUTHORIZED;
      else process.env.NODE_TLS_REJECT_UNAUTHORIZED = relaxed;
      secret.close();
    }
  });

  it('does the same for the SDK', async () => {
    type Asked = Parameters<ReturnType<typeof outboundClient>['sendRequest']>[0];
    const headers = { rawHeaders: () => ({ accept: '*/*' }) };
    const asked = { url: `${origin}/v3`, method: 'GET', headers } as unknown as Asked; // as much of it as is read
    const { status, bodyAsText, headers: answered } = await outboundClient(outbound(isLoopbackUrl)).sendRequest(asked);
    assert.deepEqual([status, bodyAsText, heard], [200, '{"id":"1"}', ['GET /v3 ']]);
    assert.equal(answered.toJson()['x-said'], 'so');
  });

  it('names each request by an id of its own where there is no turn', async () => {
    const ids: unknown[] = [];
    const send = outbound(isLoopbackUrl, async ({ headers }) => {
      ids.push(headers['x-ms-client-request-id']);
      return { status: 200, headers: {}, body: '' };
    });
    await send(aRequest(origin));
    await send(aRequest(origin));
    for (const id of ids) assert.match(String(id), /^[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}$/u);
    assert.notEqual(ids[0], ids[1]);
  });

  for (const status of [408, 429, 500, 503]) {
    it(`makes one attempt when the answer is ${status}`, async () => {
      answerWith = { status };
      await assert.rejects(
        outbound(isLoopbackUrl)(aRequest(`${origin}/v3`)),
        (error) => codeOf(error) === 'outbound.status',
      );
      assert.equal(calls.length, 1);
    });
  }

  for (const [what, body, code] of [
    ['a code', '{"error":{"code":"ConversationBlockedByUser","message":"a sentence"}}', 'ConversationBlockedByUser'],
    [
      'a code within a text',
      JSON.stringify({ errorCode: 209, message: '{"subCode":"MessageWritesBlocked"}' }),
      'MessageWritesBlocked',
    ],
    ['a sentence that names a code', '{"error":{"message":"ConversationBlockedByUser"}}', undefined],
    ['a sentence beside no code', '{"message":"MessageWritesBlocked"}', undefined],
    ['a code that is none', '{"error":{"code":"Priya Shah, 7"}}', undefined],
    ['a code that is a list', '{"error":{"code":["ConversationBlockedByUser"]}}', undefined],
    ['no JSON', 'ConversationBlockedByUser', undefined],
    ['nothing', '', undefined],
  ] as const)
    // prettier-ignore
    it(`reads ${what} in a refusal as ${code ?? 'no code'}`, async () => {
      answerWith = { status: 403, body };
      await assert.rejects(outbound(isLoopbackUrl)(aRequest(`${origin}/v3`)), (error) => {
        assert.ok(error instanceof CodedError);
        assert.deepEqual(refusalIn(error), { status: 403, ...(code === undefined ? {} : { code }) });
        return true;
      });
    });

  it('follows no redirect', async () => {
    answerWith = { status: 302, headers: { location: `${origin}/elsewhere` } };
    await assert.rejects(
      outbound(isLoopbackUrl)(aRequest(`${origin}/v3`)),
      (error) => codeOf(error) === 'outbound.status',
    );
    assert.deepEqual(calls, ['/v3']);
  });

  const BROKEN: Readonly<Record<string, readonly [(response: ServerResponse) => void, string]>> = {
    'never comes': [() => undefined, 'ERR_ANSWER_LATE'],
    'never ends, however often a byte comes': [
      (response) => {
        const drip = setInterval(() => response.write(' '), 5);
        response.once('close', () => clearInterval(drip));
      },
      'ERR_ANSWER_LATE',
    ],
    'changes over to another protocol': [
      (response) => {
        // Node's server sends this only if it is written past it.
        response.socket?.write('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: other\r\n\r\n');
      },
      'ERR_ANSWER_LATE',
    ],
    'is longer than any that is asked for': [(response) => response.end('x'.repeat(1_000_001)), 'ERR_ANSWER_TOO_LONG'],
    'breaks off': [(response) => (response.write('{'), setImmediate(() => response.destroy())), 'ECONNRESET'],
  };
  for (const [what, [answering, code]] of Object.entries(BROKEN))
    it(`gives an answer up that ${what}, after one attempt`, async () => {
      answerIn = answering;
      await assert.rejects(
        outbound(isLoopbackUrl, (request) => exchange(request, 100))(aRequest(`${origin}/v3`)),
        (error) => {
          assert.ok(error instanceof CodedError && error.code === 'outbound.failed');
          assert.equal(codeOf(error.cause), code);
          return true;
        },
      );
      assert.equal(calls.length, 1);
    });

  it('takes an answer of a million bytes', async () => {
    answerWith = { status: 200, body: 'x'.repeat(1_000_000) };
    assert.equal((await outbound(isLoopbackUrl)(aRequest(origin))).body.length, 1_000_000);
  });

  it('sends over one connection what is sent one after the other', async () => {
    let connections = 0;
    server.on('connection', () => (connections += 1));
    for (let nth = 0; nth < 3; nth += 1) await outbound(isLoopbackUrl)(aRequest(origin));
    assert.equal(connections, 1);
  });

  it('fails as it should where nobody listens', async () => {
    await new Promise((resolve) => server.close(resolve));
    await assert.rejects(outbound(isLoopbackUrl)(aRequest(origin)), (error) => codeOf(error) === 'outbound.failed');
    server.listen(0);
  });

  for (const url of [
    'https://127.0.0.1/v3',
    'http://127.0.0.1.evil.example/v3',
    'http://localhost@evil.example/v3',
    'http://user:pass@127.0.0.1/v3',
    'http://evil.example/127.0.0.1',
    'ftp://127.0.0.1/',
    'http://10.0.0.1/v3',
    'not a url',
    '',
  ]) {
    it(`opens no connection to ${JSON.stringify(url)}`, async () => {
      assert.equal(isLoopbackUrl(url), false);
      await assert.rejects(outbound(isLoopbackUrl)(aRequest(url)), (error) => codeOf(error) === 'outbound.refused');
    });
  }
});
