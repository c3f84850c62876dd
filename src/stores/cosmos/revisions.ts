import type { Random } from '../../ports.ts';
import { remembered } from './remembered.ts';
import type { On } from './connection.ts';
import type { Documents, Kept } from './documents.ts';
import { settled } from './settled.ts';

/** What is replaced by its next revision only. */
export interface Revisioned {
  readonly id: string;
  readonly revision: number;
}

/** Who wrote a document: tells one's own write from another that looks the same. */
interface Written {
  readonly writtenBy: string;
}

interface Place {
  readonly documents: Documents;
  readonly deadline: On['deadline'];
  readonly partition: string;
}

/** Keeps documents by revision: each is created once, and replaced by whoever comes first. */
export interface Revisions {
  create(place: Place, doc: Revisioned): Promise<'saved' | 'conflict'>;
  /** Replaces the document whose revision is one less. */
  replace(place: Place, doc: Revisioned): Promise<'saved' | 'conflict'>;
  read<T extends Revisioned>(place: Place, id: string): Promise<Kept<T> | undefined>;
  /** The etag of a revision, asked for when it is not remembered; `undefined` when another is there, or none. */
  etagOf(place: Place, id: string, revision: number): Promise<string | undefined>;
  /** Names one write. */
  mark(): string;
}

const WRITER_BYTES = 8;

/**
 * Remembers the etag of each revision that was read or written here, so that a press that loads and saves takes two
 * requests. What is remembered only ever makes a save be refused that came too late: the etag decides, in the store.
 */
export function revisions(random: Random): Revisions {
  const writer = Buffer.from(random.bytes(WRITER_BYTES)).toString('hex');
  const etags = remembered<{ readonly revision: number; readonly etag: string }>();
  let written = 0;

  const keyOf = ({ partition }: Place, id: string): string => `${partition}\n${id}`;
  const mark = (): string => `${writer}:${(written += 1)}`;

  function remember(place: Place, { id, revision }: Revisioned, etag: string): void {
    etags.set(keyOf(place, id), { revision, etag });
  }

  async function read<T extends Revisioned>(place: Place, id: string): Promise<Kept<T> | undefined> {
    const found = await place.documents.read<T>(place.partition, id);
    if (found === undefined) etags.delete(keyOf(place, id));
    else remember(place, found, found._etag);
    return found;
  }

  async function etagOf(place: Place, id: string, revision: number): Promise<string | undefined> {
    const known = etags.get(keyOf(place, id));
    if (known?.revision === revision) return known.etag;
    const found = await read(place, id);
    return found?.revision === revision ? found._etag : undefined;
  }

  async function lookBack(
    place: Place,
    doc: Revisioned & Written,
    before: number,
  ): Promise<'saved' | 'conflict' | undefined> {
    const found = await read<Revisioned & Written>(place, doc.id);
    if (found?.writtenBy === doc.writtenBy) return 'saved';
    return found?.revision === before ? undefined : 'conflict';
  }

  async function create(place: Place, wanted: Revisioned): Promise<'saved' | 'conflict'> {
    const doc = { ...wanted, writtenBy: mark() };
    return settled(place.deadline, {
      async attempt() {
        const etag = await place.documents.create(place.partition, doc);
        if (etag === undefined) return undefined;
        remember(place, doc, etag);
        return 'saved';
      },
      async lookBack() {
        const found = await read<Revisioned & Written>(place, doc.id);
        if (found === undefined) return undefined;
        return found.writtenBy === doc.writtenBy ? 'saved' : 'conflict';
      },
    });
  }

  async function replace(place: Place, wanted: Revisioned): Promise<'saved' | 'conflict'> {
    const doc = { ...wanted, writtenBy: mark() };
    const before = doc.revision - 1;
    return settled(place.deadline, {
      async attempt() {
        const known = await etagOf(place, doc.id, before);
        if (known === undefined) return undefined;
        const etag = await place.documents.replace(place.partition, doc, known);
        if (etag === undefined) return undefined;
        remember(place, doc, etag);
        return 'saved';
      },
      lookBack: () => lookBack(place, doc, before),
    });
  }

  return { create, replace, read, etagOf, mark };
}
