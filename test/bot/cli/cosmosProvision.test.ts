import assert from 'node:assert/strict';
import sinon from 'sinon';
import { cosmosProvision } from '../../../bot/cli/cosmosProvision.ts';
import { startCosmosDouble, type CosmosDouble } from '../../cosmos/cosmosDouble.ts';

describe('cosmos:provision', () => {
  let double: CosmosDouble;
  before(async () => {
    double = await startCosmosDouble();
  });
  after(() => double.close());
  afterEach(() => {
    sinon.restore();
  });

  async function run(env: Readonly<Record<string, string>>) {
    const [log, error] = [sinon.stub(console, 'log'), sinon.stub(console, 'error')];
    const code = await cosmosProvision({ STORE: 'cosmos', COSMOS_ENDPOINT: double.endpoint, COSMOS_KEY: double.key, ...env }); // prettier-ignore
    const said = log.args.flat().map(String);
    sinon.restore();
    return { code, said, refused: error.args.flat().map(String) };
  }

  it('makes each container once, and says so', async () => {
    const first = await run({});
    assert.equal(first.code, 0);
    assert.ok(first.said.includes('cases: made'), first.said.join());
    const second = await run({});
    assert.equal(second.code, 0);
    assert.ok(second.said.includes('cases: there already'), second.said.join());
    assert.deepEqual([...first.refused, ...second.refused], []);
  });

  it('says in one sentence what it lacks', async () => {
    for (const [env, says] of [
      [{ COSMOS_ENDPOINT: '' }, /^COSMOS_ENDPOINT should /u],
      [{ COSMOS_KEY: Buffer.alloc(64).toString('base64') }, /COSMOS_KEY/u],
    ] as const) {
      const { code, refused } = await run(env);
      assert.equal(code, 2);
      assert.equal(refused.length, 1);
      assert.match(refused.join(), says);
    }
  });
});
