import type { Wording } from '../../ports.ts';
import type { On } from './connection.ts';
import { cosmosFault } from './cosmosFault.ts';
import { settled } from './settled.ts';
import { idOf } from './text.ts';

export interface Wordings {
  body(on: On, hash: string): Promise<string | undefined>;
  /** Those that are not kept yet. Throws `store.broken` when a hash already stands for other words. */
  missing(on: On, wanted: readonly Wording[]): Promise<readonly Wording[]>;
  /** Keeps one; resolves when it is durable. Throws `store.broken` likewise. */
  keep(on: On, wording: Wording): Promise<void>;
}

export function wordingDoc({ hash, body }: Wording) {
  const key = idOf('wording', hash);
  return { id: key, key, doc: 'wording', hash, body };
}

/** The words of record types. They are few and never change, so that each is looked up once in a process. */
export function wordings(): Wordings {
  const known = new Map<string, string>();

  async function body({ lookups }: On, hash: string): Promise<string | undefined> {
    const kept = known.get(hash);
    if (kept !== undefined) return kept;
    const key = idOf('wording', hash);
    const found = await lookups.read<{ readonly body: string }>(key, key);
    if (found !== undefined) known.set(hash, found.body);
    return found?.body;
  }

  async function isKept(on: On, wording: Wording): Promise<boolean> {
    const kept = await body(on, wording.hash);
    if (kept !== undefined && kept !== wording.body) throw cosmosFault('store.broken');
    return kept !== undefined;
  }

  return {
    body,
    async missing(on, wanted) {
      const kept = await Promise.all(wanted.map((wording) => isKept(on, wording)));
      return wanted.filter((_, nth) => kept[nth] === false);
    },
    async keep(on, wording) {
      const doc = wordingDoc(wording);
      await settled<true>(on.deadline, {
        attempt: async () => ((await on.lookups.create(doc.key, doc)) === undefined ? undefined : true),
        lookBack: async () => (await isKept(on, wording)) || undefined,
      });
      known.set(wording.hash, wording.body);
    },
  };
}
