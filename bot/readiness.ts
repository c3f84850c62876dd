import { codeOf, CodedError } from '../src/errors.ts';
import type { Keys, KeyStore, WrappedStoreKey } from '../src/keyPorts.ts';
import { withinTurn } from '../src/turnTime.ts';
import type { Log } from './log.ts';
import type { CHECKED } from './logCodes.ts';
import { LATE } from './logCodes.ts';

type Checked = (typeof CHECKED)[number];

/** What the bot answers to whoever asks whether it is ready. Codes only: `ok`, or that of the fault. */
export interface Readiness {
  /** `degraded`: it works, and the directory cannot be asked. `stopping`: it was told to end. */
  readonly status: 'ready' | 'degraded' | 'notReady' | 'stopping';
  readonly checks: Readonly<Record<Checked, string>>;
}

/** Each resolves when all is well, and rejects with a coded fault. */
export type Checks = Readonly<Record<Checked, () => Promise<void>>>;

/** How long an answer is good for: one probe a second is to cost nothing. Graph takes four requests. */
const KEPT_MS: Readonly<Record<Checked, number>> = { store: 5_000, keys: 5_000, directory: 60_000 };
const WITHIN_MS = 2_000;

/** Tells whether the bot is ready. */
export interface ReadinessProbe {
  /** Never rejects; answers within two seconds, and at once while stopping, with what it knew. */
  now(): Promise<Readiness>;
  /** From now on it is stopping. */
  stop(): void;
}

/**
 * Looks at the store, the keys and the directory, each for two seconds at most, and keeps what it found for five seconds,
 * of the directory for a minute. Without store or keys the bot is not ready; without the directory it is, as people may go
 * on with their own drafts and records.
 * Source: issue “In a real tenant”, 6; project decision 0021.
 */
export function readiness(checks: Checks, deps: { readonly nowMs: () => number; readonly log: Log }): ReadinessProbe {
  const { nowMs, log } = deps;
  const known = new Map<Checked, { readonly atMs: number; readonly answer: Promise<string> }>();
  const last = new Map<Checked, string>();
  let isStopping = false;

  async function look(check: Checked): Promise<string> {
    const found = await within(checks[check]);
    if (found !== 'ok' && found !== last.get(check)) log('health.notReady', { check, fault: found });
    if (found === 'ok' && (last.get(check) ?? 'ok') !== 'ok') log('health.restored', { check });
    last.set(check, found);
    return found;
  }

  const heard = (check: Checked): string => last.get(check) ?? 'unknown';

  function answerOf(check: Checked): Promise<string> {
    const kept = known.get(check);
    if (kept !== undefined && nowMs() - kept.atMs < KEPT_MS[check]) return kept.answer;
    const answer = look(check);
    known.set(check, { atMs: nowMs(), answer });
    return answer;
  }

  return {
    async now() {
      if (isStopping)
        return {
          status: 'stopping',
          checks: { store: heard('store'), keys: heard('keys'), directory: heard('directory') },
        };
      const [store, keys, directory] = await Promise.all([answerOf('store'), answerOf('keys'), answerOf('directory')]);
      const works = store === 'ok' && keys === 'ok';
      const status = !works ? 'notReady' : directory === 'ok' ? 'ready' : 'degraded';
      return { status, checks: { store, keys, directory } };
    },
    stop() {
      isStopping = true;
    },
  };
}

async function within(check: () => Promise<void>): Promise<string> {
  const late = Promise.withResolvers<string>();
  const timer = setTimeout(() => late.resolve(LATE), WITHIN_MS);
  try {
    // A store gives up in time by itself.
    const found = withinTurn(WITHIN_MS, check).then(() => 'ok', codeOf);
    return await Promise.race([found, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}

const PLACE = { kind: 'conversation', personId: 'health' } as const;
const PLAIN = new TextEncoder().encode('health');

/**
 * Looks whether the keys in memory seal and open, and whether the store still has the ones that it had at the first look:
 * what is sealed with keys that were rotated meanwhile could not be read any more. Rejects with `CodedError('keys')`.
 */
export function keysCheck(keys: Keys, storeKey: Pick<KeyStore, 'read'>): () => Promise<void> {
  const sealed = keys.seal(PLACE, PLAIN);
  let first: WrappedStoreKey | undefined;
  return async () => {
    if (!Buffer.from(keys.open(PLACE, sealed)).equals(PLAIN)) throw new CodedError('keys', 'The keys do not open.');
    const present = await storeKey.read();
    first ??= present;
    if (first === undefined || present === undefined || !isSame(first, present))
      throw new CodedError('keys', 'The keys of the store are others than when the bot started: start it again.');
  };
}

function isSame(one: WrappedStoreKey, other: WrappedStoreKey): boolean {
  return one.keyId === other.keyId && Buffer.from(one.wrapped).equals(other.wrapped);
}
