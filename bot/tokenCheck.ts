import { createHash, type KeyObject } from 'node:crypto';
import jwt from 'jsonwebtoken';
import { z } from 'zod';
import type { SigningKeys } from './signingKeys.ts';

/** What a good token says. It names the service that sends, not the person, the tenant or the body. */
export interface CheckedToken {
  /** The same for every way of writing the same token. */
  readonly id: string;
  readonly serviceUrl: string;
  /** Milliseconds since 1970; the allowed difference of the clocks is in it. */
  readonly expiresAtMs: number;
}

/** Why a token was refused; only the log learns it. `keysUnknown` is no judgement: it could not be checked. */
export type TokenRefusal =
  | 'noToken'
  | 'malformedToken'
  | 'wrongAlgorithm'
  | 'unknownKey'
  | 'notEndorsed'
  | 'badSignature'
  | 'wrongClaims'
  | 'keysUnknown';

/** Tells good tokens from others. */
export interface TokenCheck {
  /** A token that was found good before and still is; asks nothing of anybody. */
  known(header: string): CheckedToken | undefined;
  /** Never rejects. Throws away everything that is wrong with as little work as possible. */
  check(header: string): Promise<CheckedToken | TokenRefusal>;
}

/** Source: Microsoft, "Authentication with the Bot Connector API". */
export const TEAMS_ISSUER = 'https://api.botframework.com';
const CHANNEL = 'msteams';
const CLOCKS_APART_S = 5 * 60;
const TOKENS_KEPT = 1_000;

const COMPACT = /^Bearer ([\w-]{2,1024}\.[\w-]{2,8192})\.([\w-]{43,1400})$/u;

/** What would have a key or a rule be taken from the token itself. The issuer uses none of it. */
const NEVER_IN_HEADER = ['crit', 'jku', 'jwk', 'x5u', 'x5c', 'b64', 'zip', 'enc'] as const;

const tokenHeader = z.looseObject({
  alg: z.string(),
  kid: z.string().min(1).max(256),
  typ: z.literal('JWT').optional(),
});

const seconds = z.number().int().positive().max(8_640_000_000);
const tokenClaims = z.looseObject({
  iss: z.literal(TEAMS_ISSUER),
  aud: z.string(),
  exp: seconds,
  nbf: seconds,
  serviceurl: z.string().min(1).max(2_048),
});

/**
 * Checks tokens of Teams that are meant for one app: RS256 only, with a key of the issuer that may speak for Teams, and
 * with issuer, audience, times and service address present and right. Remembers the thousand good ones used last.
 * Source: issue “In a real tenant”, 1; docs/decisions/0018.
 */
export function tokenCheck(deps: {
  readonly appId: string;
  readonly keys: SigningKeys;
  readonly nowMs: () => number;
}): TokenCheck {
  const { appId, keys, nowMs } = deps;
  const good = new Map<string, CheckedToken>();

  function known(header: string): CheckedToken | undefined {
    const digest = sha256(header);
    const token = good.get(digest);
    good.delete(digest);
    if (token === undefined || token.expiresAtMs <= nowMs()) return undefined;
    good.set(digest, token);
    return token;
  }

  function remember(header: string, token: CheckedToken): void {
    good.set(sha256(header), token);
    if (good.size > TOKENS_KEPT) good.delete(good.keys().next().value ?? '');
  }

  return {
    known,
    async check(header) {
      if (header === '') return 'noToken';
      const [, signed, signature] = COMPACT.exec(header) ?? [];
      if (signed === undefined || signature === undefined) return 'malformedToken';
      const kid = keyIdOf(signed);
      if (kid.kind !== 'is') return kid.kind;
      const found = await keys.find(kid.value);
      if (found === 'unknown') return 'keysUnknown';
      if (found === 'none') return 'unknownKey';
      if (!found.endorsements.has(CHANNEL)) return 'notEndorsed';
      const nowS = Math.floor(nowMs() / 1000);
      const payload = verified(`${signed}.${signature}`, found.key, nowS);
      if (typeof payload === 'string') return payload;
      const claims = tokenClaims.safeParse(payload.claims);
      if (!claims.success || claims.data.aud.toLowerCase() !== appId) return 'wrongClaims';
      const { serviceurl, exp } = claims.data;
      const token = { id: sha256(signed), serviceUrl: serviceurl, expiresAtMs: (exp + CLOCKS_APART_S) * 1000 };
      remember(header, token);
      return token;
    },
  };
}

type KeyId = { readonly kind: 'is'; readonly value: string } | { readonly kind: 'malformedToken' | 'wrongAlgorithm' };

function keyIdOf(signed: string): KeyId {
  const header = tokenHeader.safeParse(jsonIn(signed.slice(0, signed.indexOf('.'))));
  if (!header.success || NEVER_IN_HEADER.some((name) => name in header.data)) return { kind: 'malformedToken' };
  return header.data.alg === 'RS256' ? { kind: 'is', value: header.data.kid } : { kind: 'wrongAlgorithm' };
}

function verified(
  token: string,
  key: KeyObject,
  nowS: number,
): { readonly claims: unknown } | 'badSignature' | 'wrongClaims' {
  try {
    const options = { algorithms: ['RS256' as const], clockTolerance: CLOCKS_APART_S, clockTimestamp: nowS };
    return { claims: jwt.verify(token, key, options) };
  } catch (error) {
    // The library's errors are all about the token that it was shown.
    if (error instanceof jwt.TokenExpiredError || error instanceof jwt.NotBeforeError) return 'wrongClaims';
    if (error instanceof Error) return 'badSignature';
    throw error;
  }
}

function jsonIn(part: string): unknown {
  try {
    return JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('base64');
}
