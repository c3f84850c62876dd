import { randomBytes } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import { setFlagsFromString } from 'node:v8';
import { SingleBar } from 'cli-progress';
import type { AuditScope, AuditSource } from '../../src/auditPorts.ts';
import { FINDINGS_AT_MOST, sentenceOf } from '../../src/auditFindings.ts';
import { CodedError } from '../../src/errors.ts';
import { readRecordNumber } from '../../src/ids.ts';
import { readKeys } from '../../src/keyring.ts';
import { openAudit as openCosmos } from '../../src/stores/cosmos/audit.ts';
import { openAudit as openSqlite } from '../../src/stores/sqlite/audit.ts';
import { verify, type Verified } from '../../src/verifying.ts';
import { holderOf } from '../keyHolder.ts';
import type { ExitCode, OnStore } from './onStore.ts';
import { several } from './several.ts';

/** What no look at the store alone can show. */
const NOT_SHOWN = ['tail.removed', 'access.tailRemoved', 'store.replaced'] as const;
const NOT_SHOWN_WORDS =
  'Not shown by this: the last entries of a case file taken away with all that belongs to them, the newest entries of the access log taken away, and an older copy of all the data put in its place.';

/** What is read dies young: a larger space for it would only let memory grow with the store, and save no time. */
const KEEP_YOUNG_SPACE = '--semi-space-growth-factor=1';

/**
 * Verifies the store, or the case file of one record, beside a running bot: 0 when it is whole, 1 when it is not. Throws a
 * coded error when it cannot be read, or when the number is unknown.
 */
export async function verifyCommand(
  { place, tenantId, access, account }: OnStore,
  asked: { readonly number: string | undefined; readonly json: boolean },
): Promise<ExitCode> {
  const source =
    account === undefined ? openSqlite({ path: place.database, tenantId }) : await openCosmos({ ...account, tenantId });
  try {
    const holder = holderOf(place, access);
    const keys = await readKeys(source.storeKey, holder, tenantId, { bytes: (length) => randomBytes(length) });
    const scope = asked.number === undefined ? undefined : await caseFileOf(source, asked.number);
    setFlagsFromString(KEEP_YOUNG_SPACE);
    const started = performance.now();
    const verified = await withBar(source, scope, (onProgress) => verify(source, keys, { scope, onProgress }));
    const durationMs = Math.round(performance.now() - started);
    console.log(asked.json ? asJson(verified, durationMs) : asText(verified, durationMs));
    return verified.findings.length === 0 ? 0 : 1;
  } finally {
    await source.close();
  }
}

async function caseFileOf(source: AuditSource, typed: string): Promise<string> {
  const number = readRecordNumber(typed);
  const reserved = number === undefined ? undefined : await source.byNumber(number);
  if (reserved !== undefined) return reserved.caseKey;
  throw new CodedError(
    'number.unknown',
    'There is no record with this number: check it, and that DATA_DIR or COSMOS_DATABASE names the right records.',
  );
}

/** Draws a bar while it works, on a terminal only. */
async function withBar<T>(
  source: AuditSource,
  scope: AuditScope,
  work: (onProgress?: (entries: number) => void) => Promise<T>,
): Promise<T> {
  if (!process.stderr.isTTY) return work();
  const bar = new SingleBar({ format: '{bar} {percentage}% | {value} of {total} entries', clearOnComplete: true });
  bar.start(await source.entryCount(scope), 0);
  try {
    return await work((entries) => bar.update(entries));
  } finally {
    bar.stop();
  }
}

function asJson({ findings, isCutShort, ...counts }: Verified, durationMs: number): string {
  const whole = findings.length === 0;
  return JSON.stringify({ whole, ...counts, durationMs, isCutShort, findings, notShown: NOT_SHOWN });
}

function asText(verified: Verified, durationMs: number): string {
  const { findings, isCutShort } = verified;
  return [
    `Looked at ${counted(verified)} in ${(durationMs / 1000).toFixed(1)} seconds.`,
    ...(findings.length === 0
      ? ['Whole: every record is as it was signed, and in its place.']
      : [
          `Not whole: ${several(findings.length, 'finding')}.`,
          ...findings.map((finding) => `- ${sentenceOf(finding)}`),
        ]),
    ...(isCutShort ? [`Stopped after ${FINDINGS_AT_MOST} findings: there may be more.`] : []),
    NOT_SHOWN_WORDS,
  ].join('\n');
}

function counted({ entries, records, caseFiles, accessEntries }: Verified): string {
  const inFiles = `${several(entries, 'entry', 'entries')} of ${several(records, 'record')} in ${several(caseFiles, 'case file')}`;
  return accessEntries === 0
    ? inFiles
    : `${inFiles}, and ${several(accessEntries, 'entry', 'entries')} of the access log,`;
}
