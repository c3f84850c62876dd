import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { randomBytes } from 'node:crypto';
import type { AppInstalls } from '../../../bot/appInstalls.ts';
import { exchange } from '../../../bot/exchange.ts';
import { RATES } from '../../../bot/gate.ts';
import { fileDirectory } from '../../../bot/local/fileDirectory.ts';
import { loadPeople } from '../../../bot/local/people.ts';
import { personalPlace } from '../../../bot/local/places.ts';
import {
  cardInvokeActivity,
  installationActivities,
  messageActivity,
  type ActivityContext,
} from '../../../bot/local/teamsActivities.ts';
import { createLog, personHash } from '../../../bot/log.ts';
import { createMetrics } from '../../../bot/metrics.ts';
import { openStore } from '../../../bot/openStore.ts';
import { startProduction, type Outside, type RunningInTenant } from '../../../bot/productionStart.ts';
import { readProductionSettings } from '../../../bot/productionSettings.ts';
import { refusalLog } from '../../../bot/refusalLog.ts';
import { makeFolder } from '../../../bot/starting.ts';
import { keptLog } from '../../loggedLines.ts';
import { aFolder, PEOPLE, removeFolder, TENANT } from '../../journeys/aBot.ts';
import { storeSettings } from '../../journeys/aStore.ts';
import { aKeyPair, anIssuer, published, signed, type Fields, type Issuer, type KeyPair } from './anIssuer.ts';

export const APP_ID = '7d1f2c40-0000-4000-8000-a99000000001';
export const SERVICE_URL = 'https://smba.trafficmanager.net/emea/';
export const PEOPLE_FILE = fileURLToPath(new URL('../../../bot/local/people.default.json', import.meta.url));

/** The settings of a bot in a tenant that has everything it needs. */
export const TENANT_ENV: Readonly<Record<string, string>> = {
  MicrosoftAppType: 'SingleTenant',
  MicrosoftAppId: APP_ID,
  MicrosoftAppTenantId: TENANT,
  MicrosoftAppPassword: 'a-secret-of-the-tests',
  DIRECTORY: 'file',
  PEOPLE_FILE,
};

export interface Answered {
  readonly status: number;
  readonly text: string;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
}

/** What the bot sent to Teams. */
export interface Sent {
  readonly url: string;
  readonly authorization: string;
  readonly requestId: unknown;
  readonly body: string;
}

/** A bot in a tenant of its own on this machine, with an issuer of tokens and a connector. */
export interface Tenant {
  readonly issuer: Issuer;
  readonly key: KeyPair;
  readonly dataDir: string;
  readonly bot: RunningInTenant;
  readonly logged: readonly string[];
  /** Why requests were turned away, one after the other. */
  readonly reasons: readonly string[];
  readonly sent: readonly Sent[];
  /** What Teams answers to what the bot sends, where it does not take it. */
  readonly teams: Teams;
  /** How often somebody was looked up: every turn of a person begins with that. */
  readonly turns: () => number;
  /** Claims that are right, with changes. */
  readonly claims: (changes?: Fields) => Fields;
  /** A header of a token that is right, with changes. */
  readonly header: (changes?: Fields) => Fields;
  /** A token that is right but for the changes in its claims. */
  readonly token: (changes?: Fields) => string;
  /** What Teams would send: each with an id of its own. */
  readonly aMessage: (text?: string, changes?: Fields) => Fields;
  readonly anInvoke: (action: Fields, changes?: Fields) => Fields;
  readonly anInstallation: (changes?: Fields) => Fields;
  /** Sends a body with these headers, in pairs; as often as they are given. */
  readonly post: (body: string, headers: readonly string[]) => Promise<Answered>;
  /** Sends an activity as Teams does, with a token that is right for it unless another is given. */
  readonly deliver: (activity: Fields, token?: string) => Promise<Answered>;
  close(): Promise<void>;
}

const MANY = { atOnce: 1_000_000, perSecond: 1_000_000 };

/** Starts one. Nobody is held up by rates unless `instead` says so. */
export async function aTenant(
  instead: Partial<Outside> = {},
  env: Readonly<Record<string, string>> = {},
  installs?: AppInstalls,
): Promise<Tenant> {
  const key = aKeyPair('key-of-teams');
  const issuer = await anIssuer([published(key, ['msteams', 'skype'])]);
  const connector = await aConnector();
  const dataDir = aFolder();
  makeFolder(dataDir);
  const settings = readProductionSettings({
    ...{ ...TENANT_ENV, PORT: '0', DATA_DIR: dataDir, KEY_FILE: `${dataDir}.key` },
    ...(await storeSettings(dataDir)),
    ...env,
  });
  const { lines: logged, write } = keptLog();
  const reasons: string[] = [];
  let turns = 0;
  const directory = fileDirectory(loadPeople(PEOPLE_FILE));
  const counted: typeof directory = { ...directory, lastKnown: (id) => ((turns += 1), directory.lastKnown(id)) };
  const metrics = createMetrics();
  const random = { bytes: (length: number) => randomBytes(length) };
  const opened = await openStore(settings.settings, { tenantId: TENANT, random, observe: metrics.requested });
  const log = createLog({ write, hash: personHash(opened.keys), dropped: metrics.dropped });
  const logRefusal = refusalLog(log, Date.now);
  const bot = await startProduction(settings, {
    opened,
    directory: { directory: counted, check: async () => undefined },
    installs,
    metrics,
    log,
    instead: {
      openIdUrl: issuer.url,
      deliver: (one) => exchange({ ...one, url: one.url.replace('https://smba.trafficmanager.net', connector.origin) }),
      tokens: { getToken: async () => ({ token: 'a-token-for-teams', expiresOnTimestamp: Date.now() + 3_600_000 }) },
      rates: { ...RATES, person: MANY, badTokens: MANY },
      refused(reason) {
        reasons.push(reason);
        logRefusal(reason);
      },
      host: '127.0.0.1',
      wait: async () => undefined,
      ...instead,
    },
  });
  const wire = aTenantWire(key, bot.port);
  return {
    ...wire,
    ...{ issuer, key, dataDir, bot, logged, reasons, sent: connector.sent, teams: connector.teams },
    turns: () => turns,
    async close() {
      await bot.close();
      await issuer.close();
      await connector.close();
      removeFolder(dataDir);
    },
  };
}

type TenantWire = Pick<
  Tenant,
  'claims' | 'header' | 'token' | 'aMessage' | 'anInvoke' | 'anInstallation' | 'post' | 'deliver'
>;

/** What Teams does: writes tokens and activities, and sends them to this port. */
export function aTenantWire(key: KeyPair, port: number): TenantWire {
  let activities = 0;
  const next = (): ActivityContext => aContext(`f:${(activities += 1)}`);
  const recipient = { id: `28:${APP_ID}`, name: 'Sharing Log' };
  const claims: Tenant['claims'] = (changes = {}) => {
    const nowS = Math.floor(Date.now() / 1000);
    const times = { nbf: nowS - 60, exp: nowS + 3_600 };
    return { iss: 'https://api.botframework.com', aud: APP_ID, serviceurl: SERVICE_URL, ...times, ...changes };
  };
  const header: Tenant['header'] = (changes = {}) => ({
    alg: 'RS256',
    kid: key.kid,
    x5t: key.kid,
    typ: 'JWT',
    ...changes,
  });
  const token: Tenant['token'] = (changes) => signed(header(), claims(changes), key);
  const post: Tenant['post'] = (body, headers) => postRaw(port, body, headers);
  return {
    ...{ claims, header, token, post },
    aMessage: (text = 'help', changes = {}) => ({ ...messageActivity(next(), text), recipient, ...changes }),
    anInvoke(action, changes = {}) {
      const press = { activityId: '1700000000000', action, trigger: 'manual' as const };
      return { ...cardInvokeActivity(next(), press), recipient, ...changes };
    },
    anInstallation: (changes = {}) => ({
      ...installationActivities(next(), ['f:0', `f:${activities}`])[1],
      recipient,
      ...changes,
    }),
    deliver: (activity, given = token({ serviceurl: activity.serviceUrl })) =>
      post(JSON.stringify(activity), ['Content-Type', 'application/json', 'Authorization', `Bearer ${given}`]),
  };
}

function aContext(id: string): ActivityContext {
  const people = loadPeople(undefined);
  const person = people.people.find((one) => one.id === PEOPLE.priya)!;
  const now = new Date().toISOString();
  return { id, person, place: personalPlace(person), tenantId: TENANT, serviceUrl: SERVICE_URL, now };
}

function postRaw(port: number, body: string, headers: readonly string[]): Promise<Answered> {
  return new Promise((resolve, reject) => {
    const length = ['Content-Length', String(Buffer.byteLength(body)), 'Host', `127.0.0.1:${port}`];
    const options = {
      port,
      host: '127.0.0.1',
      path: '/api/messages',
      method: 'POST',
      headers: [...headers, ...length],
    };
    const sending = request(options, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => (text += chunk));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text, headers: response.headers }));
    });
    sending.on('error', reject);
    sending.end(body);
  });
}

/** A refusal of Teams, with what stands in its body. */
export interface TeamsAnswer {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Teams {
  answer: (sent: Sent) => TeamsAnswer | undefined;
}

interface Connector {
  readonly teams: Teams;
  readonly origin: string;
  readonly sent: Sent[];
  close(): Promise<void>;
}

/** The connector of Teams, on this machine: takes everything, unless a test has it answer otherwise. */
async function aConnector(): Promise<Connector> {
  const sent: Sent[] = [];
  const teams: Teams = { answer: () => undefined };
  const server: Server = createServer((incoming, response) => {
    let body = '';
    incoming.on('data', (chunk: Buffer) => (body += chunk.toString()));
    incoming.on('end', () => {
      const { authorization = '', 'x-ms-client-request-id': requestId } = incoming.headers;
      const one = { url: incoming.url ?? '', authorization, requestId, body };
      sent.push(one);
      const refusal = teams.answer(one);
      response.statusCode = refusal?.status ?? 200;
      for (const [name, value] of Object.entries(refusal?.headers ?? {})) response.setHeader(name, value);
      response.setHeader('Content-Type', 'application/json');
      response.end(JSON.stringify(refusal?.body ?? { id: `1:${sent.length}` }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo; // it listens on TCP
  return {
    origin: `http://127.0.0.1:${port}`,
    ...{ sent, teams },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
