import {
  CloudAdapter,
  ConfigurationBotFrameworkAuthentication,
  type Activity,
  type InvokeResponse,
  type TurnContext,
} from 'botbuilder';
import {
  BotFrameworkAuthentication,
  type AuthenticateRequestResult,
  type ClaimsIdentity,
  type ConnectorClient,
  type ConnectorFactory,
  type UserTokenClient,
} from 'botframework-connector';
import { cachedConnectors, isLoopbackUrl, outboundClient } from './outbound.ts';

/** Why an activity was turned away before any turn ran. The code is all that the caller learns. */
export type Refusal = 'badActivity' | 'wrongChannel' | 'wrongServiceUrl' | 'wrongTenant' | 'noPerson';

/**
 * What every activity must be, whatever authentication says: of Teams, of our tenant, from a known kind of address, and
 * from somebody with an object id.
 * Source: platform-facts, "botbuilder", stock gaps.
 */
export function refuseActivity(
  activity: Readonly<Record<string, unknown>>,
  tenantId: string,
  isAllowed: (url: string) => boolean,
): Refusal | undefined {
  const conversation = objectIn(activity.conversation);
  const channelTenant = objectIn(objectIn(activity.channelData)?.tenant)?.id;
  const from = objectIn(activity.from);
  if (typeof activity.type !== 'string' || typeof conversation?.id !== 'string') return 'badActivity';
  if (typeof from?.id !== 'string' || typeof objectIn(activity.recipient)?.id !== 'string') return 'badActivity';
  // The SDK takes these for text without looking.
  const texts = [activity.text, activity.replyToId, activity.locale];
  if (!texts.every(isTextOrAbsent)) return 'badActivity';
  if (activity.channelId !== 'msteams') return 'wrongChannel';
  if (typeof activity.serviceUrl !== 'string' || !isAllowed(activity.serviceUrl)) return 'wrongServiceUrl';
  const tenants = [conversation.tenantId, channelTenant].filter((tenant) => tenant !== undefined);
  if (tenants.length === 0 || tenants.some((tenant) => tenant !== tenantId)) return 'wrongTenant';
  const speaks = activity.type === 'message' || activity.type === 'invoke';
  return speaks && typeof from.aadObjectId !== 'string' ? 'noPerson' : undefined;
}

/** Runs one turn for an activity that was let in; the SDK keeps this method to itself. */
export class TurnAdapter extends CloudAdapter {
  run(
    authorization: string,
    activity: Activity,
    turn: (context: TurnContext) => Promise<void>,
  ): Promise<InvokeResponse | undefined> {
    return this.processActivity(authorization, activity, turn);
  }
}

/** The adapter of local mode: no tokens, and no address outside this machine. */
export function localAdapter(): TurnAdapter {
  const options = { httpClient: outboundClient(isLoopbackUrl) };
  const stock = new ConfigurationBotFrameworkAuthentication({}, undefined, undefined, undefined, options);
  return new TurnAdapter(new FrugalAuthentication(stock));
}

/**
 * Makes connector and token clients once where the SDK makes them for every turn. Looks at no token: local mode has none,
 * and the SDK would ask the network about one that it is shown.
 */
class FrugalAuthentication extends BotFrameworkAuthentication {
  readonly #inner: BotFrameworkAuthentication;
  readonly #connectors = new Map<string, Promise<ConnectorClient>>();
  #tokens: Promise<UserTokenClient> | undefined;
  #anybody: Promise<AuthenticateRequestResult> | undefined;

  constructor(inner: BotFrameworkAuthentication) {
    super();
    this.#inner = inner;
  }

  /** Everybody is the same nobody in local mode, so who is speaking is worked out once. */
  override authenticateRequest(activity: Activity, _authorization: string): Promise<AuthenticateRequestResult> {
    this.#anybody ??= this.#authenticate(activity);
    return this.#anybody;
  }

  async #authenticate(activity: Activity): Promise<AuthenticateRequestResult> {
    const result = await this.#inner.authenticateRequest(activity, '');
    const factory = result.connectorFactory;
    return factory === undefined
      ? result
      : { ...result, connectorFactory: cachedConnectors(factory, this.#connectors) };
  }

  override authenticateStreamingRequest(authorization: string, channelId: string): Promise<AuthenticateRequestResult> {
    return this.#inner.authenticateStreamingRequest(authorization, channelId);
  }

  override createConnectorFactory(claims: ClaimsIdentity): ConnectorFactory {
    return cachedConnectors(this.#inner.createConnectorFactory(claims), this.#connectors);
  }

  override createUserTokenClient(claims: ClaimsIdentity): Promise<UserTokenClient> {
    this.#tokens ??= this.#inner.createUserTokenClient(claims);
    return this.#tokens;
  }
}

function isTextOrAbsent(value: unknown): boolean {
  return value === undefined || value === null || typeof value === 'string';
}

function objectIn(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : undefined;
}
