import {
  CloudAdapter,
  ConfigurationBotFrameworkAuthentication,
  type Activity,
  type InvokeResponse,
  type TurnContext,
} from 'botbuilder';
import {
  BotFrameworkAuthentication,
  ClaimsIdentity,
  type AuthenticateRequestResult,
  type ConnectorClient,
  type ConnectorFactory,
  type UserTokenClient,
} from 'botframework-connector';
import { CodedError } from '../src/errors.ts';
import { connectorCredentials } from './botTokens.ts';
import { cachedConnectors, directConnectors, type Authorization } from './connectors.ts';
import type { Exchange } from './exchange.ts';
import { outbound, outboundClient } from './outbound.ts';
import { isLoopbackUrl, type IsAllowedUrl } from './serviceUrls.ts';

/** Whom the bot's own tokens are for. */
const AUDIENCE = 'https://api.botframework.com';

/** Runs turns for activities that the gate has let in. Whatever way the SDK has of letting somebody in itself is shut. */
export class TurnAdapter extends CloudAdapter {
  readonly #speaker: AuthenticateRequestResult;

  constructor(authentication: FrugalAuthentication) {
    super(authentication);
    this.#speaker = authentication.speaker();
  }

  run(activity: Activity, turn: (context: TurnContext) => Promise<void>): Promise<InvokeResponse | undefined> {
    return this.processActivity({ ...this.#speaker }, activity, turn);
  }
}

/** The adapter of local mode: no tokens, and no address outside this machine. */
export function localAdapter(): TurnAdapter {
  const deliver = outbound(isLoopbackUrl);
  const options = { httpClient: outboundClient(deliver) };
  const stock = new ConfigurationBotFrameworkAuthentication({}, undefined, undefined, undefined, options);
  return new TurnAdapter(new FrugalAuthentication(stock, '', { deliver, authorization: async () => ({}) }));
}

/** The adapter in a tenant: sends with the bot's own token, to allowed addresses only. */
export function tenantAdapter(bot: {
  readonly appId: string;
  /** The bot's own token for the connector. */
  readonly token: () => Promise<string>;
  readonly isAllowed: IsAllowedUrl;
  readonly deliver?: Exchange | undefined;
}): TurnAdapter {
  const { appId, token } = bot;
  const deliver = outbound(bot.isAllowed, bot.deliver);
  const options = { httpClient: outboundClient(deliver) };
  const credentials = connectorCredentials(token);
  const stock = new ConfigurationBotFrameworkAuthentication({}, credentials, undefined, undefined, options);
  const authorization: Authorization = async () => ({ authorization: `Bearer ${await token()}` });
  return new TurnAdapter(new FrugalAuthentication(stock, appId, { deliver, authorization }));
}

/** How messages are sent. */
interface Way {
  readonly deliver: Exchange;
  readonly authorization: Authorization;
}

/** Makes connector and token clients once where the SDK makes them for every turn. Lets nobody in: that is the gate's. */
class FrugalAuthentication extends BotFrameworkAuthentication {
  readonly #inner: BotFrameworkAuthentication;
  readonly #bot: ClaimsIdentity;
  readonly #way: Way;
  readonly #connectors = new Map<string, Promise<ConnectorClient>>();
  #tokens: Promise<UserTokenClient> | undefined;

  constructor(inner: BotFrameworkAuthentication, appId: string, way: Way) {
    super();
    this.#inner = inner;
    this.#way = way;
    this.#bot = new ClaimsIdentity(appId === '' ? [] : [{ type: 'aud', value: appId }], true);
  }

  /** As whom every turn is run. */
  speaker(): AuthenticateRequestResult {
    return {
      audience: AUDIENCE,
      claimsIdentity: this.#bot,
      connectorFactory: this.createConnectorFactory(this.#bot),
    };
  }

  override async authenticateRequest(): Promise<AuthenticateRequestResult> {
    throw new CodedError('gate.bypassed', 'An activity came in beside the gate.');
  }

  override async authenticateStreamingRequest(): Promise<AuthenticateRequestResult> {
    throw new CodedError('gate.bypassed', 'A connection came in beside the gate.');
  }

  override async authenticateChannelRequest(): Promise<ClaimsIdentity> {
    throw new CodedError('gate.bypassed', 'A request came in beside the gate.');
  }

  override createConnectorFactory(_claims: ClaimsIdentity): ConnectorFactory {
    const { deliver, authorization } = this.#way;
    const direct = directConnectors(this.#inner.createConnectorFactory(this.#bot), deliver, authorization);
    return cachedConnectors(direct, this.#connectors);
  }

  override createUserTokenClient(_claims: ClaimsIdentity): Promise<UserTokenClient> {
    this.#tokens ??= this.#inner.createUserTokenClient(this.#bot);
    return this.#tokens;
  }
}
