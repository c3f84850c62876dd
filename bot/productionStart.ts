import type { Clock } from '../src/ports.ts';
import { tenantAdapter } from './adapter.ts';
import { backgroundWork } from './backgroundWork.ts';
import { inRealTime, type Wait } from './waiting.ts';
import { connectorToken, tokenSourceOf, type TokenSource } from './botTokens.ts';
import type { OpenedDirectory } from './directory/openDirectory.ts';
import { ending } from './ending.ts';
import { exchange, type Exchange } from './exchange.ts';
import { RATES, tenantGate, type Gate } from './gate.ts';
import type { AppInstalls } from './appInstalls.ts';
import type { Log } from './log.ts';
import type { Metrics } from './metrics.ts';
import type { OpenedStore } from './openStore.ts';
import type { Fetch } from './outbound.ts';
import type { ProductionSettings } from './productionSettings.ts';
import { refusalLog } from './refusalLog.ts';
import type { RefusalReason } from './refusalReasons.ts';
import { createServer } from './server.ts';
import { TEAMS_SERVICE_URL, teamsUrls, type IsAllowedUrl } from './serviceUrls.ts';
import type { Services } from './services.ts';
import { sharingBot } from './sharingBot.ts';
import { signingKeys, TEAMS_OPENID_URL } from './signingKeys.ts';
import { counted, standing } from './standing.ts';
import { listen } from './starting.ts';
import { tokenCheck } from './tokenCheck.ts';
import { timed } from './turnTimes.ts';

/** What a bot in a tenant is given beside its settings. */
export interface Given {
  readonly opened: Pick<OpenedStore, 'stores' | 'keys'>;
  readonly directory: OpenedDirectory;
  readonly log: Log;
  readonly metrics: Metrics;
  /** Gives the app to those who must be told; left out where that is not set up. */
  readonly installs?: AppInstalls | undefined;
  /** What stands in the place of Microsoft's services and of the machine's time; for tests and benches. */
  readonly instead?: Partial<Outside>;
}

/** Everything outside the process that a bot in a tenant goes by. */
export interface Outside {
  readonly openIdUrl: string;
  /** How the keys of the tokens' issuer are asked for. */
  readonly send: Fetch;
  /** How messages and questions go to the connector. */
  readonly deliver: Exchange;
  /** Where the bot's own tokens come from. */
  readonly tokens: TokenSource;
  readonly rates: typeof RATES;
  /** Hears why a request was turned away. */
  readonly refused: (reason: RefusalReason) => void;
  /** The address to listen on; every one of the machine when it is left out. */
  readonly host: string | undefined;
  readonly nowMs: () => number;
  readonly wait: Wait;
}

/** A bot that is running in a tenant. */
export interface RunningInTenant {
  readonly port: number;
  readonly services: Services;
  /** Ends the turns under way, then everything, and closes the store. */
  close(): Promise<void>;
}

/**
 * Starts the bot in a tenant; resolves when it listens. TLS ends before it: it speaks HTTP to the proxy in front.
 * Throws `CodedError` with one sentence; nothing is left running then, and the store is closed.
 */
export async function startProduction(settings: ProductionSettings, given: Given): Promise<RunningInTenant> {
  const { log, metrics, installs } = given;
  const { directory } = given.directory;
  const check = (): Promise<void> => given.directory.check();
  const opened = counted(given.opened, metrics);
  const { stores, keys } = opened;
  const outside = outsideOf(settings, given);
  const { account, serviceUrlHosts } = settings;
  const isAllowedUrl = teamsUrls(serviceUrlHosts);
  const token = connectorToken(outside.tokens, outside.nowMs);
  const { appId, tenantId } = account;
  let serviceUrl = TEAMS_SERVICE_URL;
  const adapter = tenantAdapter({ appId, token, isAllowed: isAllowedUrl, deliver: outside.deliver });
  const work = backgroundWork({
    ...{ settings: settings.settings, opened, directory, clock: clockOf(outside), wait: outside.wait, log, metrics },
    outgoing: {
      ...{ adapter, conversations: stores.conversations, keys, tenantId, isAllowedUrl, installs },
      bot: { id: `28:${appId}`, name: 'Sharing Log' },
      serviceUrl: () => serviceUrl,
    },
    // Source: Microsoft, TeamsServiceEndpoints: the common address is for as long as no other was heard of.
    spokeFrom: (seen) => {
      serviceUrl = seen;
    },
  });
  const { nowMs } = outside;
  const { ready, turns } = standing(opened, { settings: settings.settings, check, nowMs, log, metrics });
  const server = createServer({
    ...{ adapter, turn: timed(sharingBot(work.services, log, turns), metrics), log, metrics },
    metricsToken: settings.settings.METRICS_TOKEN,
    gate: gateOf(settings, isAllowedUrl, outside, log),
    ready,
    turns,
    refused: outside.refused,
  });
  try {
    await work.recover();
    await listen(server, settings.settings.PORT, outside.host);
  } catch (error) {
    await stores.close();
    throw error;
  }
  work.begin();
  return {
    port: server.address().port,
    services: work.services,
    close: ending({ server, turns, ready, work, store: stores, log, listensForTurns: false }),
  };
}

function gateOf(
  { account, trustedProxies }: ProductionSettings,
  isAllowed: IsAllowedUrl,
  outside: Outside,
  log: Log,
): Gate {
  const { openIdUrl: url, send, nowMs, rates } = outside;
  const { appId, tenantId } = account;
  const tokens = tokenCheck({ appId, keys: signingKeys({ url, send, nowMs, log }), nowMs });
  return tenantGate({ appId, tenantId, isAllowed, tokens, trustedProxies, nowMs, rates });
}

function outsideOf({ account }: ProductionSettings, { log, instead = {} }: Given): Outside {
  return {
    openIdUrl: TEAMS_OPENID_URL,
    send: fetch,
    deliver: exchange,
    rates: RATES,
    refused: refusalLog(log, Date.now),
    host: undefined,
    nowMs: Date.now,
    wait: inRealTime,
    ...instead,
    tokens: instead.tokens ?? tokenSourceOf(account),
  };
}

function clockOf({ nowMs }: Outside): Clock {
  return { now: () => new Date(nowMs()).toISOString() };
}
