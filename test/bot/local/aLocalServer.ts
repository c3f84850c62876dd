import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ActivityTypes, CloudAdapter, ConfigurationBotFrameworkAuthentication, type TurnContext } from 'botbuilder';
import restify from 'restify';
import { createLocalClock, type LocalClock } from '../../../bot/local/clock.ts';
import type { LocalConnector } from '../../../bot/local/connector.ts';
import { mountLocalMode } from '../../../bot/local/localMode.ts';
import { loadPeople, type PeopleFile } from '../../../bot/local/people.ts';

/** A server in local mode with a bot whose behaviour each test chooses. */
export type LocalServer = {
  readonly baseUrl: string;
  readonly people: PeopleFile;
  readonly clock: LocalClock;
  readonly connector: LocalConnector;
  readonly adapter: CloudAdapter;
  /** The activities that have reached the bot, in order. */
  readonly received: TurnContext['activity'][];
  /** Makes the bot answer 500 to everything, or no longer. */
  breakBot(broken: boolean): void;
  /** What the bot does from now on. */
  behave(logic: (context: TurnContext) => Promise<unknown>): void;
  get(path: string): Promise<Answer>;
  post(path: string, body: object): Promise<Answer>;
  close(): Promise<void>;
};
export type Answer = { readonly status: number; readonly body: Readonly<Record<string, unknown>> };

/** Starts one on a free port of the loopback interface. */
export async function aLocalServer(): Promise<LocalServer> {
  const dataDir = mkdtempSync(join(tmpdir(), 'local-'));
  const people = loadPeople(undefined);
  const clock = createLocalClock({ dataDir });
  const server = restify.createServer();
  const bot = startBot(server);
  let baseUrl = '';
  const gallery = () => [{ id: 'a', title: 'A card', group: 'Cards', card: { type: 'AdaptiveCard' } }];
  const connector = mountLocalMode(server, { people, clock, baseUrl: () => baseUrl, gallery, failed: () => undefined });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  baseUrl = `http://127.0.0.1:${server.address().port}`; // listening on TCP, so it is not a pipe's name
  const close = async (): Promise<void> => {
    connector.close();
    await new Promise<void>((resolve) => server.close(() => resolve()));
    rmSync(dataDir, { recursive: true });
  };
  return {
    baseUrl,
    people,
    clock,
    connector,
    ...bot,
    get: (path) => ask(baseUrl + path),
    post: (path, body) => ask(baseUrl + path, body),
    close,
  };
}

function startBot(server: restify.Server): Pick<LocalServer, 'adapter' | 'received' | 'behave' | 'breakBot'> {
  const adapter = new CloudAdapter(new ConfigurationBotFrameworkAuthentication({}));
  const received: TurnContext['activity'][] = [];
  let broken = false;
  let logic: (context: TurnContext) => Promise<unknown> = () => Promise.resolve();
  server.post(
    '/api/messages',
    restify.plugins.jsonBodyParser(),
    async (request: restify.Request, response: restify.Response) => {
      // restify logs whatever an async handler returns, so this one returns nothing.
      if (broken) response.send(500, {});
      else
        await adapter.process(request, response, async (context) => {
          received.push(context.activity);
          await logic(context);
        });
    },
  );
  return { adapter, received, behave: (next) => (logic = next), breakBot: (next) => (broken = next) };
}

/** Answers an invoke with a card, as `adaptiveCard/action` wants it. */
export function answerWithCard(context: TurnContext, card: object): Promise<unknown> {
  const body = { statusCode: 200, type: 'application/vnd.microsoft.card.adaptive', value: card };
  return context.sendActivity({ type: ActivityTypes.InvokeResponse, value: { status: 200, body } });
}

async function ask(url: string, body?: object): Promise<Answer> {
  const post = { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) };
  const response = await fetch(url, body === undefined ? {} : post);
  const answer: unknown = await response.json();
  return { status: response.status, body: answer as Answer['body'] }; // every route of local mode answers with an object
}
