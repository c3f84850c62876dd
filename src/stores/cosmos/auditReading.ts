import { setTimeout as wait } from 'node:timers/promises';
import type { AuditScope } from '../../auditPorts.ts';
import { auditedFile, isTogether, type AuditedFile } from './auditedFile.ts';
import { HEAD_ID } from './caseDocs.ts';
import type { Call } from './connection.ts';
import { docsOf, partitionsOf, type CaseFileDoc } from './copyReading.ts';
import { cosmosFault } from './cosmosFault.ts';

/** What does not fit together is read again after these, all longer than a change of case teams may take. */
export const PAUSES_MS: readonly number[] = [0, 200, 3_500];

/** How long a look waits so in all: with that much amiss, it is no change that is under way. */
const PATIENCE_MS = 60_000;

/** How often a case file is read until nothing was committed to it meanwhile. */
const READ_AT_MOST = 50;

/**
 * Case files in order of their keys, each as it stood at one moment: one that does not fit together may have been read in
 * the middle of a commit, and is read again between two looks at its head before it is told as it is.
 */
export async function* auditedFiles(
  call: Call,
  scope: AuditScope,
  pausesMs: readonly number[],
): AsyncGenerator<readonly AuditedFile[]> {
  let patienceMs = PATIENCE_MS;

  async function together(caseKey: string, docs: readonly CaseFileDoc[]): Promise<AuditedFile> {
    let file = auditedFile(caseKey, docs);
    for (const pauseMs of pausesMs) {
      if (isTogether(file)) break;
      if (pauseMs > 0 && patienceMs > 0) await wait(pauseMs);
      patienceMs -= pauseMs;
      file = auditedFile(caseKey, await docsBetween(call, caseKey));
    }
    return file;
  }

  const pages = scope === undefined ? partitionsOf(call) : [[[scope, await docsOf(call, scope)] as const]];
  for await (const page of pages) {
    const files: AuditedFile[] = [];
    for (const [caseKey, docs] of page) files.push(await together(caseKey, docs));
    yield files;
  }
}

/** All of a case file, read while its head stayed the same. */
async function docsBetween(call: Call, caseKey: string): Promise<readonly CaseFileDoc[]> {
  const headNow = () => call(async ({ cases }) => (await cases.read<object>(caseKey, HEAD_ID))?._etag);
  let before = await headNow();
  for (let reads = 0; reads < READ_AT_MOST; reads += 1) {
    const docs = await docsOf(call, caseKey);
    const after = await headNow();
    if (after === before) return docs;
    before = after;
  }
  throw cosmosFault('store.busy', undefined, 'People record in one case file more quickly than it can be read: run this again when fewer are at work.'); // prettier-ignore
}
