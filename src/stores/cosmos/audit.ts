import type { AuditScope, AuditSource } from '../../auditPorts.ts';
import type { StoredCase, StoredGrant } from '../../casePorts.ts';
import { accessAuditSource } from './accessAudit.ts';
import { bytesOf } from './auditedFile.ts';
import { lookOn } from './auditLook.ts';
import { auditedFiles, PAUSES_MS } from './auditReading.ts';
import type { CaseDoc } from './caseFactsDoc.ts';
import { grantDocs, type GrantDoc } from './caseStore.ts';
import type { Call, Connection } from './connection.ts';
import { isSame } from './copyDocs.ts';
import { countOf, pagesOf, type Listing } from './copyReading.ts';
import type { DraftDoc } from './draftStore.ts';
import { keyStore, refuseRotating } from './keyStore.ts';
import { refuseHalf, refuseAnother } from './owner.ts';
import { openPatiently, type PatientOptions } from './patient.ts';
import { numbers } from './recordStore.ts';
import { idOf } from './text.ts';

export interface CosmosAuditOptions extends PatientOptions {
  readonly tenantId: string;
  /** How long to wait before what does not fit together is read again, each time. */
  readonly pausesMs?: readonly number[];
}

/**
 * Opens a store in an account to be read beside bots that go on writing. Changes nothing. Rejects with what `openCosmos`
 * rejects with, and with `store.missing` when the database holds no records.
 */
export async function openAudit(options: CosmosAuditOptions): Promise<AuditSource> {
  const connection = await openPatiently(options, (call) =>
    call(async (on) => {
      await refuseHalf(on);
      await refuseRotating(on);
      await refuseAnother(on, options.tenantId);
    }),
  );
  return { ...auditSource(connection, options.pausesMs), close: () => connection.close() };
}

/** Reads the store on a connection that is open, and leaves it open. */
export function auditSource(connection: Connection, pausesMs = PAUSES_MS): AuditSource {
  const { call } = connection;
  /** Drafts that were read with the case file whose end they vouch for. */
  const read = new Map<string, DraftDoc>();
  return {
    ...accessAuditSource(call),
    look: (scope) => lookOn(call, auditedFiles(call, scope, pausesMs), read),
    cases: (scope) => listed(call, casesIn(scope), asAuditedCase),
    grants: (scope) => listed(call, grantsIn(scope), asAuditedGrant),
    wordings: () => listed(call, { container: 'lookups', where: `c.doc = 'wording'`, order: ['id'] }, asWording),
    async entryCount(scope) {
      const ofOne = scope === undefined ? {} : inCase(scope);
      const { where = 'true', ...within } = ofOne;
      const entries = await countOf(call, { ...within, container: 'cases', where: `${where} AND c.doc = 'version'` });
      return entries + (scope === undefined ? await countOf(call, { container: 'access' }) : 0);
    },
    async draft(draftId, personId) {
      const kept = read.get(draftId);
      read.delete(draftId);
      const found = kept ?? (await draftOf(call, draftId, personId));
      // One that says of itself that it is another is none.
      return found?.draftId === draftId ? { personId: found.personId, body: bytesOf(found.body) } : undefined;
    },
    byNumber: numbers(connection).byNumber,
    storeKey: keyStore(connection),
    close: async () => undefined,
  };
}

/** With that person, where the entry says that it is, or else wherever it is. */
async function draftOf(call: Call, draftId: string, personId: string): Promise<DraftDoc | undefined> {
  const id = idOf(draftId);
  return call(
    async ({ drafts }) =>
      (await drafts.read<DraftDoc>(personId, id)) ??
      (await drafts.query<DraftDoc>({ sql: 'SELECT * FROM c WHERE c.id = @id', values: { id } }))[0],
  );
}

type Within = Pick<Listing, 'where' | 'values' | 'partition'>;

const inCase = (caseKey: string): Within => ({
  where: 'c.caseKey = @caseKey',
  values: { caseKey },
  partition: caseKey,
});

function casesIn(scope: AuditScope): Listing {
  const { where = 'true', ...within } = scope === undefined ? {} : inCase(scope);
  return { ...within, container: 'cases', where: `${where} AND c.doc = 'case'`, order: ['caseKey'] };
}

function grantsIn(scope: AuditScope): Listing {
  const { where = 'true', ...within } = scope === undefined ? {} : inCase(scope);
  return { ...within, container: 'cases', where: `${where} AND c.doc = 'grant'`, order: ['id'] };
}

async function* listed<T>(
  call: Call,
  listing: Listing,
  as: (doc: never) => T | undefined,
): AsyncGenerator<readonly T[]> {
  for await (const page of pagesOf<never>(call, listing)) yield page.flatMap((doc) => as(doc) ?? []);
}

/** With what is no list of teams and no text as nothing, which is not what was sealed. */
function asAuditedCase({ caseKey, revision, teamIds, undecidedSince, body }: CaseDoc): StoredCase {
  return {
    ...{ caseKey, revision, teamIds: Array.isArray(teamIds) ? teamIds : [], body: bytesOf(body) },
    ...(undecidedSince === undefined ? {} : { undecidedSince }),
  };
}

/** One that is not found by what it is found by is as good as changed. */
function asAuditedGrant(doc: GrantDoc): StoredGrant {
  const { grantId, personId, caseKey, until, body } = doc;
  const grant = { grantId, personId, caseKey, until, body: bytesOf(body) };
  return isSame(grantDocs(grant).doc, doc) ? grant : { ...grant, body: new Uint8Array(0) };
}

/** Words that are not found by their hash are missing. */
function asWording({ id, key, hash, body }: Readonly<Record<'id' | 'key' | 'hash' | 'body', string>>) {
  return id === key && id === idOf('wording', hash) && typeof body === 'string' ? { hash, body } : undefined;
}
