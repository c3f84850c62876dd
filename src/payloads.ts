import { z } from 'zod';
import type { Entry } from './drafts.ts';
import { CodedError } from './errors.ts';
import type { Answers } from './fields.ts';
import type { StoredVersion } from './ports.ts';

/** What a version says, besides its header. */
export interface Payload {
  readonly answers: Answers;
  readonly entry: Entry;
  /** 32 random bytes in hex: keeps a commitment from being guessed from likely answers. */
  readonly salt: string;
}

const shape = z.object({
  answers: z.record(z.string(), z.union([z.string(), z.array(z.string())])),
  entry: z.custom<Entry>((value) => typeof value === 'object' && value !== null),
  salt: z.string(),
});

/** A payload as it goes to the store. */
export function packPayload(payload: Payload): Uint8Array {
  return Buffer.from(JSON.stringify(payload));
}

/** The payload of a version as it comes from the store. Throws `CodedError('store.broken')` when it cannot be read. */
export function unpackPayload(stored: StoredVersion): Payload {
  try {
    return shape.parse(JSON.parse(Buffer.from(stored.payload).toString('utf8')));
  } catch (cause) {
    throw new CodedError('store.broken', 'A stored record cannot be read.', { cause });
  }
}
