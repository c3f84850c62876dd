import assert from 'node:assert/strict';
import { request } from 'node:http';
import restify from 'restify';
import { localGuard } from '../../../bot/local/guard.ts';

type Answer = { readonly status: number; readonly body: unknown };

describe('the guard of local mode', () => {
  let server: restify.Server;
  let port: number;
  before((done) => {
    server = restify.createServer();
    server.pre(localGuard);
    const answer = (_request: restify.Request, response: restify.Response, next: restify.Next): void => {
      response.send(200, {});
      next();
    };
    server.get('/', answer);
    server.post('/', answer);
    server.listen(0, '127.0.0.1', () => {
      port = server.address().port; // listening on TCP, so it is not a pipe's name
      done();
    });
  });
  after((done) => {
    server.close(done);
  });

  // Node's fetch may not set Host or Origin, so the request is made by hand.
  function ask(method: string, headers: Readonly<Record<string, string>>): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const call = request({ host: '127.0.0.1', port, method, headers, agent: false }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, body: JSON.parse(Buffer.concat(chunks).toString()) }),
        );
      });
      call.on('error', reject);
      call.end(method === 'POST' ? '{}' : undefined);
    });
  }

  const refused = (status: number, code: string): Answer => ({ status, body: { code } });

  for (const host of ['127.0.0.1', 'localhost:3978', '[::1]:3978', 'LOCALHOST']) {
    it(`lets the host ${host} in`, async () => {
      assert.equal((await ask('GET', { host })).status, 200);
    });
  }

  for (const host of ['sharing.example', '127.0.0.1.sharing.example', '192.168.0.4:3978', 'localhost.']) {
    it(`refuses the host "${host}"`, async () => {
      assert.deepEqual(await ask('GET', { host }), refused(403, 'HOST_NOT_LOCAL'));
    });
  }

  it('lets its own page in', async () => {
    const headers = { host: 'localhost:3978', origin: 'http://localhost:3978', 'sec-fetch-site': 'same-origin' };
    assert.equal((await ask('POST', { ...headers, 'content-type': 'application/json' })).status, 200);
  });

  for (const origin of [
    'http://sharing.example',
    'http://localhost:4000',
    'https://localhost:3978',
    'http://127.0.0.1:3978',
    'null',
  ]) {
    it(`refuses the origin ${origin}`, async () => {
      assert.deepEqual(await ask('GET', { host: 'localhost:3978', origin }), refused(403, 'ORIGIN_FOREIGN'));
    });
  }

  it('refuses what a browser says comes from another site', async () => {
    assert.deepEqual(
      await ask('GET', { host: 'localhost', 'sec-fetch-site': 'cross-site' }),
      refused(403, 'ORIGIN_FOREIGN'),
    );
  });

  for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'application/jsonp', 'multipart/form-data']) {
    it(`refuses a body of the kind ${type}`, async () => {
      assert.deepEqual(await ask('POST', { host: 'localhost', 'content-type': type }), refused(415, 'BODY_NOT_JSON'));
    });
  }

  it('refuses a body of no kind', async () => {
    assert.deepEqual(await ask('POST', { host: 'localhost' }), refused(415, 'BODY_NOT_JSON'));
  });

  it('takes JSON with a character set', async () => {
    assert.equal(
      (await ask('POST', { host: 'localhost', 'content-type': 'application/json; charset=utf-8' })).status,
      200,
    );
  });
});
