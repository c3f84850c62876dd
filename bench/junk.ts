import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { aKeyPair, anIssuer, published } from '../test/bot/inTenant/anIssuer.ts';
import { aTenantWire, TENANT_ENV } from '../test/bot/inTenant/aTenant.ts';
import { PEOPLE } from '../test/journeys/aBot.ts';
import { startBenched, type BenchedBot } from './benchedBot.ts';
import { pourJunk, type Junk, type Origin } from './junkTokens.ts';
import { quantile } from './quantiles.ts';

/**
 * Measures how people are answered while bad tokens pour in as fast as they are refused, and what the bot holds in memory:
 * first without any, then from ever new addresses, then through the same address as the people. Ends with exit code 1 when
 * somebody was not answered, or 99 in 100 not within a second.
 */
const { values } = parseArgs({ options: { seconds: { type: 'string', default: '10' } } });
const DURATION_MS = Number(values.seconds) * 1000;
const CONNECTIONS = 32;
/** Below what one person may send. */
const BETWEEN_MESSAGES_MS = 300;
/** What the bot may hold beside code and buffers: what grew with the junk would end it. */
const HEAP_MB = 192;
const P99_AT_MOST_MS = 1_000;
const PEOPLES_ADDRESS = '198.51.100.1';

const folder = mkdtempSync(join(tmpdir(), 'sharing-log-bench-'));
const key = aKeyPair('key-of-teams');
const issuer = await anIssuer([published(key, ['msteams'])]);
const connector = createServer((request, response) => {
  request.resume().on('end', () => response.end('{"id":"1"}'));
});
await new Promise<void>((resolve) => connector.listen(0, '127.0.0.1', resolve));
const { port: connectorPort } = connector.address() as AddressInfo; // it listens on TCP
let bot: BenchedBot | undefined;
try {
  bot = await startBenched([`--max-old-space-size=${HEAP_MB}`, 'bench/tenantBot.ts'], {
    ...TENANT_ENV,
    ...{ PORT: '0', DATA_DIR: join(folder, 'data'), KEY_FILE: join(folder, 'data.key'), TRUSTED_PROXIES: '1' },
    ...{ ISSUER_URL: issuer.url, CONNECTOR_ORIGIN: `http://127.0.0.1:${connectorPort}` },
  });
  const wire = aTenantWire(key, bot.port);
  await measure('No junk', bot, wire);
  await measure('Junk from ever new addresses, and a new token with every message', bot, wire, 'everywhere');
  await measure('Junk through the address of the people', bot, wire, { address: PEOPLES_ADDRESS });
} finally {
  await bot?.stop();
  await issuer.close();
  connector.closeAllConnections();
  connector.close();
  rmSync(folder, { recursive: true });
}

async function measure(
  name: string,
  running: BenchedBot,
  wire: ReturnType<typeof aTenantWire>,
  origin?: Origin,
): Promise<void> {
  const until = performance.now() + DURATION_MS;
  const isOver = (): boolean => performance.now() >= until;
  const before = running.rssMb();
  let highest = before;
  const watching = setInterval(() => (highest = Math.max(highest, running.rssMb())), 250);
  const parts = { header: wire.header(), claims: wire.claims(), connections: CONNECTIONS };
  const pouring = origin === undefined ? { answers: {} } : pourJunk(running.port, { ...parts, origin }, isOver);
  const keptToken = wire.token();
  const isNewEachTime = origin === 'everywhere';
  const told = Object.values(PEOPLE).map((id) => talk(wire, id, isNewEachTime ? undefined : keptToken, isOver));
  const [junk, ...latencies] = await Promise.all([pouring, ...told]);
  clearInterval(watching);
  report(name, junk, Float64Array.from(latencies.flat()).sort(), [before, highest, running.rssMb()]);
}

/** Somebody who begins a record again and again; resolves with how long each answer took, in milliseconds. */
async function talk(
  wire: ReturnType<typeof aTenantWire>,
  personId: string,
  keptToken: string | undefined,
  isOver: () => boolean,
): Promise<readonly number[]> {
  const latencies: number[] = [];
  for (let count = 0; !isOver(); count += 1) {
    const from = { id: `29:${personId}`, aadObjectId: personId };
    const conversation = { ...(wire.aMessage().conversation as object), id: `a:1${personId}` }; // the builder made it
    const body = JSON.stringify(wire.aMessage(count % 2 === 0 ? 'help' : 'record share', { from, conversation }));
    const token = keptToken ?? wire.token({ count });
    const headers = ['Content-Type', 'application/json', 'X-Forwarded-For', PEOPLES_ADDRESS];
    const at = performance.now();
    const answer = await wire.post(body, [...headers, 'Authorization', `Bearer ${token}`]);
    latencies.push(performance.now() - at);
    if (answer.status !== 200) {
      console.error(`Somebody was answered ${answer.status}.`);
      process.exitCode = 1;
    }
    await pause(BETWEEN_MESSAGES_MS);
  }
  return latencies;
}

function report(
  name: string,
  { answers }: Junk,
  latencies: Float64Array,
  [before, highest, after]: readonly number[],
): void {
  const junk = Object.values(answers).reduce((sum, count) => sum + count, 0);
  const p99 = quantile(latencies, 0.99);
  console.log(name);
  console.log(`  junk ${(junk / (DURATION_MS / 1000)).toFixed(0)} a second, answered ${JSON.stringify(answers)}`);
  console.log(`  ${latencies.length} messages of people: p50 ${quantile(latencies, 0.5).toFixed(1)} ms, p99 ${p99.toFixed(1)} ms`); // prettier-ignore
  const [first, most, last] = [before, highest, after].map((mb) => (mb ?? Number.NaN).toFixed(0));
  console.log(`  memory ${first ?? ''} MB before, ${most ?? ''} MB at most, ${last ?? ''} MB after`);
  if (!(p99 < P99_AT_MOST_MS)) process.exitCode = 1;
}
