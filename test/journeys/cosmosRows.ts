import type { JsonObject } from '../cosmos/json.ts';
import { cosmosDouble, databaseOf } from './aStore.ts';

type Row = Readonly<Record<string, unknown>>;

/** Where the documents stand that are rows of a table in SQLite, and as what; a chain entry stands in that of its version. */
const WHERE = {
  accessLog: ['access', undefined],
  chain: ['cases', 'version'],
  conversations: ['people', 'conversation'],
  drafts: ['drafts', undefined],
  itemStates: ['nudges', 'item'],
  notices: ['lookups', 'notice'],
  nudges: ['nudges', 'nudge'],
  numbers: ['lookups', 'number'],
  unreachable: ['people', 'unreachable'],
  versions: ['cases', 'version'],
} as const satisfies Readonly<Record<string, readonly [string, string | undefined]>>;

export type Table = keyof typeof WHERE;

/** What is a row of a table in SQLite, by the names of its columns, in the order in which it was written. */
export function cosmosRows(dataDir: string, table: Table): readonly Row[] {
  const [container, doc] = WHERE[table];
  return docsIn(dataDir)
    .filter((found) => found.container === container && (doc === undefined || found.item.doc === doc))
    .map(({ item }) => item)
    .sort((a, b) => Number(a._ts) - Number(b._ts) || Number(a.nth ?? 0) - Number(b.nth ?? 0))
    .map((item) => asRow(table === 'chain' ? (item.chained as JsonObject) : item)); // written with each version
}

/** Everything that is kept, but for some tables, as text to compare. */
export function cosmosContents(dataDir: string, leavingOut: readonly Table[]): string {
  const isLeftOut = ({ container, item }: { container: string; item: JsonObject }): boolean =>
    leavingOut.some((table) => WHERE[table][0] === container && (WHERE[table][1] ?? item.doc) === item.doc);
  const kept = docsIn(dataDir).filter((found) => !isLeftOut(found));
  return JSON.stringify(kept.map(({ container, item }) => [container, withoutSystem(item)]));
}

/** Everything that is kept, as it is read from the disks of the account, and what is in base 64 as the bytes that it is. */
export function cosmosBytes(dataDir: string): Buffer {
  const texts: string[] = [];
  const all = JSON.stringify(docsIn(dataDir), (_name, value: unknown) => {
    if (typeof value === 'string') texts.push(value);
    return value;
  });
  return Buffer.concat([Buffer.from(all), ...texts.map((text) => Buffer.from(text, 'base64'))]);
}

function docsIn(dataDir: string): readonly { readonly container: string; readonly item: JsonObject }[] {
  return cosmosDouble()
    .control.contents()
    .filter(({ database }) => database === databaseOf(dataDir))
    .flatMap(({ container, items }) => items.map((item) => ({ container, item })));
}

function withoutSystem(item: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(item).filter(([name]) => !name.startsWith('_')));
}

/** What is sealed as bytes, objects as the text that SQLite keeps, and what the header of a version says beside it. */
function asRow(item: JsonObject): Row {
  const { owner, header, ...rest } = withoutSystem(item);
  const all = { ...(header as JsonObject | undefined), ...rest, header }; // written as an object, where there is one
  const columns = Object.entries(all).map(([name, value]) => [name, asColumn(name, value)]);
  return {
    grantId: null,
    ...(owner === undefined ? {} : { personId: owner }),
    ...(Object.fromEntries(columns) as Row), // fromEntries forgets the type of its values
  };
}

const SEALED: ReadonlySet<string> = new Set(['body', 'payload', 'reference']);

function asColumn(name: string, value: unknown): unknown {
  if (SEALED.has(name)) return Buffer.from(String(value), 'base64');
  return typeof value === 'object' ? JSON.stringify(value) : value;
}
