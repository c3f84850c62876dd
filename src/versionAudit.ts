import { canonicalJsonOf, type Canonical } from './canonicalJson.ts';
import type { AuditedEntry, AuditedVersion } from './auditPorts.ts';
import type { FindingCode } from './auditFindings.ts';
import { codeOf } from './errors.ts';
import type { Keys } from './keyPorts.ts';
import { commitmentOf, type Payload } from './payloads.ts';
import type { ChainEntry, VersionHeader } from './ports.ts';

/** What of a payload is compared with what stands in clear. */
type Signed = Pick<Payload, 'entry' | 'salt' | 'said'>;

/** A version that was read: what is wrong with it, or what it says. */
export type VersionAudit =
  | { readonly wrong: FindingCode }
  | { readonly wrong: undefined; readonly header: VersionHeader; readonly wordingHashes: readonly string[] };

/**
 * Reads the version that a chain entry names, and says the first thing that is wrong with it. An entry that was itself
 * changed (`isSound` false) is not compared with it.
 * Source: architecture, "Data", chain and keys.
 */
export function auditVersion(keys: Keys, audited: AuditedEntry, isSound: boolean): VersionAudit {
  const { entry, version } = audited;
  if (version === undefined) return { wrong: 'version.missing' };
  if (isSound && version.caseKey !== entry.caseKey) return { wrong: 'version.elsewhere' };
  if (version.wrappedKey === undefined) return { wrong: 'key.missing' };
  const header = readHeader(version.header);
  if (header === undefined) return { wrong: 'header.unreadable' };
  const opened = openSigned(keys, entry, version, version.wrappedKey);
  if (opened === undefined) return { wrong: 'payload.unreadable' };
  const { signed, plain } = opened;
  const commitment = commitmentOf(signed.salt, header.canonical, plain);
  if (commitment !== version.commitment) {
    return { wrong: commitment === entry.commitment ? 'commitment.changed' : 'version.changed' };
  }
  if (isSound && !agree(entry, version, header.value, signed)) return { wrong: 'entry.mismatch' };
  const { wordingHash } = header.value;
  const wordingHashes = signed.said === undefined ? [wordingHash] : [wordingHash, signed.said.wordingHash];
  return { wrong: undefined, header: header.value, wordingHashes };
}

/** The header, if its text is exactly what saving it writes: a name that stands twice would be read in two ways. */
function readHeader(text: string): { readonly value: VersionHeader; readonly canonical: string } | undefined {
  const value = readObject(text);
  if (value === undefined || JSON.stringify(value) !== text) return undefined;
  try {
    const canonical = canonicalJsonOf(value as Canonical, text); // JSON of any kind is canonical, or canonicalJsonOf throws
    return { value: value as unknown as VersionHeader, canonical }; // the commitment vouches for its shape
  } catch (error) {
    if (error instanceof TypeError || error instanceof RangeError) return undefined;
    throw error;
  }
}

function openSigned(
  keys: Keys,
  { recordId, version: nth }: ChainEntry,
  { caseKey, payload: sealed }: AuditedVersion,
  wrappedKey: Uint8Array,
): { readonly signed: Signed; readonly plain: Uint8Array } | undefined {
  const plain = openOr(() => keys.openVersion({ caseKey, recordId, version: nth }, { sealed, wrappedKey }));
  if (plain === undefined) return undefined;
  const signed = signedIn(Buffer.from(plain.buffer, plain.byteOffset, plain.byteLength));
  if (typeof signed?.salt !== 'string' || !isObject(signed.entry)) return undefined;
  return { signed: signed as unknown as Signed, plain }; // what opens was sealed with our keys, in this shape
}

/**
 * What a payload says from its entry on. Its keys stand in order, and the answers, most of it, come before and are not
 * looked into. In what people typed a quotation mark is escaped: the name is found only where it is one.
 */
function signedIn(payload: Buffer): Readonly<Record<string, unknown>> | undefined {
  return readObject(`{${payload.toString('utf8', Math.max(0, payload.lastIndexOf('"entry":{')))}`);
}

function agree(entry: ChainEntry, version: AuditedVersion, header: VersionHeader, { entry: signed }: Signed): boolean {
  return (
    entry.commitment === version.commitment &&
    entry.recordId === header.recordId &&
    entry.version === header.version &&
    entry.kind === header.kind &&
    entry.at === header.savedAt &&
    entry.at === signed.signedAt &&
    entry.actor === signed.personId
  );
}

/** What a sealed thing says; `undefined` when it does not open. Other faults are thrown on. */
export function openOr(open: () => Uint8Array): Uint8Array | undefined {
  try {
    return open();
  } catch (error) {
    if (codeOf(error) === 'store.broken') return undefined;
    throw error;
  }
}

/** An object from JSON; `undefined` for any other text. */
export function readObject(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
