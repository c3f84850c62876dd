import type { AuditedEntry, AuditLook } from '../../auditPorts.ts';
import { FINDINGS_AT_MOST } from '../../auditFindings.ts';
import { asAudited, type AuditedFile, type FiledEntry } from './auditedFile.ts';
import { recordDocId, type VersionDoc } from './caseDocs.ts';
import type { Call } from './connection.ts';
import type { DraftDoc } from './draftStore.ts';
import { reservationsOf } from './reservations.ts';
import { idOf, inChunks } from './text.ts';

/** What was read and not asked for yet, in batches. */
interface Waiting {
  readonly entries: (readonly AuditedEntry[])[];
  readonly heads: (readonly NonNullable<AuditedFile['head']>[])[];
}

const A_BATCH = 100;

/** Entries and heads are asked for beside one another, of the same case files, which are read once. */
export function lookOn(
  call: Call,
  files: AsyncGenerator<readonly AuditedFile[]>,
  drafts: Map<string, DraftDoc>,
): AuditLook {
  const waiting: Waiting = { entries: [], heads: [] };
  const unchained: AuditedFile['unchained'][number][] = [];
  const unfiled: AuditedFile['unfiled'][number][] = [];

  /** False once there is no more. */
  async function readOn(): Promise<boolean> {
    const page = await files.next();
    if (page.done === true) return false;
    const [entries] = await Promise.all([entriesOf(call, page.value), readReceipts(call, page.value, drafts)]);
    waiting.entries.push(...inChunks(entries, A_BATCH));
    waiting.heads.push(page.value.flatMap(({ head }) => head ?? []));
    for (const file of page.value) {
      if (unchained.length < FINDINGS_AT_MOST) unchained.push(...(await unnamed(call, file)));
      if (unfiled.length < FINDINGS_AT_MOST) unfiled.push(...file.unfiled, ...(await unlinked(call, file)));
    }
    return true;
  }

  async function* drained<T>(queue: T[]): AsyncGenerator<T> {
    for (;;) {
      const next = queue.shift();
      if (next !== undefined) yield next;
      else if (!(await readOn())) return;
    }
  }

  return {
    entries: drained(waiting.entries),
    heads: drained(waiting.heads),
    unchained: once(unchained),
    unfiled: once(unfiled),
  };
}

async function* once<T>(batch: readonly T[]): AsyncGenerator<readonly T[]> {
  yield batch;
}

/** The receipts of the last entries, which vouch for all before them. */
async function readReceipts(call: Call, files: readonly AuditedFile[], drafts: Map<string, DraftDoc>): Promise<void> {
  const last = files.flatMap(({ entries }) => entries.at(-1)?.entry ?? []);
  const found = await Promise.all(
    last.map(({ actor, draftId }) => call((on) => on.drafts.read<DraftDoc>(actor, idOf(draftId)))),
  );
  for (const draft of found) if (draft !== undefined) drafts.set(draft.draftId, draft);
}

async function entriesOf(call: Call, files: readonly AuditedFile[]): Promise<readonly AuditedEntry[]> {
  const entries = files.flatMap((file) => file.entries);
  const reservations = await reservationsOf(call, entries.flatMap(({ number }) => number ?? [])); // prettier-ignore
  return Promise.all(
    entries.map(async ({ number, ...entry }) => {
      const reserved = number === undefined ? undefined : reservations.get(number);
      return {
        ...entry,
        version: entry.version ?? (await versionElsewhere(call, entry)),
        reservation: reserved?.recordId === entry.entry.recordId ? reserved : undefined,
      };
    }),
  );
}

/** A version that is not in the case file of the entry that names it. */
async function versionElsewhere(
  call: Call,
  { entry: { recordId, version } }: Pick<FiledEntry, 'entry'>,
): Promise<AuditedEntry['version']> {
  const sql = `SELECT * FROM c WHERE c.doc = 'version' AND c.recordId = @recordId`;
  const all = await call(({ cases }) => cases.query<VersionDoc>({ sql, values: { recordId } }));
  const found = all.find((each) => each.version === version);
  return found && asAudited(found, undefined);
}

/** Notes of records that are not where these say. */
async function unlinked(call: Call, { caseKey, links }: AuditedFile): Promise<AuditedFile['unfiled']> {
  const there = await Promise.all(
    links.map(({ recordId, homeCaseKey }) =>
      call(({ cases }) => cases.read(text(homeCaseKey), recordDocId(text(recordId)))),
    ),
  );
  return links.flatMap(({ recordId }, nth) => (there[nth] === undefined ? [{ caseKey, recordId }] : []));
}

/** A document that was tampered with may hold anything. */
const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/** Versions without their entry, which no entry by itself names either, that of another case file neither. */
async function unnamed(call: Call, { unchained }: AuditedFile): Promise<AuditedFile['unchained']> {
  const sql = `SELECT c.version FROM c WHERE c.doc = 'chain' AND c.recordId = @recordId`;
  const named = await Promise.all(
    unchained.map(({ recordId }) =>
      call(({ cases }) => cases.query<{ readonly version: unknown }>({ sql, values: { recordId: text(recordId) } })),
    ),
  );
  return unchained.filter(({ version }, nth) => named[nth]?.every((entry) => entry.version !== version));
}
