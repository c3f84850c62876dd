import { copiedText } from './copiedText.ts';
import { KEYS, type CopyKey, type Kept, type KeptKind } from './copyPorts.ts';

/** The first thing in which two stores differ. */
export interface Difference {
  readonly key: CopyKey;
  readonly what: 'missing' | 'extra' | 'other';
}

/**
 * Goes through what two stores keep of one kind, side by side, to the first difference: everything is compared, what is
 * sealed as it is sealed. Holds no more than a batch of each in memory. `done` hears how many more were compared.
 */
export async function comparison<K extends KeptKind>(
  kind: K,
  from: AsyncIterable<readonly Kept[K][]>,
  to: AsyncIterable<readonly Kept[K][]>,
  done: (more: number) => void,
): Promise<{ readonly count: number; readonly difference?: Difference }> {
  const there = to[Symbol.asyncIterator]();
  let waiting: Kept[K][] = [];
  let count = 0;

  async function next(): Promise<Kept[K] | undefined> {
    while (waiting.length === 0) {
      const batch = await there.next();
      if (batch.done === true) return undefined;
      waiting = batch.value.toReversed();
    }
    return waiting.pop();
  }

  try {
    for await (const batch of from) {
      for (const ours of batch) {
        const difference = differenceOf(kind, ours, await next());
        if (difference !== undefined) return { count, difference };
        count += 1;
      }
      done(batch.length);
    }
    const extra = await next();
    return extra === undefined ? { count } : { count, difference: { key: KEYS[kind](extra), what: 'extra' } };
  } finally {
    await there.return?.();
  }
}

function differenceOf<K extends KeptKind>(kind: K, ours: Kept[K], theirs: Kept[K] | undefined): Difference | undefined {
  const key = KEYS[kind](ours);
  if (theirs === undefined) return { key, what: 'missing' };
  const other = KEYS[kind](theirs);
  const order = compareKeys(key, other);
  if (order < 0) return { key, what: 'missing' };
  if (order > 0) return { key: other, what: 'extra' };
  return copiedText(ours) === copiedText(theirs) ? undefined : { key, what: 'other' };
}

/** Below 0 when the first key comes first, 0 for the same key. Text is ordered by its UTF-8 bytes, as stores do. */
function compareKeys(a: CopyKey, b: CopyKey): number {
  for (const [nth, one] of a.entries()) {
    const other = b[nth] ?? '';
    const order =
      typeof one === 'number' && typeof other === 'number'
        ? one - other
        : Buffer.compare(Buffer.from(String(one)), Buffer.from(String(other)));
    if (order !== 0) return order;
  }
  return 0;
}
