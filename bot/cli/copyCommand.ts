import { randomBytes } from 'node:crypto';
import { SingleBar } from 'cli-progress';
import { sentenceOf } from '../../src/auditFindings.ts';
import { countSteps, estimatedCharge } from '../../src/copyCharge.ts';
import type { CopyStore } from '../../src/copyPorts.ts';
import { NAMES } from '../../src/copyRefusals.ts';
import { checkSource, checkTarget, copyAll, type Copied, type Copying, type Counts } from '../../src/copying.ts';
import { readKeys } from '../../src/keyring.ts';
import { openCopy as openCosmos } from '../../src/stores/cosmos/copyStore.ts';
import { openCopy as openSqlite } from '../../src/stores/sqlite/copyStore.ts';
import { holderOf } from '../keyHolder.ts';
import type { CosmosAccount } from '../settings.ts';
import { several } from './several.ts';
import type { ExitCode, OnStore } from './onStore.ts';

const STORE_NAMES = { sqlite: 'SQLite', cosmos: 'Cosmos DB' } as const;

/** A store that can be copied, and copied into. */
export type StoreKind = keyof typeof STORE_NAMES;

export function isStoreKind(name: string | undefined): name is StoreKind {
  return name !== undefined && Object.hasOwn(STORE_NAMES, name);
}

/** What is copied between. */
export interface OnStores extends OnStore {
  readonly account: CosmosAccount;
}

/** What an account gives a second unless it is given more. */
const UNITS_A_SECOND = 1_000;

/**
 * Copies all records from one store to the other, or goes on with a copy that did not end: 0 when the target is the same,
 * 1 when it is and the records are not whole, in the source as well. Throws a coded error when it cannot, or was stopped by
 * Ctrl-C; the target is refused by every bot then, until the same command has ended well.
 */
export async function copyCommand(
  on: OnStores,
  { from, to }: { readonly from: StoreKind; readonly to: StoreKind },
): Promise<ExitCode> {
  const source = await open(on, from, 'source');
  try {
    await checkSource(source);
    const holder = holderOf(on.place, on.access);
    const keys = await readKeys({ read: () => source.storeKey() }, holder, on.tenantId, {
      bytes: (length) => randomBytes(length),
    });
    const target = await open(on, to, 'target');
    try {
      await checkTarget(source, target);
      const estimated = await estimatedCharge(source, target);
      console.log(beforeWords(estimated));
      const copied = await withBar({ from: source, to: target, keys });
      const charged = (source.charges?.charged() ?? 0) + (target.charges?.charged() ?? 0);
      console.log([...copiedWords(copied, from, to), chargedWords(estimated, charged)].join('\n'));
      return copied.findings.length === 0 ? 0 : 1;
    } finally {
      await target.close();
    }
  } finally {
    await source.close();
  }
}

async function open(
  { place, account, tenantId }: OnStores,
  kind: StoreKind,
  as: 'source' | 'target',
): Promise<CopyStore> {
  return kind === 'sqlite'
    ? openSqlite({ path: place.database, tenantId }, as)
    : openCosmos({ ...account, tenantId }, as);
}

/** Draws a bar while it works, on a terminal only; Ctrl-C stops it after the step that is under way. */
async function withBar(copying: Copying): Promise<Copied> {
  let isStopped = false;
  const stop = (): void => {
    isStopped = true;
  };
  process.once('SIGINT', stop);
  const bar = new SingleBar({ format: '{bar} {percentage}% | {value} of {total}', clearOnComplete: true, gracefulExit: false }); // prettier-ignore
  if (process.stderr.isTTY) bar.start(await countSteps(copying.from), 0);
  try {
    return await copyAll({ ...copying, onProgress: (done) => bar.update(done), isStopped: () => isStopped });
  } finally {
    bar.stop();
    process.off('SIGINT', stop);
  }
}

function beforeWords(estimated: number): string {
  const seconds = Math.ceil(estimated / UNITS_A_SECOND);
  return (
    'No bot may work on either of the two stores; on the Cosmos DB account nobody can see that from here.\n' +
    `Estimated: ${several(Math.ceil(estimated), 'request unit')}, ${several(seconds, 'second')} at ${several(UNITS_A_SECOND, 'unit')} a second.`
  );
}

function copiedWords({ wasThere, counts, findings }: Copied, from: StoreKind, to: StoreKind): readonly string[] {
  const did = wasThere ? 'All of it was there already, and is the same' : 'Copied, compared, and the same';
  const whole = `${did}: ${countWords(counts)}.`;
  if (findings.length > 0)
    return [
      whole,
      `The records are not whole, in ${STORE_NAMES[from]} as well, and no bot starts on the copy: see docs/verify.md.`,
      ...findings.map((finding) => `- ${sentenceOf(finding)}`),
    ];
  return [
    whole,
    `Start the bot with STORE=${to} and the same key, and none with STORE=${from} any more: what it saves there is not copied along.`,
  ];
}

function countWords(counts: Counts): string {
  const kinds = Object.keys(NAMES) as readonly (keyof Counts)[]; // keys forgets what it was given
  return kinds.map((kind) => several(counts[kind], ...NAMES[kind])).join(', ');
}

function chargedWords(estimated: number, charged: number): string {
  return `The account counted ${several(Math.ceil(charged), 'request unit')}; ${Math.ceil(estimated).toLocaleString('en-GB')} were estimated.`;
}
