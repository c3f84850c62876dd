import assert from 'node:assert/strict';
import fc from 'fast-check';
import { may } from '../../src/access.ts';
import { changeCase, owned, packGrant } from '../../src/caseFacts.ts';
import { caseAlias } from '../../src/freezing.ts';
import { dateOf } from '../../src/londonTime.ts';
import type { OpenItem, StoredVersion } from '../../src/ports.ts';
import { RECORD_TYPES } from '../../src/records/registry.ts';
import { searchRecords, type SearchDeps, type SearchResults } from '../../src/search.ts';
import type { Wish } from '../../src/searchWish.ts';
import { aBench, aPerson, ASHA, BO, KEYS, MO, TENANT, type Bench } from './aBench.ts';
import { aFiledRecord, type Filed } from './aFiledRecord.ts';
import { restrictTo } from './aKnownCase.ts';
import { SEED } from './answerSets.ts';
import { NOW } from './aShare.ts';

const SOL = aPerson({ id: 'person-sol', name: 'Sol Notreal', managerId: 'person-away', teamIds: ['team-south'] });
/** Manages somebody of another team. */
const AWAY = aPerson({ id: 'person-away', name: 'Wyn Away', teamIds: ['team-east'], roles: ['manager'] });
const OFFICER = aPerson({ id: 'person-ro', name: 'Ro Fictional', teamIds: [], roles: ['recordsOfficer'] });
/** In the directory, and nothing besides. */
const GUEST = aPerson({ id: 'person-guest', name: 'Gus Guest', roles: [] });
const PEOPLE = [ASHA, BO, MO, SOL, AWAY, OFFICER, GUEST] as const;
const TEAMS = ['team-north', 'team-south', 'team-east'] as const;
const CASES = ['XX-1', 'XX-2', 'XX-3'] as const;
const ORGANISATIONS = ['Exampleshire Health', 'Madeup Primary School'] as const;
const DUE: OpenItem = { kind: 'outcome', due: '2026-11-30' };

let bench: Bench;
let deps: SearchDeps;
const open = async (): Promise<void> => {
  bench = await aBench({ people: PEOPLE });
  deps = { ...bench.opening, search: bench.stores.search };
};

/** Every page of a search, one after the other. */
async function allPages(
  person: (typeof PEOPLE)[number],
  wish: Wish,
  limit = 8,
): Promise<readonly (readonly string[])[]> {
  const pages: (readonly string[])[] = [];
  let before: string | undefined;
  do {
    const found = await searchRecords(deps, person, wish, { before, limit });
    if (found.kind === 'nothing') break;
    assert.ok(found.kind === 'results', found.kind);
    pages.push(numbersOf(found));
    before = found.before;
  } while (before !== undefined);
  return pages;
}

const numbersOf = ({ lines }: SearchResults): readonly string[] => lines.map(({ header }) => header.number);
const found = async (person: (typeof PEOPLE)[number], wish: Wish) => (await allPages(person, wish)).flat();

async function logged(run: () => Promise<unknown>) {
  const entries: unknown[] = [];
  const inner = deps;
  deps = {
    ...inner,
    access: {
      append: async ({ action, subject, personId, grantId }) => {
        entries.push([personId, action, subject, ...(grantId === undefined ? [] : [grantId])]);
      },
    },
  };
  await run();
  deps = inner;
  return entries;
}

describe('searching records', () => {
  beforeEach(open);
  afterEach(() => bench.close());

  const file = (filed: Partial<Filed> & { nth: number }): Promise<StoredVersion> =>
    aFiledRecord(bench.stores, { author: ASHA, teamId: 'team-north', reference: 'XX-1', ...filed });
  const numberOf = ({ header }: StoredVersion): string => header.number;
  const caseKeyOf = async (reference: string): Promise<string> =>
    (await bench.stores.records.findCaseKey(caseAlias(KEYS, TENANT, reference))) ?? '';
  const restrict = async (reference: string, people: readonly string[]): Promise<void> =>
    restrictTo(bench.opening, await caseKeyOf(reference), people);
  const grant = async (reference: string, personId: string): Promise<void> => {
    const caseKey = await caseKeyOf(reference);
    const given = {
      grantId: 'grant-1',
      personId,
      caseKey,
      until: '2026-11-23T15:00:00.000Z',
      at: NOW,
      reason: 'A call',
    };
    await bench.stores.cases.grant(packGrant(KEYS, given));
  };

  it('finds by reference in any spelling, by number, organisation, author, kind, days and what is open', async () => {
    const first = numberOf(await file({ nth: 1, organisation: 'Madeup Primary School', openItems: [DUE] }));
    const second = numberOf(await file({ nth: 2, author: BO, type: 'requestMade', reference: 'XX-2', contactAt: '2026-10-24T22:59:00.000Z' })); // prettier-ignore
    for (const [wish, expected] of [
      [{ reference: 'xx 1' }, [first]],
      [{ reference: first.toLowerCase().replace('-', ' ') }, [first]],
      [{ organisation: '  madeup PRIMARY school.' }, [first]],
      [{ organisation: 'Exampleshire Health' }, [second]],
      [{ author: 'bo imaginary' }, [second]],
      [{ author: 'me' }, [first]],
      [{ type: 'requestMade' }, [second]],
      [{ isOpen: true }, [first]],
      [{ from: '2026-10-24' }, [first, second].toReversed()],
      [{ from: '25/10/2026' }, [first]],
      [{ to: '24/10/2026' }, [second]],
      [{ from: '24.10.2026', to: '2026-10-24' }, [second]],
      [{ reference: 'XX-1', author: 'Bo Imaginary' }, []],
      [{ reference: second, type: 'requestMade', organisation: 'Exampleshire Health' }, [second]],
    ] as const)
      assert.deepEqual((await found(ASHA, wish)).toSorted(), [...expected].toSorted(), JSON.stringify(wish));
  });

  it('takes days for days in London', async () => {
    const number = numberOf(await file({ nth: 1, contactAt: '2026-07-01T23:00:00.000Z' }));
    assert.deepEqual(await found(ASHA, { from: '2026-07-02', to: '2026-07-02' }), [number]);
    assert.deepEqual(await found(ASHA, { to: '2026-07-01' }), []);
  });

  it('gives eight a page, the record begun last first, and goes on by key', async () => {
    const numbers = [];
    for (let nth = 1; nth <= 17; nth += 1) numbers.unshift(numberOf(await file({ nth })));
    for (const wish of [{ reference: 'XX-1' }, { author: 'me' }])
      assert.deepEqual(await allPages(ASHA, wish), [numbers.slice(0, 8), numbers.slice(8, 16), numbers.slice(16)]);
    const past = await searchRecords(deps, ASHA, { author: 'me' }, { before: '0'.repeat(26) });
    assert.deepEqual(past, { kind: 'nothing' });
  });

  it('skips and counts for a client that does so', async () => {
    const numbers = [];
    for (let nth = 1; nth <= 12; nth += 1) numbers.unshift(numberOf(await file({ nth })));
    for (const wish of [{ reference: 'XX-1' }, { author: 'me' }]) {
      const part = await searchRecords(deps, ASHA, wish, { skip: 5, limit: 4 });
      assert.deepEqual(part.kind === 'results' && numbersOf(part), numbers.slice(5, 9));
      assert.deepEqual(await searchRecords(deps, ASHA, wish, { skip: 12, limit: 4 }), { kind: 'nothing' });
    }
  });

  it('says of each what a list says of it', async () => {
    await file({ nth: 1, openItems: [DUE] });
    await file({ nth: 2, reference: undefined });
    const results = await searchRecords(deps, ASHA, { author: 'me' });
    assert.deepEqual(
      results.kind === 'results' && results.lines.map(({ title, about, counterpart }) => [title, about, counterpart]),
      [
        ['Record share', 'Q.Z., aged 5', 'Exampleshire Health'],
        ['Record share', 'XX-1', 'Exampleshire Health'],
      ],
    );
  });

  it('answers for what may not be seen as for what is not there, and notes both as refused, without what was typed', async () => {
    const theirs = await file({ nth: 1, author: SOL, teamId: 'team-south', reference: 'XX-9' });
    const { number } = theirs.header;
    for (const [hidden, absent] of [
      [{ reference: 'XX-9' }, { reference: 'XX-8' }],
      [{ reference: number }, { reference: 'SL-ZZZZZZZZ' }],
      [{ author: 'Sol Notreal' }, { author: 'Wyn Away' }],
      [{ organisation: 'Exampleshire Health' }, { organisation: 'Nowhere' }],
    ] as const) {
      const both = [];
      for (const wish of [hidden, absent]) {
        const [entry] = await logged(async () =>
          assert.deepEqual(await searchRecords(deps, ASHA, wish), { kind: 'nothing' }),
        );
        assert.ok(!JSON.stringify(entry).includes('XX-'), JSON.stringify(entry));
        both.push((entry as readonly string[])[1]);
      }
      const isGuess = 'reference' in hidden;
      assert.deepEqual(both, isGuess ? ['record.refused', 'record.refused'] : ['record.search', 'record.search']);
    }
  });

  it('notes each page with what stands on it', async () => {
    const numbers = [];
    for (let nth = 1; nth <= 9; nth += 1) numbers.unshift(numberOf(await file({ nth })));
    assert.deepEqual(await logged(() => allPages(ASHA, { reference: 'XX-1' })), [
      [ASHA.id, 'record.search', numbers.slice(0, 8).join(' ')],
      [ASHA.id, 'record.search', numbers.slice(8).join(' ')],
    ]);
    assert.deepEqual(await logged(() => allPages(ASHA, { reference: 'XX-1', isOpen: true })), [
      [ASHA.id, 'record.search', 'nothing'],
    ]);
  });

  it('shows nothing, and reads nothing, when that cannot be noted', async () => {
    await file({ nth: 1 });
    const failing = new Error('full');
    let reads = 0;
    const records = {
      ...deps.records,
      latest: (...of: [string, string]) => ((reads += 1), deps.records.latest(...of)),
    };
    const broken = { ...deps, records, access: { append: () => Promise.reject(failing) } };
    await assert.rejects(searchRecords(broken, ASHA, { author: 'me' }), failing);
    assert.equal(reads, 0);
  });

  it('finds a restricted case for the people named in it only, a records officer or not', async () => {
    const number = numberOf(await file({ nth: 1 }));
    await restrict('XX-1', [BO.id]);
    for (const person of [ASHA, MO, OFFICER]) {
      assert.deepEqual(await found(person, { reference: 'XX-1' }), []);
      assert.deepEqual(await found(person, { author: 'Asha Invented' }), []);
    }
    assert.deepEqual(await found(BO, { author: 'Asha Invented' }), [number]);
  });

  it('finds under urgent access what the reference or number says, marked and noted with it, and in no other search', async () => {
    const number = numberOf(await file({ nth: 1 }));
    await grant('XX-1', SOL.id);
    for (const reference of ['XX-1', number]) {
      const [entry] = await logged(async () => {
        const results = await searchRecords(deps, SOL, { reference });
        assert.equal(results.kind === 'results' && results.urgentUntil, '2026-11-23T15:00:00.000Z');
      });
      assert.deepEqual(entry, [SOL.id, 'record.search', number, 'grant-1']);
    }
    assert.deepEqual(await found(SOL, { organisation: 'Exampleshire Health' }), []);
  });

  it('finds the records of somebody whom they manage in another team', async () => {
    const number = numberOf(await file({ nth: 1, author: SOL, teamId: 'team-south' }));
    assert.deepEqual(await found(AWAY, { from: '2026-01-01' }), [number]);
  });

  it('goes on looking where all that it found is restricted, and says when it has looked enough', async () => {
    const seen = numberOf(await file({ nth: 1, reference: 'XX-2' }));
    for (let nth = 2; nth <= 320; nth += 1) await file({ nth });
    await restrict('XX-1', [MO.id]);
    const first = await searchRecords(deps, ASHA, { author: 'me' });
    assert.ok(first.kind === 'results' && first.isCutShort && first.lines.length === 0);
    assert.deepEqual((await allPages(ASHA, { author: 'me' })).flat(), [seen]);
  });

  const filed = fc.record({
    author: fc.constantFrom(ASHA, BO, MO, SOL, AWAY),
    teamId: fc.constantFrom(...TEAMS),
    type: fc.constantFrom(...RECORD_TYPES.map(({ id }) => id)),
    reference: fc.option(fc.constantFrom(...CASES), { nil: undefined }),
    organisation: fc.constantFrom(...ORGANISATIONS),
    contactAt: fc.integer({ min: 1, max: 9 }).map((day) => `2026-11-0${day}T12:00:00.000Z`),
    openItems: fc.constantFrom<readonly OpenItem[]>([], [DUE]),
  });
  const whole = fc.record({
    reference: fc.constantFrom(...CASES),
    organisation: fc.constantFrom(...ORGANISATIONS),
    type: fc.constantFrom(...RECORD_TYPES.map(({ id }) => id)),
    from: fc.integer({ min: 1, max: 9 }).map((day) => `2026-11-0${day}`),
    to: fc.constantFrom('2026-11-09', '9/11/2026'),
    author: fc.constantFrom(...PEOPLE.map(({ name }) => name)),
    isOpen: fc.constant(true as const),
  });
  const asked = ['reference', 'organisation', 'type', 'from', 'to', 'author', 'isOpen'] as const;
  const wishes = fc
    .tuple(whole, fc.subarray([...asked], { minLength: 1, maxLength: 2 }))
    .map(([wish, fields]): Wish => Object.fromEntries(fields.map((field) => [field, wish[field]])));

  /** Whether a record is what is wished for, by what was put into it. */
  const isWished = (wish: Wish, one: Omit<Filed, 'nth'>): boolean =>
    (wish.reference === undefined || one.reference === wish.reference) &&
    (wish.organisation === undefined || one.organisation === wish.organisation) &&
    (wish.type === undefined || one.type === wish.type) &&
    (wish.from === undefined || dateOf(one.contactAt ?? '') >= wish.from) &&
    (wish.author === undefined || one.author.name === wish.author) &&
    (wish.isOpen === undefined || (one.openItems ?? []).length > 0);

  it('finds, over all pages, exactly what may be opened and is wished for, each once, in order', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(filed, { minLength: 4, maxLength: 20, size: 'max' }),
        fc.array(fc.tuple(fc.constantFrom(...CASES), fc.constantFrom(...TEAMS)), { maxLength: 4, size: 'max' }),
        fc.option(fc.tuple(fc.constantFrom(...CASES), fc.subarray(PEOPLE.map(({ id }) => id))), { nil: undefined }),
        fc.option(fc.tuple(fc.constantFrom(...CASES), fc.constantFrom(...PEOPLE)), { nil: undefined }),
        fc.array(wishes, { minLength: 1, maxLength: 3 }),
        fc.integer({ min: 1, max: 5 }),
        async (records, added, restricted, granted, wanted, limit) => {
          await bench.close();
          await open();
          const kept: StoredVersion[] = [];
          for (const [nth, one] of records.entries()) kept.push(await file({ nth, ...one }));
          for (const [reference, teamId] of added)
            await changeCase(bench.opening, await caseKeyOf(reference), (facts) => ({
              ...facts,
              teams: [...facts.teams.filter((each) => each.teamId !== teamId), { teamId, at: NOW }],
            }));
          const isThere = records.some(({ reference }) => reference === restricted?.[0]);
          if (restricted !== undefined && isThere) await restrict(...restricted);
          if (granted !== undefined) await grant(granted[0], granted[1].id);
          const noGrants = { ...deps, cases: { ...deps.cases, grantsOf: async () => [] } };
          for (const wish of wanted)
            for (const person of PEOPLE) {
              const expected = [];
              for (const [nth, record] of kept.entries()) {
                const rights = wish.reference === undefined ? noGrants : deps;
                const isSeen = await may(rights, 'record.open', person, owned(record));
                if (isSeen && isWished(wish, records[nth]!)) expected.unshift(record.header.number);
              }
              const pages = await allPages(person, wish, limit);
              assert.deepEqual(pages.flat(), expected, `${person.name} ${JSON.stringify(wish)}`);
              assert.ok(pages.every(({ length }) => length <= limit && length > 0));
            }
        },
      ),
      { numRuns: 40, seed: SEED },
    );
  });
});
