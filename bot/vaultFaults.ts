import { z } from 'zod';
import { CodedError, type ErrorCode } from '../src/errors.ts';

type VaultCode = Extract<ErrorCode, 'keys' | `vault.${string}`>;

const ROLE =
  'give the bot’s managed identity the role “Key Vault Crypto Service Encryption User” on the vault, or the key permissions get, wrapKey and unwrapKey';

/** What went wrong in a vault, and how to mend it. */
const SAY = {
  away: ['vault.away', 'The key vault does not answer: check KEY_VAULT_KEY, the network, and that the vault was not deleted; then start again.'],
  busy: ['vault.away', 'The key vault has too much to do or a fault of its own: start again in a minute.'],
  odd: ['vault.away', 'What answered for the key vault did not answer as one: check what stands between, such as a proxy.'],
  noIdentity: ['vault.refused', `There is no identity with which to come to the key vault: ${ROLE}; for a command, sign in with “az login”.`],
  badToken: ['vault.refused', 'The key vault does not know this identity: vault and identity have to be of the same Entra tenant.'],
  firewall: ['vault.refused', 'The key vault lets nobody in from this network: allow it in the vault’s networking settings, or come by its private endpoint.'],
  noRight: ['vault.refused', `This identity may not use the key in the vault: ${ROLE}.`],
  gone: ['vault.key', 'The key vault has no such key, or not this version of it: recover it if it was deleted, or check KEY_VAULT_KEY.'],
  deleted: ['vault.key', 'The key in the vault is deleted or just being recovered: recover it, and start again when that has ended.'],
  disabled: ['vault.key', 'The key in the vault is disabled or outside its dates: enable it, also the version that these records were wrapped with.'],
  unfit: ['vault.key', 'The key in the vault cannot wrap these keys: it has to be an RSA key with the operations wrapKey and unwrapKey.'],
  foreign: ['keys', 'The key in the vault did not wrap the keys of this data: set KEY_VAULT_KEY to the key that did, or restore the last backup that opens.'],
  inFile: ['keys', 'The keys of this data are in a key file: leave KEY_VAULT_KEY empty, or move them with “npm run -s records -- rotate-key --to vault”.'],
} as const satisfies Readonly<Record<string, readonly [VaultCode, string]>>; // prettier-ignore

/** A fault of a vault, with the id of the request that was refused. Its cause, where it has one, holds no token and no key. */
export function vaultFault(what: keyof typeof SAY, cause?: unknown, request?: string): CodedError {
  const [code, message] = SAY[what];
  const found =
    request === undefined ? message : `${message.slice(0, -1)} (request ${request} in the vault’s own log).`;
  return new CodedError(code, found, { cause });
}

/** What a vault says of a refusal. Both spellings are met. Source: learn.microsoft.com/azure/key-vault/general/rest-error-codes */
const inner = z.object({ code: z.string().optional().catch(undefined) }).optional().catch(undefined); // prettier-ignore
const refusal = z.object({
  error: z.object({ code: z.string().optional().catch(undefined), innererror: inner, innerError: inner }),
});

/**
 * The refusal of a vault as a fault, by status and codes and never by its text, which names the caller. Its cause says the
 * two. `foreignIf400`: what was to be unwrapped may be another key’s.
 */
export function faultOfAnswer(
  { request, status, body }: { readonly request: string; readonly status: number; readonly body: string },
  foreignIf400 = false,
): CodedError {
  const said = refusal.safeParse(asJson(body)).data?.error;
  const code = said?.innererror?.code ?? said?.innerError?.code ?? said?.code ?? '';
  const cause = { status, code: /^\w{1,60}$/u.test(code) ? code : '' };
  return vaultFault(whatOf(status, code, foreignIf400), cause, request);
}

function whatOf(status: number, code: string, foreignIf400: boolean): keyof typeof SAY {
  if (status === 400) return foreignIf400 ? 'foreign' : 'unfit';
  if (status === 401) return 'badToken';
  if (status === 403) return whatIsForbidden(code);
  if (status === 404) return 'gone';
  if (status === 409) return 'deleted';
  return status === 429 || status >= 500 ? 'busy' : 'odd';
}

function whatIsForbidden(code: string): 'firewall' | 'unfit' | 'disabled' | 'noRight' {
  if (code === 'ForbiddenByFirewall' || code === 'ForbiddenByConnection') return 'firewall';
  if (code === 'KeyOperationForbidden') return 'unfit';
  // KeyDisabled, and those of its dates.
  return code.startsWith('Key') ? 'disabled' : 'noRight';
}

/** `undefined` for what is no JSON. */
export function asJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
