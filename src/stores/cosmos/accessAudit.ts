import type { AccessAuditSource, AuditedAccess } from '../../accessAudit.ts';
import type { ChainedAccess } from '../../accessLogPorts.ts';
import { subjectsOf } from '../subjectsOf.ts';
import type { AccessDoc } from './accessStore.ts';
import type { Call } from './connection.ts';
import { idOf } from './text.ts';

const A_PAGE = 100;

/** A document of which nothing is taken for granted. */
type Unread = { readonly [K in keyof AccessDoc]?: unknown };

/** Reads the access log to be verified, chain by chain. What is added meanwhile is read, or not, in its order. */
export function accessAuditSource(call: Call): AccessAuditSource {
  return { accessEntries: () => entriesOf(call) };
}

async function* entriesOf(call: Call): AsyncGenerator<readonly AuditedAccess[]> {
  const sql = 'SELECT TOP 1 c.chainKey FROM c WHERE c.chainKey > @after ORDER BY c.chainKey';
  for (let after = ''; ;) {
    const [next] = await call(({ access }) => access.query<Pick<AccessDoc, 'chainKey'>>({ sql, values: { after } }));
    if (next === undefined) return;
    after = next.chainKey;
    for await (const page of pagesOf(call, after)) {
      const audited: AuditedAccess[] = [];
      for (const doc of page) audited.push(await auditedIn(call, doc));
      yield audited;
    }
  }
}

/** The documents of a chain by place. Several may stand in one place: a page begins with the place that the last one ended with. */
async function* pagesOf(call: Call, chainKey: string): AsyncGenerator<readonly AccessDoc[]> {
  const sql = 'SELECT TOP @limit * FROM c WHERE c.chainKey = @chainKey AND c.seq >= @from ORDER BY c.seq';
  let seen: ReadonlySet<string> = new Set();
  for (let from = Number.MIN_SAFE_INTEGER; ;) {
    const values = { chainKey, from, limit: A_PAGE };
    const page = await call(({ access }) => access.query<AccessDoc>({ sql, values }, chainKey));
    yield page.filter(({ id }) => !seen.has(id));
    const last = page.at(-1);
    if (last === undefined || page.length < A_PAGE) return;
    // A page of nothing but one place says enough of it.
    from = last.seq > from ? last.seq : from + 1;
    seen = new Set(page.filter(({ seq }) => seq === from).map(({ id }) => id));
  }
}

async function auditedIn(call: Call, doc: AccessDoc): Promise<AuditedAccess> {
  const entry = textual(doc);
  const filed = new Set(Array.isArray(doc.subjects) ? doc.subjects : []);
  const isFiled = doc.id === idOf(entry.seq) && subjectsOf(entry.subject).every((subject) => filed.has(subject));
  const { before } = entry;
  return { entry, isFiled, ...(before === undefined ? {} : { named: await namedBy(call, before) }) };
}

/** What no adapter writes is made text, of which no hash is known. */
function textual({ seq, before, grantId, ...doc }: Unread): ChainedAccess {
  const text = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value ?? null));
  const place = (value: unknown): number => (Number.isSafeInteger(value) ? (value as number) : -1); // a number, as was just looked
  const { chainKey, at, personId, action, subject, prev, hash } = doc;
  const named = before as Partial<Record<'chainKey' | 'seq', unknown>> | null | undefined; // a document that was tampered with may hold anything
  return {
    ...{ chainKey: text(chainKey), seq: place(seq), at: text(at), personId: text(personId) },
    ...{ action: text(action) as ChainedAccess['action'], subject: text(subject) }, // what it is, is under the hash
    ...(grantId === undefined ? {} : { grantId: text(grantId) }),
    ...(before === undefined ? {} : { before: { chainKey: text(named?.chainKey), seq: place(named?.seq) } }),
    ...{ prev: text(prev), hash: text(hash) },
  };
}

function namedBy(call: Call, { chainKey, seq }: NonNullable<ChainedAccess['before']>): Promise<AuditedAccess['named']> {
  const sql = 'SELECT TOP 1 c.seq FROM c WHERE c.chainKey = @chainKey ORDER BY c.seq DESC';
  return call(async ({ access }) => {
    const there = await access.read<AccessDoc>(chainKey, idOf(seq));
    const [last] = await access.query<Pick<AccessDoc, 'seq'>>({ sql, values: { chainKey } }, chainKey);
    return { hash: there?.hash, lastSeq: last?.seq };
  });
}
