import type { CaseFile, Kept, KeptKind } from '../../copyPorts.ts';
import { asAccess, type AccessDoc } from './accessStore.ts';
import type { ChainDoc, HeadDoc, KeyDoc, LinkDoc, RecordDoc, VersionDoc } from './caseDocs.ts';
import { asChained, keyId } from './caseDocs.ts';
import { asAlias, type AliasDoc } from './caseAliases.ts';
import type { CaseDoc } from './caseFactsDoc.ts';
import { asCase, asGrant, type GrantDoc } from './caseStore.ts';
import type { Call } from './connection.ts';
import type { ContainerName } from './containers.ts';
import { asConversation, type ConversationDoc } from './conversationStore.ts';
import { asDraft, type DraftDoc } from './draftStore.ts';
import type { Query } from './documents.ts';
import { asNotice, type NoticeDoc } from './noticeStore.ts';
import { asItemState, asNudge, type ItemDoc, type NudgeDoc } from './nudgeStore.ts';
import { anyOf, unpackBytes } from './text.ts';

/** How many documents are read at a time. */
const A_PAGE = 100;

type Values = Query['values'];

/** Where documents stand, and what they are ordered by. */
export interface Listing {
  readonly container: ContainerName;
  /** SQL that holds for them; absent where it is all of the container. */
  readonly where?: string;
  /** Together different for each of them; the last one may be a number. */
  readonly order: readonly string[];
  readonly values?: Values;
  /** One partition only. */
  readonly partition?: string;
}

interface Reading<T> extends Listing {
  readonly as: (doc: never) => T;
}

const isA = (doc: string): string => `c.doc = '${doc}'`;
const inLookups = (doc: string) => ({ container: 'lookups', where: isA(doc), order: ['id'] }) as const;
const inPeople = (doc: string) => ({ container: 'people', where: isA(doc), order: ['personId'] }) as const;

const READINGS: { readonly [K in Exclude<KeptKind, 'caseFile' | 'nudge'>]: Reading<Kept[K]> } = {
  storeKey: {
    ...inLookups('storeKey'),
    as: ({ keyId: id, wrapped }: { keyId: string; wrapped: string }) => ({ keyId: id, wrapped: unpackBytes(wrapped) }),
  },
  access: { container: 'access', order: ['at', 'chainKey', 'seq'], as: (doc: AccessDoc) => asAccess(doc) },
  wording: { ...inLookups('wording'), as: ({ hash, body }: Kept['wording']) => ({ hash, body }) },
  alias: { container: 'cases', where: isA('alias'), order: ['id'], as: (doc: AliasDoc) => asAlias(doc) },
  number: {
    ...inLookups('number'),
    as: ({ number, recordId, caseKey }: Kept['number']) => ({ number, recordId, caseKey }),
  },
  grant: { container: 'cases', where: isA('grant'), order: ['id'], as: (doc: GrantDoc) => asGrant(doc) },
  draft: { container: 'drafts', order: ['id'], as: (doc: DraftDoc) => asDraft(doc) },
  conversation: { ...inPeople('conversation'), as: (doc: ConversationDoc) => asConversation(doc) },
  notice: {
    ...{ container: 'lookups', where: isA('notice'), order: ['noticeId'] },
    as: (doc: NoticeDoc) => ({ ...asNotice(doc), status: doc.status }),
  },
  item: {
    ...{ container: 'nudges', where: isA('item'), order: ['recordId', 'item'] },
    as: (doc: ItemDoc) => asItemState(doc),
  },
  deputy: {
    ...inPeople('deputy'),
    as: ({ personId: managerId, deputyId, until }: Kept['deputy'] & { personId: string }) => ({
      ...{ managerId, deputyId, until },
    }),
  },
  unreachable: { ...inPeople('unreachable'), as: ({ personId }: Kept['unreachable']) => ({ personId }) },
};

/** Reads all that is kept of one kind. */
export function readKept<K extends KeptKind>(call: Call, kind: K): AsyncIterable<readonly Kept[K][]> {
  if (kind === 'caseFile') return caseFiles(call) as AsyncIterable<readonly Kept[K][]>; // K is caseFile here
  if (kind === 'nudge') return nudges(call) as AsyncIterable<readonly Kept[K][]>; // K is nudge here
  const readings: Partial<Readonly<Record<KeptKind, unknown>>> = READINGS;
  return listed(call, readings[kind] as Reading<Kept[K]>); // K is another here
}

/** How many there are, roughly: a case file counts by its head. */
export function countKept(call: Call, kind: KeptKind): Promise<number> {
  return countOf(call, COUNTED[kind] ?? READINGS[kind as keyof typeof READINGS]); // those that are not counted otherwise
}

/** How many documents there are. */
export async function countOf(
  call: Call,
  { container, where = 'true', values = {}, partition }: Omit<Listing, 'order'>,
): Promise<number> {
  const sql = `SELECT VALUE COUNT(1) FROM c WHERE ${where}`;
  const counts = await call((on) => on[container].query<number>({ sql, values }, partition));
  return counts.reduce((sum, each) => sum + each, 0);
}

const COUNTED: Partial<Readonly<Record<KeptKind, Pick<Listing, 'container' | 'where'>>>> = {
  caseFile: { container: 'cases', where: isA('head') },
  nudge: { container: 'nudges', where: isA('nudge') },
};

async function* listed<T>(call: Call, { as, ...listing }: Reading<T>): AsyncGenerator<readonly T[]> {
  for await (const page of pagesOf<never>(call, listing)) yield page.map(as);
}

/** All documents of a listing, page by page, each after the last one of the page before. */
export async function* pagesOf<D>(call: Call, listing: Listing): AsyncGenerator<readonly D[]> {
  const { container, where, values = {}, order, partition } = listing;
  const sql = `SELECT TOP @limit * FROM c WHERE ${where === undefined ? '' : `${where} AND `}${afterSql(order)}
    ORDER BY ${order.map((name) => `c.${name}`).join(', ')}`;
  let after: Values = Object.fromEntries(order.map((name) => [name, name === 'seq' ? 0 : '']));
  for (;;) {
    const page = await call((on) =>
      on[container].query<D>({ sql, values: { ...values, ...after, limit: A_PAGE } }, partition),
    );
    if (page.length > 0) yield page;
    if (page.length < A_PAGE) return;
    const last = page.at(-1) as Values; // a page that is full is not empty
    after = Object.fromEntries(order.map((name) => [name, last[name] ?? '']));
  }
}

/** What comes after a key: the first of its parts is larger, or it is the same and the next one is. */
function afterSql(order: readonly string[]): string {
  return anyOf(
    order.map((name, nth) => {
      const same = order.slice(0, nth).map((each) => `c.${each} = @${each}`);
      return [...same, `c.${name} > @${name}`].join(' AND ');
    }),
  );
}

/** Day by day: people of one day in order are found without an index of both. */
async function* nudges(call: Call): AsyncGenerator<readonly Kept['nudge'][]> {
  const sql = `SELECT TOP 1 c.date FROM c WHERE ${isA('nudge')} AND c.date > @after ORDER BY c.date`;
  for (let after = ''; ;) {
    const [next] = await call((on) => on.nudges.query<Pick<NudgeDoc, 'date'>>({ sql, values: { after } }));
    if (next === undefined) return;
    after = next.date;
    yield* listed<Kept['nudge']>(call, {
      ...{
        container: 'nudges',
        where: `${isA('nudge')} AND c.date = @date`,
        values: { date: after },
        order: ['owner'],
      },
      as: (doc: NudgeDoc) => asNudge(doc),
    });
  }
}

/** What stands in the partition of a case file. */
export type CaseFileDoc =
  HeadDoc | VersionDoc | KeyDoc | ChainDoc | RecordDoc | LinkDoc | CaseDoc | GrantDoc | AliasDoc;

async function* caseFiles(call: Call): AsyncGenerator<readonly CaseFile[]> {
  for await (const page of partitionsOf(call)) yield page.flatMap(([caseKey, docs]) => caseFileOf(caseKey, docs));
}

/**
 * Case file by case file, whatever stands in them: a page holds several, of which the last may be cut off and comes again
 * with the next; one that fills a page is read by itself. With `where`, SQL that holds for what is read.
 */
export async function* partitionsOf(
  call: Call,
  where = 'true',
): AsyncGenerator<readonly (readonly [caseKey: string, docs: readonly CaseFileDoc[]])[]> {
  const sql = `SELECT TOP @limit * FROM c WHERE ${where} AND c.caseKey > @after ORDER BY c.caseKey`;
  for (let after = ''; ;) {
    const values = { after, limit: A_PAGE };
    const page = await call((on) => on.cases.query<CaseFileDoc>({ sql, values }));
    const files = [...Map.groupBy(page, ({ caseKey }) => caseKey)];
    const isCut = page.length === A_PAGE;
    const whole = isCut ? files.slice(0, -1) : files;
    const [large] = isCut && whole.length === 0 ? files : [];
    const found = large === undefined ? whole : [[large[0], await docsOf(call, large[0], where)] as const];
    yield found;
    if (!isCut) return;
    after = found.at(-1)?.[0] ?? after;
  }
}

/** All that stands in one case file; with `where`, that of which it holds. */
export async function docsOf(call: Call, caseKey: string, where = 'true'): Promise<readonly CaseFileDoc[]> {
  const all: CaseFileDoc[] = [];
  const ofIt = { where: `c.caseKey = @caseKey AND ${where}`, values: { caseKey }, partition: caseKey };
  const listing: Listing = { container: 'cases', ...ofIt, order: ['id'] };
  for await (const page of pagesOf<CaseFileDoc>(call, listing)) all.push(...page);
  return all;
}

/** None where nothing but grants and an alias stand, which are read by themselves. */
export function caseFileOf(caseKey: string, docs: readonly CaseFileDoc[]): readonly CaseFile[] {
  const only = <D extends CaseFileDoc['doc']>(doc: D) =>
    docs.filter((each): each is Extract<CaseFileDoc, { doc: D }> => each.doc === doc);
  const keys = new Map(only('key').map(({ id, wrapped }) => [id, unpackBytes(wrapped)]));
  const versions = only('version').map(({ recordId, version, header, payload, commitment }) => {
    const wrappedKey = keys.get(keyId(recordId, version));
    return { header, payload: unpackBytes(payload), commitment, ...(wrappedKey === undefined ? {} : { wrappedKey }) };
  });
  const [head] = only('head').filter(({ seq }) => seq > 0);
  const [facts] = only('case');
  const file: CaseFile = {
    caseKey,
    ...(head === undefined ? {} : { head: { seq: head.seq, hash: head.hash } }),
    versions: versions.sort((a, b) => byText(a.header.recordId, b.header.recordId) || a.header.version - b.header.version), // prettier-ignore
    chain: [...only('version').flatMap(({ chained }) => chained ?? []), ...only('chain')]
      .map((entry) => asChained(caseKey, entry))
      .sort((a, b) => a.seq - b.seq),
    links: only('link')
      .map(({ recordId, homeCaseKey }) => ({ recordId, homeCaseKey }))
      .sort((a, b) => byText(a.recordId, b.recordId)),
    ...(facts === undefined ? {} : { facts: asCase(facts) }),
  };
  const isEmpty = [file.versions, file.chain, file.links].every(({ length }) => length === 0);
  return isEmpty && head === undefined && facts === undefined ? [] : [file];
}

function byText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
