import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CodedError } from '../../../src/errors.ts';
import { aDirectory, ASHA, guid, MO, NORTH, ROWAN, type DirectoryBench } from './aDirectory.ts';
import type { Fault } from './graphDouble.ts';

const faultOf = async (work: Promise<unknown>): Promise<CodedError> => {
  try {
    await work;
  } catch (error) {
    assert.ok(error instanceof CodedError, String(error));
    return error;
  }
  return assert.fail('it was answered');
};

describe('asking Microsoft Graph', () => {
  let bench: DirectoryBench;
  const open = async (options?: Parameters<typeof aDirectory>[0]): Promise<void> => {
    bench = await aDirectory(options);
  };
  const failing = (fault: Fault): void => {
    bench.graph.fault = () => fault;
  };
  afterEach(() => bench.close());

  it('costs two requests for somebody not known yet, and none after that', async () => {
    await open();
    await bench.directory.person(ASHA);
    await bench.directory.lastKnown(ASHA);
    await bench.directory.team(NORTH);
    assert.deepEqual(bench.graph.asked.toSorted(), [
      `users/${ASHA}/transitiveMemberOf?$select=id,displayName,resourceProvisioningOptions&$top=999`,
      `users/${ASHA}?$select=id,displayName,jobTitle,companyName,userType,userPrincipalName,accountEnabled&$expand=manager($select=id)`,
    ]);
  });

  it('asks once for a hundred who ask at once', async () => {
    await open();
    const found = await Promise.all(Array.from({ length: 100 }, () => bench.directory.person(ASHA)));
    assert.ok(found.every((person) => person?.id === ASHA));
    assert.equal(bench.graph.asked.length, 2);
  });

  it('shares one sign-in among those who ask at once', async () => {
    let given = 0;
    const getToken = async () => {
      given += 1;
      return { token: 'a-token', expiresOnTimestamp: Date.parse('2030-01-01') };
    };
    await open({ credential: { getToken } });
    await Promise.all([bench.directory.person(ASHA), bench.directory.person(MO), bench.directory.recordsOfficers()]);
    assert.equal(given, 1);
  });

  it('reads every page of a list', async () => {
    await open();
    bench.graph.pageSize = 1;
    assert.deepEqual((await bench.directory.person(ASHA))?.teamIds.length, 2);
    assert.equal((await bench.directory.managersOf(NORTH)).length, 2);
    assert.equal((await bench.directory.reportsOf(MO)).length, 2);
  });

  it('gives up on a list without an end', async () => {
    await open();
    const again = JSON.stringify({ value: [], '@odata.nextLink': `${bench.graph.baseUrl}groups` });
    failing({ status: 200, body: again });
    assert.equal((await faultOf(bench.directory.reportsOf(MO))).code, 'directory.away');
    assert.equal(bench.graph.asked.length, 20);
  });

  for (const [what, fault, code, says] of [
    ['a sign-in that is not accepted', { status: 401 }, 'directory.refused', /MicrosoftAppId/u],
    [
      'a missing permission',
      { status: 403 },
      'directory.refused',
      /must grant it the application permission User\.Read\.All/u,
    ],
    ['a request that it does not understand', { status: 400 }, 'directory.away', /status 400/u],
    ['a fault of its own', { status: 500 }, 'directory.away', /status 500/u],
    ['a closed service', { status: 503 }, 'directory.away', /status 503/u],
    ['words that are no JSON', { status: 200, body: '<html>' }, 'directory.away', /no JSON/u],
    ['nothing', { status: 200, body: '' }, 'directory.away', /no JSON/u],
    ['another shape', { status: 200, body: '{"value":[{"id":5}]}' }, 'directory.away', /another shape/u],
    ['no list', { status: 200, body: '[]' }, 'directory.away', /not a list/u],
    ['more than can be read', { status: 200, body: `"${'x'.repeat(2_000_001)}"` }, 'directory.away', /too long/u],
    ['a broken connection', 'cut', 'directory.away', /TypeError/u],
  ] as const)
    it(`fails with a code at ${what}, and says nothing of the answer`, async () => {
      await open();
      failing(fault);
      const { message, ...error } = await faultOf(bench.directory.reportsOf(MO));
      assert.equal(error.code, code);
      assert.match(message, says);
      assert.doesNotMatch(message, /secret|00000000/u);
    });

  it('names the permission to read groups when that is what is missing', async () => {
    await open();
    bench.graph.fault = (path) => (path.includes('transitive') ? { status: 403 } : undefined);
    assert.match((await faultOf(bench.directory.person(ASHA))).message, /GroupMember\.Read\.All/u);
  });

  it('does not take a group that it may not read for no group', async () => {
    await open();
    bench.graph.groups.forEach((group, at) => {
      bench.graph.groups[at] = { id: group.id, displayName: null, resourceProvisioningOptions: null };
    });
    const { code, message } = await faultOf(bench.directory.person(ASHA));
    assert.equal(code, 'directory.refused');
    assert.match(message, /GroupMember\.Read\.All/u);
  });

  it('does not take an account that it may not read for an open one', async () => {
    await open();
    bench.graph.users[0] = { ...bench.graph.users[0]!, accountEnabled: null };
    assert.match((await faultOf(bench.directory.person(ASHA))).message, /User\.Read\.All/u);
  });

  it('waits no longer than its time-out, and does not have the next one wait', async () => {
    await open({ timeoutMs: 50 });
    failing('hang');
    assert.equal((await faultOf(bench.directory.reportsOf(MO))).code, 'directory.away');
    assert.equal((await faultOf(bench.directory.reportsOf(ASHA))).code, 'directory.away');
    assert.equal(bench.graph.asked.length, 1);
    bench.pass(5_000);
    bench.graph.fault = () => undefined;
    assert.equal((await bench.directory.reportsOf(MO)).length, 2);
  });

  it('asks again when a connection broke that nobody had used for a while', async () => {
    await open();
    let broken = 1;
    bench.graph.fault = () => (broken-- > 0 ? 'cut' : undefined);
    assert.equal((await bench.directory.reportsOf(MO)).length, 2);
  });

  it('asks about others after a request that alone was at fault', async () => {
    await open();
    bench.graph.fault = (path) => (path.includes(MO) ? { status: 400 } : undefined);
    await faultOf(bench.directory.person(MO));
    assert.equal((await bench.directory.person(ASHA))?.id, ASHA);
  });

  for (const after of ['1', 'Mon, 23 Nov 2026 14:05:01 GMT'])
    it(`waits for a short throttling within the turn (${after})`, async () => {
      await open();
      let throttled = 1;
      bench.graph.fault = () => (throttled-- > 0 ? { status: 429, headers: { 'retry-after': after } } : undefined);
      assert.equal((await bench.directory.reportsOf(MO)).length, 2);
      assert.deepEqual(bench.waits, [1_000]);
    });

  for (const status of [429, 503])
    it(`asks nobody's question before a long throttling is over (${status})`, async () => {
      await open();
      failing({ status, headers: { 'retry-after': '120' } });
      assert.equal((await faultOf(bench.directory.reportsOf(MO))).code, 'directory.busy');
      bench.graph.fault = () => undefined;
      bench.pass(118_000);
      assert.equal((await faultOf(bench.directory.person(ASHA))).code, 'directory.busy');
      assert.equal(bench.graph.asked.length, 1);
      assert.deepEqual(bench.waits, []);
      bench.pass(2_000);
      assert.equal((await bench.directory.person(ASHA))?.id, ASHA);
    });

  it('tries a throttled request twice, and no more', async () => {
    await open();
    failing({ status: 429, headers: { 'retry-after': '1' } });
    assert.equal((await faultOf(bench.directory.reportsOf(MO))).code, 'directory.busy');
    assert.equal(bench.graph.asked.length, 2);
  });

  it('is not let in by a credential that is refused, and says which settings to look at', async () => {
    const refused = Object.assign(new Error('AADSTS7000215 for tenant secret'), { name: 'AuthenticationError' });
    await open({ credential: { getToken: () => Promise.reject(refused) } });
    const { code, message } = await faultOf(bench.directory.person(ASHA));
    assert.equal(code, 'directory.refused');
    assert.match(message, /MicrosoftAppPassword/u);
    assert.doesNotMatch(message, /secret/u);
    assert.equal(bench.graph.asked.length, 0);
  });

  it('gives up on a credential that never answers', async () => {
    await open({ timeoutMs: 50, credential: { getToken: () => new Promise(() => undefined) } });
    assert.equal((await faultOf(bench.directory.person(ASHA))).code, 'directory.away');
  });

  it('has the sign-in made anew after one that was not accepted', async () => {
    const tokens = ['an-old-token', 'a-token'];
    const getToken = async () => ({ token: tokens.shift() ?? '', expiresOnTimestamp: Date.parse('2030-01-01') });
    await open({ credential: { getToken } });
    assert.equal((await faultOf(bench.directory.reportsOf(MO))).code, 'directory.refused');
    assert.equal((await bench.directory.reportsOf(MO)).length, 2);
  });

  it('checks at the start that it may read, and that there are the groups', async () => {
    await open();
    await bench.check();
    bench.graph.groups.splice(
      bench.graph.groups.findIndex(({ id }) => id === guid('f2')),
      1,
    );
    assert.match((await faultOf(bench.check())).message, /^MANAGERS_GROUP should be a group/u);
  });

  describe('to look elsewhere', () => {
    let elsewhere: Server;
    let reached = 0;
    beforeEach(async () => {
      reached = 0;
      elsewhere = createServer((_request, response) => response.end('{"value":[]}'));
      elsewhere.on('connection', () => (reached += 1));
      await new Promise<void>((resolve) => elsewhere.listen(0, '127.0.0.1', resolve));
    });
    afterEach(() => new Promise((resolve) => elsewhere.close(resolve)));
    const portOf = (): number => (elsewhere.address() as AddressInfo).port;

    it('opens no socket for a redirect', async () => {
      await open();
      failing({ status: 302, headers: { location: `http://127.0.0.1:${portOf()}/v1.0/users` } });
      assert.equal((await faultOf(bench.directory.reportsOf(MO))).code, 'directory.away');
      assert.equal(reached, 0);
    });

    for (const [what, link] of [
      ['another port', (own: URL, port: number) => `http://127.0.0.1:${port}${own.pathname}users`],
      ['another host', (own: URL, port: number) => `http://localhost:${port}${own.pathname}users`],
      ['another scheme', (own: URL) => `https://${own.host}${own.pathname}users`],
      ['a name in the address', (own: URL) => `http://me:secret@${own.host}${own.pathname}users`],
      ['a host that begins alike', (own: URL) => `http://${own.host}.example${own.pathname}users`],
      ['another version', (own: URL) => `${own.origin}/beta/users`],
      ['a way up', (own: URL) => `${own.href}../beta/users`],
      ['a path alone', (own: URL) => `${own.pathname}users`],
      ['a file', () => 'file:///etc/passwd'],
    ] as const)
      it(`takes no next page from ${what}`, async () => {
        await open();
        const next = link(new URL(bench.graph.baseUrl), portOf());
        failing({ status: 200, body: JSON.stringify({ value: [], '@odata.nextLink': next }) });
        const { code, message } = await faultOf(bench.directory.reportsOf(MO));
        assert.equal(code, 'directory.away');
        assert.match(message, /a page elsewhere/u);
        assert.deepEqual([reached, bench.graph.asked.length], [0, 1]);
      });
  });

  it('is never asked a name that is no name', async () => {
    await open();
    for (const name of ['', ' ', '*', "'"]) await bench.directory.personNamed(name);
    assert.deepEqual(bench.graph.asked, []);
  });

  it('asks for a name with a quotation mark as for a name', async () => {
    await open();
    await bench.directory.personNamed("x' or accountEnabled eq true or displayName eq 'x");
    const [asked = ''] = bench.graph.asked;
    assert.match(asked, /displayName eq 'x'' or accountenabled eq true or displayname eq ''x'/u);
  });

  it('remembers for ten minutes who is there, and for one who is not', async () => {
    await open();
    const countOf = async (id: string): Promise<number> => {
      const before = bench.graph.asked.length;
      await bench.directory.person(id);
      return bench.graph.asked.length - before;
    };
    assert.deepEqual([await countOf(ROWAN), await countOf(guid('99'))], [2, 2]);
    bench.pass(59_999);
    assert.deepEqual([await countOf(ROWAN), await countOf(guid('99'))], [0, 0]);
    bench.pass(1);
    assert.deepEqual([await countOf(ROWAN), await countOf(guid('99'))], [0, 2]);
    bench.pass(9 * 60_000);
    assert.deepEqual([await countOf(ROWAN), await countOf(guid('99'))], [2, 2]);
  });

  it('takes no answer for young because the clock was set back', async () => {
    await open();
    await bench.directory.person(ASHA);
    bench.pass(-60_000);
    await bench.directory.person(ASHA);
    assert.equal(bench.graph.asked.length, 4);
  });
});
