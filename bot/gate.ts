import type { IncomingMessage } from 'node:http';
import { refuseActivity, refuseInTenant, type InTenant, type Refusal } from './activityCheck.ts';
import { callerAddress } from './callerAddress.ts';
import { isPlainJson } from './plainJson.ts';
import { rates, type Rate } from './rates.ts';
import { replays, type Delivered } from './replays.ts';
import type { IsAllowedUrl } from './serviceUrls.ts';
import type { CheckedToken, TokenCheck, TokenRefusal } from './tokenCheck.ts';

/** A request that is turned away. `reason` is for the log; the caller gets it as a code only with a good token. */
export interface TurnedAway {
  readonly kind: 'turnedAway';
  readonly status: 400 | 401 | 403 | 429 | 503;
  readonly reason: Refusal | TokenRefusal | 'replay' | 'tooMany' | 'tooManyBad' | 'severalTokens';
  readonly retryAfterSeconds?: number;
}

/** An activity that may have its turn. `dropped` is called when that came to nothing, so that it may be sent again. */
export interface LetIn {
  readonly kind: 'letIn';
  dropped(): void;
}

/** A caller of whom it is known who they are, before a byte of the body is read. */
export interface Greeted {
  readonly kind: 'greeted';
  /** Judges what they say; `body` is the text that `activity` was read from. */
  admit(activity: Readonly<Record<string, unknown>>, body: string): LetIn | TurnedAway;
}

/** What stands before every turn. */
export interface Gate {
  greet(request: IncomingMessage): Promise<Greeted | TurnedAway>;
}

const LET_IN: LetIn = { kind: 'letIn', dropped: () => undefined };

/** The gate of local mode: nobody has a token, and whatever comes says that it comes from this machine. */
export function localGate(tenantId: string, isAllowed: IsAllowedUrl): Gate {
  const greeted: Greeted = {
    kind: 'greeted',
    admit(activity) {
      const refused = refuseActivity(activity, tenantId, isAllowed);
      return refused === undefined ? LET_IN : refusedAs(refused);
    },
  };
  return { greet: async () => greeted };
}

/** What one person may send, and how many bad tokens one address. Source: issue “In a real tenant”, 1. */
export const RATES: Readonly<Record<'person' | 'badTokens', Rate>> = {
  person: { atOnce: 40, perSecond: 4 },
  badTokens: { atOnce: 100, perSecond: 10 },
};

/** What the gate in a tenant goes by. */
export interface TenantGate extends InTenant {
  readonly tokens: TokenCheck;
  readonly trustedProxies: number;
  readonly nowMs: () => number;
  readonly rates?: typeof RATES;
}

/**
 * The gate in a tenant. A token that was found good before costs nothing and is never held up; only bad ones are counted
 * against an address, because most of what Teams sends comes from a few, or through one proxy.
 * Source: issue “In a real tenant”, 1; docs/decisions/0018.
 */
export function tenantGate(gate: TenantGate): Gate {
  const { tokens, trustedProxies, nowMs } = gate;
  const allowed = gate.rates ?? RATES;
  const badTokens = rates(allowed.badTokens, nowMs);
  const activities = activityGate(gate, allowed.person);

  return {
    async greet(request) {
      const header = authorizationOf(request);
      const known = header === undefined ? undefined : tokens.known(header);
      if (known !== undefined) return activities(known);
      const address = callerAddress(request, trustedProxies);
      const waitSeconds = badTokens.waitOf(address);
      if (waitSeconds > 0) return tooMany('tooManyBad', waitSeconds);
      const checked = header === undefined ? 'severalTokens' : await tokens.check(header);
      if (typeof checked === 'object') return activities(checked);
      if (checked === 'keysUnknown') return { kind: 'turnedAway', status: 503, reason: checked, retryAfterSeconds: 5 };
      badTokens.take(address);
      return { kind: 'turnedAway', status: 401, reason: checked };
    },
  };
}

function activityGate(gate: TenantGate, rate: Rate): (token: CheckedToken) => Greeted {
  const people = rates(rate, gate.nowMs);
  const seen = replays(gate.nowMs);
  return (token) => ({
    kind: 'greeted',
    admit(activity, body) {
      if (!isPlainJson(body)) return refusedAs('badActivity');
      const refused = refuseInTenant(activity, token, gate);
      if (refused !== undefined) return refusedAs(refused);
      // `refuseInTenant` has looked at every field that is named here.
      const delivered = activity as unknown as Delivered & { readonly from: { id: string; aadObjectId?: string } };
      const person = (delivered.from.aadObjectId ?? delivered.from.id).toLowerCase();
      const waitSeconds = people.waitOf(person);
      if (waitSeconds > 0) return tooMany('tooMany', waitSeconds);
      people.take(person);
      const dropped = seen.claim(token, delivered);
      return dropped === undefined ? { kind: 'turnedAway', status: 403, reason: 'replay' } : { kind: 'letIn', dropped };
    },
  });
}

/** `undefined` for several; Node itself would quietly take the first. */
function authorizationOf(request: IncomingMessage): string | undefined {
  const all = request.headersDistinct.authorization ?? [''];
  return all.length === 1 ? all[0] : undefined;
}

function refusedAs(reason: Refusal): TurnedAway {
  return { kind: 'turnedAway', status: reason === 'badActivity' ? 400 : 403, reason };
}

function tooMany(reason: 'tooMany' | 'tooManyBad', retryAfterSeconds: number): TurnedAway {
  return { kind: 'turnedAway', status: 429, reason, retryAfterSeconds };
}
