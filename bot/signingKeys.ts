import { createPublicKey, type KeyObject } from 'node:crypto';
import { z } from 'zod';
import { codeOf } from '../src/errors.ts';
import type { Fetch } from './outbound.ts';
import type { Log } from './log.ts';

/** A key with which Teams signs its tokens, and the channels that it may speak for. */
export interface SigningKey {
  readonly key: KeyObject;
  readonly endorsements: ReadonlySet<string>;
}

/** The keys of the tokens' issuer. */
export interface SigningKeys {
  /**
   * The key of this id; `none` when the issuer has none; `unknown` when its keys cannot be learned now. Never rejects.
   * Asks the network only where that can help: see `signingKeys`.
   */
  find(kid: string): Promise<SigningKey | 'none' | 'unknown'>;
}

/** Where the issuer of Teams' tokens says which keys it has. Source: Microsoft, "Authentication with the Bot Connector API". */
export const TEAMS_OPENID_URL = 'https://login.botframework.com/v1/.well-known/openidconfiguration';

const MINUTE_MS = 60_000;
const REFRESH_AFTER_MS = 24 * 60 * MINUTE_MS;
/** As long as the SDK keeps them. After that, a key that the issuer withdrew could still be in use. */
const KEPT_MS = 5 * 24 * 60 * MINUTE_MS;
/** Invented key ids must not become a storm of questions. */
const BETWEEN_ATTEMPTS_MS = MINUTE_MS;
/** With no key at all nobody can be let in, so that is tried more often. */
const BETWEEN_FIRST_ATTEMPTS_MS = 5_000;
const TIMEOUT_MS = 5_000;
const ANSWER_BYTES = 1_000_000;
const RSA_BITS_AT_LEAST = 2048;

const metadata = z.looseObject({ jwks_uri: z.url() });
const keySet = z.looseObject({ keys: z.array(z.unknown()).max(1_000) });
const rsaKey = z.looseObject({
  kty: z.literal('RSA'),
  kid: z.string().min(1).max(256),
  n: z.string().max(2_048),
  e: z.string().max(16),
  endorsements: z.array(z.string()).default([]),
});

/**
 * Keeps the issuer's keys: learned when first needed, anew once a day, and at an unknown id, but at most once a minute
 * (every five seconds while there are none). Many who wait share one question. Known keys serve for five days when the
 * issuer cannot be reached.
 */
export function signingKeys(from: {
  readonly url: string;
  readonly send: Fetch;
  readonly nowMs: () => number;
  readonly log: Log;
}): SigningKeys {
  const { url, send, nowMs, log } = from;
  let known: ReadonlyMap<string, SigningKey> = new Map();
  let learnedAtMs = Number.NEGATIVE_INFINITY;
  let triedAtMs = Number.NEGATIVE_INFINITY;
  let asking: Promise<void> | undefined;

  async function learn(): Promise<void> {
    try {
      known = await ask(url, send);
      learnedAtMs = nowMs();
    } catch (error) {
      log('signingKeys.failed', { fault: codeOf(error) });
    } finally {
      asking = undefined;
    }
  }

  /** Asks unless it is too soon; resolves when the answer, or the one that somebody else waits for, has come. */
  async function askAgain(): Promise<void> {
    const betweenMs = isExpired() ? BETWEEN_FIRST_ATTEMPTS_MS : BETWEEN_ATTEMPTS_MS;
    if (asking === undefined && nowMs() - triedAtMs < betweenMs) return;
    if (asking === undefined) {
      triedAtMs = nowMs();
      asking = learn();
    }
    await asking;
  }

  const isExpired = (): boolean => nowMs() - learnedAtMs > KEPT_MS;

  return {
    async find(kid) {
      const found = isExpired() ? undefined : known.get(kid);
      if (found === undefined) await askAgain();
      else if (nowMs() - learnedAtMs > REFRESH_AFTER_MS) void askAgain();
      if (isExpired()) return 'unknown';
      return known.get(kid) ?? 'none';
    },
  };
}

async function ask(url: string, send: Fetch): Promise<ReadonlyMap<string, SigningKey>> {
  const { jwks_uri: keysUrl } = metadata.parse(await getJson(url, send));
  // The answer chooses the next address, so it may not lead away from the one that is trusted.
  if (new URL(keysUrl).origin !== new URL(url).origin) throw new TypeError('The keys are said to stand elsewhere.');
  const { keys } = keySet.parse(await getJson(keysUrl, send));
  const read = new Map(keys.flatMap(keyOf));
  if (read.size === 0) throw new TypeError('The issuer gave no key that can be used.');
  return read;
}

function keyOf(given: unknown): readonly [string, SigningKey][] {
  const read = rsaKey.safeParse(given);
  if (!read.success) return [];
  const { kty, kid, n, e, endorsements } = read.data;
  const key = publicKey({ kty, n, e });
  if (key === undefined || (key.asymmetricKeyDetails?.modulusLength ?? 0) < RSA_BITS_AT_LEAST) return [];
  return [[kid, { key, endorsements: new Set(endorsements) }]];
}

/** One key that cannot be read must not take the others with it. */
function publicKey(key: { readonly kty: string; readonly n: string; readonly e: string }): KeyObject | undefined {
  try {
    return createPublicKey({ key, format: 'jwk' });
  } catch (error) {
    if (error instanceof Error && 'code' in error) return undefined;
    throw error;
  }
}

async function getJson(url: string, send: Fetch): Promise<unknown> {
  const response = await send(url, { redirect: 'error', signal: AbortSignal.timeout(TIMEOUT_MS) });
  if (!response.ok || response.body === null) throw new TypeError(`The issuer answered ${response.status}.`);
  const chunks: Uint8Array[] = [];
  let size = 0;
  const body = response.body as AsyncIterable<Uint8Array>; // fetch gives bytes and nothing else
  for await (const chunk of body) {
    size += chunk.length;
    if (size > ANSWER_BYTES) throw new TypeError('The issuer answered at too great a length.');
    chunks.push(chunk);
  }
  return JSON.parse(Buffer.concat(chunks).toString('utf8'));
}
