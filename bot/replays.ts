import { createHash } from 'node:crypto';
import type { CheckedToken } from './tokenCheck.ts';

/** What was let in with tokens that are still good. */
export interface Replays {
  /** Takes note of a delivery; `undefined` when it was let in before. Call what it returns when it came to nothing. */
  claim(token: CheckedToken, activity: Delivered): (() => void) | undefined;
}

/** What tells one delivery from another. */
export interface Delivered {
  readonly type: string;
  readonly id: string;
  readonly timestamp: unknown;
  readonly conversation: { readonly id: string };
}

const DELIVERIES_KEPT = 50_000;

/**
 * A delivery that comes a second time with the same token while the first is being answered, or was: the same kind, id,
 * time and conversation. Remembers the last 50,000, each for as long as its token is good.
 * Source: docs/decisions/0018.
 */
export function replays(nowMs: () => number, kept: number = DELIVERIES_KEPT): Replays {
  const until = new Map<string, number>();

  function forgetOld(): void {
    for (const [key, ms] of until) {
      if (ms > nowMs() && until.size <= kept) return;
      until.delete(key);
    }
  }

  return {
    claim(token, { type, id, timestamp, conversation }) {
      const key = digestOf([token.id, type, id, timestamp, conversation.id]);
      if ((until.get(key) ?? 0) > nowMs()) return undefined;
      until.delete(key);
      until.set(key, token.expiresAtMs);
      forgetOld();
      return () => until.delete(key);
    },
  };
}

function digestOf(parts: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64');
}
