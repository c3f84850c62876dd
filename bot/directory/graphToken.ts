import type { TokenCredential } from '@azure/identity';
import { CodedError } from '../../src/errors.ts';
import type { Clock } from '../../src/ports.ts';

const SCOPE = 'https://graph.microsoft.com/.default';
const RENEWED_BEFORE_MS = 5 * 60_000;

/** The names of errors that say that the identity was refused, and not that nobody answered. */
const REFUSALS: ReadonlySet<string> = new Set(['AuthenticationError', 'AuthenticationRequiredError']);

/** Tokens for Microsoft Graph. */
export interface GraphTokens {
  /**
   * A token that is good for some minutes. Those who ask at once share one request. Throws `directory.refused` when
   * the identity is refused, `directory.away` when nobody answers in time.
   */
  current(): Promise<string>;
  /** Has the next one fetched anew: this one was refused. */
  forget(token: string): void;
}

/** Keeps the token of a credential until five minutes before it ends. */
export function graphTokens(credential: TokenCredential, clock: Clock, timeoutMs: number): GraphTokens {
  let known: { readonly token: string; readonly expiresOnTimestamp: number } | undefined;
  let asked: Promise<string> | undefined;

  async function fetched(): Promise<string> {
    const late = Promise.withResolvers<never>();
    const controller = new AbortController();
    const timer = setTimeout(() => {
      controller.abort();
      late.reject(new CodedError('directory.away', 'No sign-in to Microsoft Graph was given in time.'));
    }, timeoutMs);
    try {
      // Not every credential heeds the signal.
      const got = await Promise.race([credential.getToken(SCOPE, { abortSignal: controller.signal }), late.promise]);
      if (got === null) throw new CodedError('directory.refused', NOT_SIGNED_IN);
      known = got;
      return got.token;
    } catch (error) {
      throw error instanceof CodedError ? error : tokenFault(error);
    } finally {
      clearTimeout(timer);
    }
  }

  return {
    current() {
      if (known !== undefined && known.expiresOnTimestamp - RENEWED_BEFORE_MS > Date.parse(clock.now()))
        return Promise.resolve(known.token);
      asked ??= fetched().finally(() => {
        asked = undefined;
      });
      return asked;
    },
    forget(token) {
      if (known?.token === token) known = undefined;
    },
  };
}

const NOT_SIGNED_IN =
  'The bot is not let into Microsoft Graph: check MicrosoftAppType, MicrosoftAppId and, for SingleTenant, MicrosoftAppPassword.';

function tokenFault(error: unknown): CodedError {
  const isRefused = error instanceof Error && REFUSALS.has(error.name);
  // Without the cause: what the library says names tenant, application and request.
  return isRefused
    ? new CodedError('directory.refused', NOT_SIGNED_IN)
    : new CodedError('directory.away', 'No sign-in to Microsoft Graph could be had.');
}
