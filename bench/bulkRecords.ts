import { FOLD_VERSION } from '../src/caseReference.ts';
import type { CaseFile, Kept, KeptKind } from '../src/copyPorts.ts';
import { newUlid, recordNumbers } from '../src/ids.ts';
import type { VersionHeader } from '../src/ports.ts';
import { share } from '../src/records/share.ts';
import { CONTAINERS, type ContainerName } from '../src/stores/cosmos/containers.ts';
import { DOCS } from '../src/stores/cosmos/copyDocs.ts';
import { idOf, partsOf } from '../src/stores/cosmos/text.ts';
import { wordingOf } from '../src/wording.ts';
import type { JsonObject } from '../test/cosmos/json.ts';
import type { BulkSource } from './bulkItems.ts';

const [RECORDS_A_CASE, TEAMS, AUTHORS, ORGANISATIONS, OPEN_EVERY] = [3, 40, 500, 20_000, 100];
const [FIRST_MS, MINUTE_MS] = [Date.UTC(2022, 0, 3, 9), 60_000];
/** About what they come to when they are sealed: a record, its key, who may see a case, a draft that was committed. */
const [PAYLOAD, WRAPPED, FACTS, DRAFT] = [1_500, 60, 150, 900].map((length) => Buffer.alloc(length, 7)) as [
  Buffer,
  Buffer,
  Buffer,
  Buffer,
]; // prettier-ignore -- as many as lengths
const HASH = '5f'.repeat(32);
const wordingHash = wordingOf(share).hash;

/**
 * Whose records stand among all others, as many as anybody else’s: none of them open, all begun before theirs that are not
 * made up here.
 */
export interface Among {
  readonly personId: string;
  readonly teamId: string;
}

/** So many records of 500 people in 40 teams, three to a case, with all that stands beside one: number, alias, case, draft. */
export function bulkRecords(records: number, among: Among): Partial<Readonly<Record<ContainerName, BulkSource>>> {
  const cases = Math.ceil(records / RECORDS_A_CASE);
  const recordsOf = (nth: number): readonly number[] =>
    Array.from({ length: RECORDS_A_CASE }, (_, at) => nth * RECORDS_A_CASE + at).filter((record) => record < records);
  return {
    cases: {
      plan: CONTAINERS.cases,
      partitions: cases,
      docsAPartition: 8 * RECORDS_A_CASE,
      docsOf: (nth) => [...docsOf('caseFile', caseFile(nth, recordsOf(nth), among)), ...docsOf('alias', alias(nth))],
      keyOf: caseKeyOf,
      nthOf: (key) => numberIn(/^alias-(\d{64})$/u, key, cases),
      foundBy: ['doc', 'recordId', 'authorId', 'teamId', 'due', 'keys/[]', 'isAway', 'isToBeCompleted', 'isUnlinked', 'undecidedSince', 'personId'], // prettier-ignore
    },
    lookups: {
      plan: CONTAINERS.lookups,
      partitions: records,
      docsAPartition: 1,
      docsOf: (nth) => docsOf('number', reservation(nth)),
      keyOf: (nth) => idOf('number', numberOf(nth)),
      nthOf(key) {
        const [kind, of = ''] = partsOf(key);
        return kind === 'number' ? numberIn(/^SL-(\d{8})$/u, of, records) : undefined;
      },
      foundBy: ['doc', 'status', 'noticeId', 'about'],
    },
    drafts: {
      plan: CONTAINERS.drafts,
      partitions: AUTHORS,
      docsAPartition: Math.ceil(records / AUTHORS),
      docsOf: (nth) => draftsOf(nth, records, among),
      keyOf: (nth) => authorOf(nth, among),
      nthOf: (personId) => (personId === among.personId ? 0 : numberIn(/^bench-person-(\d+)$/u, personId, AUTHORS)),
      foundBy: ['status'],
    },
  };
}

function docsOf<K extends KeptKind>(kind: K, value: Kept[K]): readonly JsonObject[] {
  return DOCS[kind](value, 0).map(({ doc }) => doc as unknown as JsonObject); // plain data
}

function numberIn(shape: RegExp, text: string, below: number): number | undefined {
  const digits = shape.exec(text)?.[1];
  return digits !== undefined && Number(digits) < below ? Number(digits) : undefined;
}

const caseKeyOf = (nth: number): string => `alias-${aliasOf(nth)}`;
const instantOf = (record: number): string => new Date(FIRST_MS + record * MINUTE_MS).toISOString();
const authorOf = (nth: number, { personId }: Among): string => (nth === 0 ? personId : `bench-person-${nth}`);
const teamOf = (nth: number, { teamId }: Among): string => (nth === 0 ? teamId : `bench-team-${nth}`);
const organisationOf = (nth: number): string => String(nth).padStart(64, 'e');

function recordIdOf(record: number): string {
  const time = newUlid({ now: () => instantOf(record) }, { bytes: (length) => new Uint8Array(length) }).slice(0, 10);
  return `${time}${String(record).padStart(8, '0')}BENCHREC`;
}

function headerOf(record: number, among: Among): VersionHeader {
  const [author, team] = [record % AUTHORS, Math.floor(record / RECORDS_A_CASE) % TEAMS];
  const isOpen = record % OPEN_EVERY === 1 && author !== 0 && team !== 0;
  const [recordId, at] = [recordIdOf(record), instantOf(record)];
  return {
    ...{ recordId, version: 1, kind: 'recorded', type: share.id, number: numberOf(record) },
    ...{ contactAt: at, savedAt: at, authorId: authorOf(author, among), teamId: teamOf(team, among) },
    openItems: isOpen ? [{ kind: 'outcome', due: '2030-01-01' }] : [],
    ...{
      consentLimited: false,
      isUnlinked: false,
      counterpartToken: organisationOf(record % ORGANISATIONS),
      wordingHash,
    },
  };
}

function caseFile(nth: number, records: readonly number[], among: Among): CaseFile {
  const caseKey = caseKeyOf(nth);
  const headers = records.map((record) => headerOf(record, among));
  return {
    caseKey,
    head: { seq: records.length, hash: HASH },
    versions: headers.map((header) => ({ header, payload: PAYLOAD, wrappedKey: WRAPPED, commitment: HASH })),
    chain: headers.map(({ recordId, version, kind, savedAt, authorId }, at) => ({
      ...{ caseKey, seq: at + 1, kind, recordId, version, at: savedAt, actor: authorId, draftId: recordId },
      ...{ commitment: HASH, prev: HASH, hash: HASH },
    })),
    links: [],
    facts: { caseKey, revision: 1, teamIds: [teamOf(nth % TEAMS, among)], body: FACTS },
  };
}

function reservation(record: number) {
  const caseKey = caseKeyOf(Math.floor(record / RECORDS_A_CASE));
  return { number: numberOf(record), recordId: recordIdOf(record), caseKey };
}

const numberOf = (record: number): string => recordNumbers(recordIdOf(record))[0] ?? '';
const aliasOf = (nth: number): string => String(nth).padStart(64, '0');
const alias = (nth: number) => ({
  alias: aliasOf(nth),
  foldVersion: FOLD_VERSION,
  caseKey: caseKeyOf(nth),
});

function draftsOf(nth: number, records: number, among: Among): readonly JsonObject[] {
  const personId = authorOf(nth, among);
  const all = Array.from({ length: Math.ceil(records / AUTHORS) }, (_, at) => at * AUTHORS + nth);
  return all
    .filter((record) => record < records)
    .flatMap((record) =>
      docsOf('draft', {
        ...{ draftId: recordIdOf(record), personId, status: 'committed', revision: 12, body: DRAFT },
        touchedAt: instantOf(record),
      }),
    );
}
