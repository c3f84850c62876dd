/** A bucket for each key: so many at once, and so many a second in the long run. */
export interface Rates {
  /** How long this key has to wait, in seconds; 0 when it need not. Takes nothing. */
  waitOf(key: string): number;
  /** Takes one for this key, if there is one. */
  take(key: string): void;
}

/** What a key may do. */
export interface Rate {
  readonly atOnce: number;
  readonly perSecond: number;
}

const KEYS_KEPT = 10_000;

/** Makes the buckets. The 10,000 keys that were used last are remembered; a key that is not has a full bucket. */
export function rates({ atOnce, perSecond }: Rate, nowMs: () => number, kept: number = KEYS_KEPT): Rates {
  const buckets = new Map<string, { readonly left: number; readonly atMs: number }>();

  function leftOf(key: string): number {
    const bucket = buckets.get(key);
    if (bucket === undefined) return atOnce;
    return Math.min(atOnce, bucket.left + (Math.max(0, nowMs() - bucket.atMs) * perSecond) / 1000);
  }

  return {
    waitOf(key) {
      const left = leftOf(key);
      return left >= 1 ? 0 : Math.max(1, Math.ceil((1 - left) / perSecond));
    },
    take(key) {
      const left = Math.max(0, leftOf(key) - 1);
      buckets.delete(key);
      buckets.set(key, { left, atMs: nowMs() });
      if (buckets.size > kept) buckets.delete(buckets.keys().next().value ?? key);
    },
  };
}
