import { hash } from 'node:crypto';
import { z } from 'zod';
import { canonicalJson, type Canonical } from './canonicalJson.ts';
import type { Entry } from './drafts.ts';
import { CodedError } from './errors.ts';
import type { Answers } from './fields.ts';
import type { Keys, VersionPlace } from './keyPorts.ts';
import type { StoredVersion, VersionHeader } from './ports.ts';

/** What a version says, besides its header. */
export interface Payload {
  readonly answers: Answers;
  /** What was said beside the answers, such as why they were changed, and the words in which it was asked. */
  readonly said?: { readonly wordingHash: string; readonly answers: Answers };
  readonly entry: Entry;
  /** 32 random bytes in hex: keeps a commitment from being guessed from likely answers. */
  readonly salt: string;
}

const answers = z.record(z.string(), z.union([z.string(), z.array(z.string())]));

const shape = z.object({
  answers,
  said: z.object({ wordingHash: z.string(), answers }).exactOptional(),
  entry: z.custom<Entry>((value) => typeof value === 'object' && value !== null),
  salt: z.string(),
});

/**
 * A version as it is kept: sealed, with a commitment to header and payload. The commitment is the same at each call, the
 * sealed bytes are not.
 */
export function sealPayload(keys: Keys, caseKey: string, header: VersionHeader, payload: Payload): StoredVersion {
  // Headers and payloads hold strings, integers, booleans, lists and plain objects only.
  const plain = Buffer.from(canonicalJson(payload as unknown as Canonical));
  const commitment = commitmentOf(payload.salt, canonicalJson(header as unknown as Canonical), plain);
  const { sealed, wrappedKey } = keys.sealVersion(placeOf(caseKey, header), plain);
  return { caseKey, header, payload: sealed, wrappedKey, commitment };
}

/**
 * The commitment in hex: SHA-256 over the salt, which is hex, and the canonical JSON of header and payload.
 * Source: architecture, "Data", chain.
 */
export function commitmentOf(salt: string, header: string, payload: Uint8Array): string {
  const before = `{"header":${header},"payload":`;
  const needed = salt.length + before.length * UTF8_BYTES_AT_MOST + payload.length + 1;
  const bytes = needed > hashed.length ? Buffer.allocUnsafe(needed) : hashed;
  let length = bytes.write(salt, 'hex');
  length += bytes.write(before, length);
  bytes.set(payload, length);
  length = bytes.writeUInt8(CLOSING, length + payload.length);
  return hash('sha256', bytes.subarray(0, length));
}

const UTF8_BYTES_AT_MOST = 3;
const CLOSING = '}'.charCodeAt(0);

/** Written anew for each commitment: verifying asks for one an entry. Nothing waits between writing and hashing. */
const hashed = Buffer.allocUnsafe(65_536);

/** The payload of a version as it comes from the store. Throws `CodedError('store.broken')` when it cannot be read. */
export function unpackPayload(keys: Keys, stored: StoredVersion): Payload {
  const { caseKey, header, payload, wrappedKey } = stored;
  const plain = keys.openVersion(placeOf(caseKey, header), { sealed: payload, wrappedKey });
  try {
    return shape.parse(JSON.parse(Buffer.from(plain).toString('utf8')));
  } catch (cause) {
    throw new CodedError('store.broken', 'A stored record cannot be read.', { cause });
  }
}

function placeOf(caseKey: string, { recordId, version }: VersionHeader): VersionPlace {
  return { caseKey, recordId, version };
}
