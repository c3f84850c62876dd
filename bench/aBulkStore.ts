import { createHash } from 'node:crypto';
import { chainHash } from '../src/committing.ts';
import { packDraft, type Draft, type Entry } from '../src/drafts.ts';
import { newCaseKey, newUlid, recordNumbers } from '../src/ids.ts';
import type { Keys } from '../src/keyPorts.ts';
import { sealPayload } from '../src/payloads.ts';
import type { ChainEntry, ChainHead, Random, VersionHeader } from '../src/ports.ts';
import type { Stores } from '../src/storePorts.ts';
import { share } from '../src/records/share.ts';
import { wordingOf } from '../src/wording.ts';

const NO_HEAD = { seq: 0, hash: '0'.repeat(64), etag: '' } as const;
/** Case files that are being written to at the same time: records of one case do not stand together on the disk. */
const OPEN_FILES = 200;
const ENTRIES_A_FILE = 50;
const WRITES_AT_ONCE = 6_000;
const FIRST_MS = Date.UTC(2026, 0, 5, 9);
const WORDS = 'the allocated worker rang the school about the visit that was booked for Thursday afternoon and ';

interface OpenFile {
  head: ChainHead;
  /** How many more entries it gets. */
  left: number;
  /** The version that a record is at, for records that get another one. */
  readonly records: { recordId: string; version: number }[];
}

/**
 * Fills a store with signed records, 1 to 50 entries a case file, about 2 KB a payload, all made up: sealed and chained by
 * the functions that the bot itself uses, many to a transaction. The same `seed`, the same sizes.
 */
export async function fillStore(stores: Stores, keys: Keys, tenantId: string, entries: number): Promise<void> {
  const random = seeded('bulk');
  const chance = (below: number): number => Buffer.from(random.bytes(4)).readUInt32LE() % below;
  const files: OpenFile[] = [];
  let writes: Promise<unknown>[] = [];
  for (let made = 0; made < entries; made += 1) {
    const at = chance(OPEN_FILES);
    const file = files[at] ?? newFile(random, 1 + chance(ENTRIES_A_FILE));
    const one = anEntry({
      file,
      keys,
      tenantId,
      random,
      chance,
      now: new Date(FIRST_MS + made * 60_000).toISOString(),
    });
    writes.push(stores.records.reserveNumber(one.reservation), stores.records.commit(one.commit), stores.drafts.create(one.draft)); // prettier-ignore
    file.left -= 1;
    files[at] = file.left === 0 ? newFile(random, 1 + chance(ENTRIES_A_FILE)) : file;
    if (writes.length < WRITES_AT_ONCE) continue;
    await Promise.all(writes);
    writes = [];
  }
  await Promise.all(writes);
}

function newFile(random: Random, entries: number): OpenFile {
  const caseKey = newCaseKey(random);
  return { head: { caseKey, ...NO_HEAD }, left: entries, records: [] };
}

interface Making {
  readonly file: OpenFile;
  readonly keys: Keys;
  readonly tenantId: string;
  readonly random: Random;
  readonly chance: (below: number) => number;
  readonly now: string;
}

function anEntry(making: Making) {
  const { file, keys, random, now } = making;
  const { caseKey } = file.head;
  const draftId = newUlid({ now: () => now }, random);
  const header = aHeader(making, draftId);
  const answers = theAnswers(making);
  const entry = whoSigned(making, header);
  const salt = Buffer.from(random.bytes(32)).toString('hex');
  const version = sealPayload(keys, caseKey, header, { answers, entry, salt });
  const { recordId, number, kind, savedAt } = header;
  const link: ChainEntry = {
    ...{ caseKey, seq: file.head.seq + 1, kind, recordId, version: header.version, at: savedAt },
    ...{ actor: entry.personId, draftId, commitment: version.commitment, prev: file.head.hash },
  };
  const hash = chainHash(link);
  const commit = { version, entry: link, hash, head: file.head, wordings: [wordingOf(share)] };
  file.head = { caseKey, seq: link.seq, hash, etag: `${link.seq}:${hash.slice(0, 16)}` };
  const draft = packDraft(
    keys,
    aClosedDraft(header, caseKey, { draftId, personId: entry.personId, seq: link.seq, hash }),
  );
  return { commit, draft, reservation: { number, recordId, caseKey } };
}

function aHeader({ file, random, chance, now }: Making, draftId: string): VersionHeader {
  const again = chance(4) === 0 ? file.records[chance(file.records.length + 1)] : undefined;
  const { recordId, version } = again ?? { recordId: draftId, version: 0 };
  if (again === undefined) file.records.push({ recordId, version: 1 });
  else again.version += 1;
  return {
    recordId,
    version: version + 1,
    kind: version === 0 ? 'recorded' : 'amended',
    type: share.id,
    number: recordNumbers(recordId)[0] ?? '',
    contactAt: now,
    savedAt: now,
    authorId: `7d1f2c40-0000-4000-8000-9e${String(chance(200)).padStart(10, '0')}`,
    teamId: `7d1f2c40-0000-4000-8000-7e${String(chance(20)).padStart(10, '0')}`,
    openItems: [{ kind: 'outcome', due: now.slice(0, 10) }],
    consentLimited: false,
    isUnlinked: false,
    counterpartToken: Buffer.from(random.bytes(32)).toString('hex'),
    wordingHash: wordingOf(share).hash,
  };
}

/** Twenty-odd answers, of which three are long. */
function theAnswers({ chance }: Making): Record<string, string> {
  const fields = Object.entries(share.fields).slice(0, 24);
  return Object.fromEntries(
    fields.map(([name], nth) => [name, WORDS.repeat(5).slice(0, nth % 8 === 0 ? 200 + chance(200) : 10 + chance(40))]),
  );
}

function whoSigned({ tenantId, now }: Making, { authorId, teamId }: VersionHeader): Entry {
  return {
    signature: 'Asha Invented',
    personId: authorId,
    tenantId,
    name: 'Asha Invented',
    jobTitle: 'Social worker',
    organisation: 'Exampleshire Council',
    roles: ['practitioner'],
    teamId,
    signedAt: now,
  };
}

function aClosedDraft(
  { number, savedAt, openItems }: VersionHeader,
  caseKey: string,
  { draftId, personId, seq, hash }: { draftId: string; personId: string; seq: number; hash: string },
): Draft {
  return {
    ...{ draftId, personId, purpose: 'record', type: share.id, status: 'committed', revision: 12, section: 'check' },
    ...{ answers: {}, unfinished: {}, startedAt: savedAt, touchedAt: savedAt },
    committed: { caseKey, number, seq, hash, savedAt, openItems: [...openItems] },
  };
}

/** Bytes that look random and are the same in each run. */
function seeded(seed: string): Random {
  let drawn = 0;
  return { bytes: (length) => createHash('sha512').update(`${seed} ${drawn++}`).digest().subarray(0, length) };
}
