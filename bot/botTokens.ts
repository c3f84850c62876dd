import { ClientSecretCredential, ManagedIdentityCredential, type TokenCredential } from '@azure/identity';
import { ServiceClientCredentialsFactory, type ServiceClientCredentials } from 'botframework-connector';
import { CodedError } from '../src/errors.ts';
import type { BotAccount } from './productionSettings.ts';

/** What a token for a scope is asked of; `@azure/identity` has several. */
export interface TokenSource {
  getToken(scope: string): Promise<{ readonly token: string; readonly expiresOnTimestamp: number } | null>;
}

/** For which the connector wants its tokens. Source: Microsoft, "Authentication with the Bot Connector API". */
const CONNECTOR_SCOPE = 'https://api.botframework.com/.default';
const LOGIN = 'https://login.microsoftonline.com';
const RENEW_BEFORE_MS = 5 * 60_000;

/** The bot's own identity in Entra: its secret, or the identity that its machine has. Asks Microsoft's sign-in and nobody else. */
export function tokenSourceOf({ kind, appId, tenantId, password }: BotAccount): TokenCredential {
  switch (kind) {
    case 'SingleTenant':
      return new ClientSecretCredential(tenantId, appId, password, {
        authorityHost: LOGIN,
        disableInstanceDiscovery: true,
        retryOptions: { maxRetries: 1 },
      });
    case 'UserAssignedMSI':
      return new ManagedIdentityCredential({ clientId: appId, retryOptions: { maxRetries: 1 } });
    default:
      return kind satisfies never;
  }
}

/** Signs with it what goes to the connector, and only that: the client decides where it may go. */
export function connectorCredentials(tokenNow: () => Promise<string>): ServiceClientCredentialsFactory {
  const credentials: ServiceClientCredentials = {
    async signRequest(request) {
      request.headers.set('authorization', `Bearer ${await tokenNow()}`);
      return request;
    },
  };
  return new (class extends ServiceClientCredentialsFactory {
    override async isValidAppId(): Promise<boolean> {
      return false; // Nobody is let in by the SDK.
    }
    override async isAuthenticationDisabled(): Promise<boolean> {
      return false;
    }
    override async createCredentials(): Promise<ServiceClientCredentials> {
      return credentials;
    }
  })();
}

/**
 * The bot's own token for the connector. One is asked for at a time, kept until five minutes before it ends, and used to
 * its end when another cannot be had. Throws `CodedError('outbound.token')` when there is none.
 */
export function connectorToken(source: TokenSource, nowMs: () => number): () => Promise<string> {
  let kept = { token: '', expiresOnTimestamp: 0 };
  let asking: Promise<void> | undefined;

  async function ask(): Promise<void> {
    try {
      kept = (await source.getToken(CONNECTOR_SCOPE)) ?? kept;
    } catch (cause) {
      if (kept.expiresOnTimestamp <= nowMs())
        throw new CodedError('outbound.token', 'Microsoft gave the bot no token to send with.', { cause });
    } finally {
      asking = undefined;
    }
  }

  return async () => {
    if (kept.expiresOnTimestamp - RENEW_BEFORE_MS <= nowMs()) await (asking ??= ask());
    if (kept.expiresOnTimestamp <= nowMs())
      throw new CodedError('outbound.token', 'Microsoft gave the bot no token to send with.');
    return kept.token;
  };
}
