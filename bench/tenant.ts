import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { aKeyPair, anIssuer, published, signed } from '../test/bot/inTenant/anIssuer.ts';
import { APP_ID, aTenantWire, TENANT_ENV } from '../test/bot/inTenant/aTenant.ts';
import { CONTACT, RECIPIENT } from './aDraftToPress.ts';
import { startBenched, type BenchedBot } from './benchedBot.ts';
import { pressFor, type Presser } from './pressing.ts';
import { median } from './quantiles.ts';

/**
 * Measures the whole bot as it runs in a tenant against the bot that the documentation of the SDK builds: presses, which ours
 * saves durably and the other does not save at all, and `help`, which both answer with a card that they send to Teams. Both
 * check real tokens by the same issuer on this machine. They take turns, so that a slow moment meets both. Ends with exit code
 * 1 when a press is slower than theirs, or `help` not half as fast again.
 *
 * What remains of a press is the durable commit, for which the event loop waits (15 to 25 in 100 of the time where the disk
 * is busy, shared by the presses that came in meanwhile), sealing and laying out the draft: where others use the disk or the
 * processors, its rate falls below theirs, which save nothing. Of `help` it is writing to two sockets, and the card as JSON.
 * The processor time that is printed beside the rates depends less on what else the machine does.
 * Source: issue “In a real tenant”, figures.
 */
const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '7' },
    seconds: { type: 'string', default: '2' },
    only: { type: 'string' },
  },
});
const rounds = Number(values.rounds);
const ms = Number(values.seconds) * 1_000;
const CONNECTIONS = 16;
const WARM_UP = 6_000;
const ACTIVITY_ID = '«id»';

type What = 'press' | 'help';
const ASKED: readonly What[] =
  values.only === undefined ? ['press', 'help'] : [values.only === 'help' ? 'help' : 'press'];
const AT_LEAST: Readonly<Record<What, number>> = { press: 1.0, help: 1.5 };

interface Side {
  readonly name: string;
  readonly bot: BenchedBot;
  readonly pressers: Readonly<Record<What, readonly Presser[]>>;
  readonly perSecond: Record<What, number[]>;
  readonly cpuMs: Record<What, number>;
  readonly asked: Record<What, number>;
}

/** The last draft that the bot sent a form of. */
let draftId: string | undefined;
let activities = 0;
const folder = mkdtempSync(join(tmpdir(), 'sharing-log-bench-'));
const key = aKeyPair('key-of-teams');
const issuer = await anIssuer([published(key, ['msteams'])]);
const connector = await aConnector();
const origin = `http://127.0.0.1:${(connector.address() as AddressInfo).port}`; // it listens on TCP
const sides: Side[] = [];
try {
  sides.push(await ours(), await stock());
  for (const what of ASKED) for (const side of sides) await pressFor(side.bot.port, side.pressers[what], { ms: 60_000, presses: WARM_UP }); // prettier-ignore
  for (let round = 0; round < rounds; round += 1)
    for (const what of ASKED) for (const side of round % 2 === 0 ? sides : sides.toReversed()) await play(side, what);
  report();
} finally {
  for (const { bot } of sides) await bot.stop();
  await issuer.close();
  connector.closeAllConnections();
  connector.close();
  rmSync(folder, { recursive: true });
}

async function ours(): Promise<Side> {
  const bot = await startBenched([...nodeArgs(), 'bench/tenantBot.ts'], {
    ...{ ...TENANT_ENV, PORT: '0', NO_RATES: 'yes' },
    ...{ DATA_DIR: join(folder, 'data'), KEY_FILE: join(folder, 'data.key') },
    ...{ ISSUER_URL: issuer.url, CONNECTOR_ORIGIN: origin },
  });
  const wire = aTenantWire(key, bot.port);
  const head = headOf(wire.token());
  const drafts: Presser[] = [];
  for (let made = 0; made < CONNECTIONS; made += 1) drafts.push({ ...(await aDraft(wire)), head });
  return sideOf('Sharing Log', bot, drafts, helpers(wire, head));
}

async function stock(): Promise<Side> {
  const bot = await startBenched(['bench/stockBot.ts'], { ISSUER_URL: issuer.url, APP_ID });
  const wire = aTenantWire(key, bot.port);
  const serviceUrl = `${origin}/`;
  const head = headOf(signed(wire.header(), wire.claims({ serviceurl: serviceUrl }), key));
  const data = { draftId: '0'.repeat(26), section: 'recipient', revision: 2, ...RECIPIENT };
  const press = template(wire.anInvoke({ type: 'Action.Execute', verb: 'draft.next', data }, { serviceUrl }));
  const presser = { nextBody: () => press(), expected: 'What stands under Telephone', head };
  return sideOf('Stock bot, saves nothing', bot, Array<Presser>(CONNECTIONS).fill(presser), helpers(wire, head, serviceUrl)); // prettier-ignore
}

function sideOf(name: string, bot: BenchedBot, press: readonly Presser[], help: readonly Presser[]): Side {
  const none = { press: 0, help: 0 };
  return {
    ...{ name, bot, pressers: { press, help } },
    ...{ perSecond: { press: [], help: [] }, cpuMs: { ...none }, asked: { ...none } },
  };
}

/** With PROFILE, what ours does is written down for `node --cpu-prof`. */
function nodeArgs(): readonly string[] {
  return process.env.PROFILE === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${process.env.PROFILE}`];
}

function headOf(token: string): string {
  return `Authorization: Bearer ${token}\r\n`;
}

function helpers(wire: ReturnType<typeof aTenantWire>, head: string, serviceUrl?: string): readonly Presser[] {
  const message = template(wire.aMessage('help', serviceUrl === undefined ? {} : { serviceUrl }));
  return Array<Presser>(CONNECTIONS).fill({ nextBody: () => message(), expected: 'HTTP/1.1 200', head });
}

/** Writes an activity again and again, each time with an id of its own, as the gate wants it. */
function template(activity: object): (fill?: (text: string) => string) => string {
  const [before = '', after = ''] = JSON.stringify({ ...activity, id: ACTIVITY_ID }).split(ACTIVITY_ID);
  return (fill = (text) => text) => fill(`${before}b:${(activities += 1)}${after}`);
}

/** A draft on its second card. Each press names the next revision, so that an answer without a save would not be as expected. */
async function aDraft(wire: ReturnType<typeof aTenantWire>): Promise<Presser> {
  draftId = undefined;
  await wire.deliver(wire.aMessage('record share', { id: `b:${(activities += 1)}` }));
  const made = draftId as string | undefined; // set by the connector meanwhile
  if (made === undefined) throw new Error('The bot sent no form.');
  const action = (data: object): object => ({ type: 'Action.Execute', verb: 'draft.next', data });
  const first = wire.anInvoke({ ...action({ draftId: made, section: 'contact', revision: 1, ...CONTACT }) }, { id: `b:${(activities += 1)}` }); // prettier-ignore
  const { text } = await wire.deliver(first);
  if (!text.includes('Who received it')) throw new Error(`An unexpected answer: ${text.slice(0, 300)}`);
  const data = { draftId: made, section: 'recipient', revision: '«revision»', ...RECIPIENT };
  const press = template(wire.anInvoke({ ...action(data) }));
  let revision = 1;
  return {
    nextBody: () => press((text) => text.replace('"«revision»"', String((revision += 1)))),
    expected: 'at least 3 digits',
  };
}

async function play(side: Side, what: What): Promise<void> {
  const before = side.bot.cpuMs();
  const done = await pressFor(side.bot.port, side.pressers[what], { ms, presses: Number.POSITIVE_INFINITY });
  side.cpuMs[what] += side.bot.cpuMs() - before;
  side.asked[what] += done.presses;
  side.perSecond[what].push(done.perSecond);
}

function report(): void {
  for (const what of ASKED) {
    console.log(what === 'press' ? 'Presses a second' : '“help” a second');
    for (const { name, perSecond, cpuMs, asked } of sides) {
      const [all, middle] = [perSecond[what].map((each) => each.toFixed(0)).join(' '), median(perSecond[what])];
      console.log(`  ${name}: median ${middle.toFixed(0)} of ${all}; processor time ${((cpuMs[what] * 1000) / asked[what]).toFixed(0)} µs each`); // prettier-ignore
    }
    const [own = Number.NaN, theirs = Number.NaN] = sides.map(({ perSecond }) => median(perSecond[what]));
    const [ownMs = 0, theirMs = 0] = sides.map(({ cpuMs, asked }) => cpuMs[what] / asked[what]);
    console.log(`  processor time ${(ownMs / theirMs).toFixed(2)} of theirs`);
    const isEnough = own / theirs >= AT_LEAST[what];
    console.log(`  ratio ${(own / theirs).toFixed(2)}, to be ${AT_LEAST[what].toFixed(1)} at least: ${isEnough ? 'passes' : 'falls short'}`); // prettier-ignore
    if (!isEnough) process.exitCode = 1;
  }
}

/** Teams, for both: takes every message. */
async function aConnector(): Promise<Server> {
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
    request.on('end', () => {
      draftId = /"draftId":"([0-9A-Z]{26})"/u.exec(body)?.[1] ?? draftId;
      response.setHeader('Content-Type', 'application/json');
      response.end('{"id":"1"}');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}
