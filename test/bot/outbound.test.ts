import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { outboundClient, refusalIn } from '../../bot/outbound.ts';
import { isLoopbackUrl } from '../../bot/serviceUrls.ts';
import { codeOf, CodedError } from '../../src/errors.ts';

type Sent = Parameters<ReturnType<typeof outboundClient>['sendRequest']>[0];

/** As much of the SDK's request as the client reads. */
function aRequest(url: string): Sent {
  return {
    url,
    method: 'POST',
    body: '{}',
    headers: { rawHeaders: () => ({ 'content-type': 'application/json' }) },
  } as unknown as Sent;
}

describe('the way out', () => {
  let server: Server;
  let origin: string;
  let calls: string[];
  let answerWith: { status: number; headers?: Record<string, string>; body?: string };

  beforeEach(async () => {
    calls = [];
    answerWith = { status: 200 };
    server = createServer((request, response) => {
      calls.push(request.url ?? '');
      // Not chained: restify, loaded by other tests, makes writeHead return nothing.
      response.writeHead(answerWith.status, answerWith.headers);
      response.end(answerWith.body ?? '{"id":"1"}');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });

  afterEach(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  it('delivers to this machine and hands back the answer', async () => {
    const response = await outboundClient(isLoopbackUrl).sendRequest(aRequest(`${origin}/v3`));
    assert.equal(response.status, 200);
    assert.equal(response.bodyAsText, '{"id":"1"}');
  });

  for (const status of [408, 429, 500, 503]) {
    it(`makes one attempt when the answer is ${status}`, async () => {
      answerWith = { status };
      await assert.rejects(
        outboundClient(isLoopbackUrl).sendRequest(aRequest(`${origin}/v3`)),
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
      await assert.rejects(outboundClient(isLoopbackUrl).sendRequest(aRequest(`${origin}/v3`)), (error) => {
        assert.ok(error instanceof CodedError);
        assert.deepEqual(refusalIn(error), { status: 403, ...(code === undefined ? {} : { code }) });
        return true;
      });
    });

  it('follows no redirect', async () => {
    answerWith = { status: 302, headers: { location: `${origin}/elsewhere` } };
    await assert.rejects(outboundClient(isLoopbackUrl).sendRequest(aRequest(`${origin}/v3`)));
    assert.deepEqual(calls, ['/v3']);
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
      await assert.rejects(
        outboundClient(isLoopbackUrl).sendRequest(aRequest(url)),
        (error) => codeOf(error) === 'outbound.refused',
      );
    });
  }
});
