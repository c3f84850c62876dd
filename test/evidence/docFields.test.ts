import assert from 'node:assert/strict';
import { packGrant } from '../../src/caseFacts.ts';
import type { ContainerName } from '../../src/stores/cosmos/containers.ts';
import { ASHA, BO } from '../src/aBench.ts';
import { wholeOf } from '../src/stores/contract/wholeOf.ts';
import type { DocAttacker } from './aDocAttacker.ts';
import { logSeeded } from './aSeededLog.ts';
import { chanceFrom, recordSeeded, seededKeys } from './aSeededStore.ts';
import { draftOf } from './docTamperSteps.ts';
import { DOC_TIMEOUT_MS, withSeededDocs } from './seededDocs.ts';
import { areWhole } from './tamperedCopies.ts';
import { another } from './tamperSteps.ts';

/** What no finding can tell: who wrote a document, and what the account says of it. */
const OF_THE_WRITER: ReadonlySet<string> = new Set(['writtenBy', 'nth', '_rid', '_self', '_etag', '_attachments', '_ts']); // prettier-ignore

/** How far a draft is: of a receipt, its seal says what was signed. */
const OF_THE_DRAFT: ReadonlySet<string> = new Set(['status', 'revision', 'touchedAt']);

/** What a document holds, or a part of it. */
type Held = Record<string, unknown>;

/** One of each kind. */
type Kind = readonly [name: string, container: ContainerName, pick: (attacker: DocAttacker) => Held];

const inCases = (doc: string): Kind => [doc, 'cases', (attacker) => attacker.chance.oneOf(attacker.all({ doc }))];

const KINDS: readonly Kind[] = [
  ...['version', 'key', 'record', 'head', 'link', 'case', 'grant'].map(inCases),
  ['chain entry', 'cases', (attacker) => attacker.entry(attacker.anyLink())],
  ['number', 'lookups', ({ docs, chance }) => chance.oneOf(docs.lookups.filter(({ doc }) => doc === 'number'))],
  ['wording', 'lookups', (attacker) => attacker.docs.lookups.find(({ doc, hash }) => doc === 'wording' && attacker.all({ doc: 'version' }).some(({ header }) => (header as { wordingHash: unknown }).wordingHash === hash))!], // prettier-ignore
  ['last receipt', 'drafts', (attacker) => draftOf(attacker, attacker.chain(attacker.anyLink().caseKey).at(-1)!)],
  ['entry of the access log', 'access', ({ docs, chance }) => chance.oneOf(docs.access.filter(({ before }) => before !== undefined))], // prettier-ignore
];

/** Every place in a document where a value stands: in what it holds as well. */
function placesIn(value: unknown, at: readonly string[] = []): readonly (readonly string[])[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [at];
  return Object.entries(value).flatMap(([name, each]) => placesIn(each, [...at, name]));
}

function holderOf(doc: Held, place: readonly string[]): Record<string, unknown> {
  return place.slice(0, -1).reduce<Record<string, unknown>>((held, name) => held[name] as Record<string, unknown>, doc); // as placesIn went
}

/** How a value may be flipped: to another of its kind, to another kind, to none. */
const FLIPS: readonly (readonly [name: string, flip: (value: unknown) => unknown])[] = [
  ['something else', (value) => (Array.isArray(value) && value.length > 0 ? value.slice(1) : another(value))],
  ['another kind of thing', (value) => (typeof value === 'string' ? 7 : 'seven')],
  ['nothing', () => undefined],
];

describe('verifying a store in Cosmos DB, field by field', function () {
  this.timeout(DOC_TIMEOUT_MS);
  const stores = withSeededDocs(async (made, seed) => {
    const chance = chanceFrom(seed);
    await recordSeeded(made, chance);
    await logSeeded(made, chance);
    const found = await Promise.all([ASHA, BO].map(({ id }) => wholeOf(made.records.byAuthor(id, { limit: 1 }))));
    const { caseKey, header } = found.flat()[0]!;
    await made.records.linkInto('C1', header.recordId, caseKey);
    const at = '2026-11-23T14:05:00.000Z';
    await made.cases.grant(packGrant(seededKeys(chance), { grantId: 'G1', personId: 'bo', caseKey: 'C1', until: at, at, reason: 'A visit.' })); // prettier-ignore
  });

  it('finds nothing that nobody changed', () => areWhole(stores, ({ entries }) => entries, 1));

  for (const [name, container, pick] of KINDS)
    it(`finds any field of a ${name} that was changed`, async () => {
      for (let seed = 0; seed < stores.seeds; seed += 1) {
        for (const [nth, place] of (await placesOf(seed, container, name, pick)).entries()) {
          const [flipped, flip] = FLIPS[(nth + seed) % FLIPS.length]!;
          const { where, findings } = await stores.lookAtCopy(seed, name, (attacker) =>
            flipAt(container, pick(attacker), place, flip),
          );
          if (where === 'flipped') assert.ok(findings.length > 0, `${place.join('.')}: ${flipped}, seed ${seed}`);
        }
      }
    });

  async function placesOf(seed: number, container: ContainerName, name: string, pick: Kind[2]) {
    let places: readonly (readonly string[])[] = [];
    await stores.lookAtCopy(seed, name, (attacker) => (places = placesIn(pick(attacker))));
    const told = places.filter(([first = '']) => !OF_THE_WRITER.has(first) && !(container === 'drafts' && OF_THE_DRAFT.has(first))); // prettier-ignore
    assert.ok(told.length > 3);
    return told;
  }
});

function flipAt(container: ContainerName, doc: Held, place: readonly string[], flip: (value: unknown) => unknown) {
  const [holder, last] = [holderOf(doc, place), place.at(-1)!];
  const value = flip(holder[last]);
  // What has no id or no partition is no document.
  if (typeof value !== 'string' && (place.join('.') === 'id' || isPartition(container, place))) return 'left out';
  if (value === undefined) delete holder[last];
  else holder[last] = value;
  return 'flipped';
}

const PARTITIONS: Readonly<Partial<Record<ContainerName, string>>> = { cases: 'caseKey', lookups: 'key', drafts: 'personId', access: 'chainKey' }; // prettier-ignore

function isPartition(container: ContainerName, place: readonly string[]): boolean {
  return place.join('.') === PARTITIONS[container];
}
