import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { canonicalJson } from '../../src/canonicalJson.ts';
import { caseFacts, openCase } from '../../src/caseFacts.ts';
import { chainHash, rollForward } from '../../src/committing.ts';
import { unpackDraft, type Draft, type Frozen } from '../../src/drafts.ts';
import { recordNumbers } from '../../src/ids.ts';
import type { Commit } from '../../src/ports.ts';
import type { Stores } from '../../src/storePorts.ts';
import { openDraft } from '../../src/recording/drafting.ts';
import { share } from '../../src/records/share.ts';
import { wordingOf } from '../../src/wording.ts';
import { ASHA, aBench, fillIn, signOn, type Bench, KEYS } from './aBench.ts';
import { aShare, typedShare } from './aShare.ts';
import { CodedError } from '../../src/errors.ts';

interface Held {
  readonly one: Bench;
  readonly draft: Draft;
  readonly frozen: Frozen;
  /** Lets commits through from now on. */
  release(commit?: (wanted: Commit, records: Stores['records']) => ReturnType<Stores['records']['commit']>): void;
}

/** A signed draft whose commit is held back. */
async function aFrozenDraft(): Promise<Held> {
  let through: Parameters<Held['release']>[0] = () => Promise.reject(new CodedError('store.fault', 'held back'));
  const one = await aBench({
    wrap: (stores) => ({
      ...stores,
      records: {
        ...stores.records,
        commit: (wanted) => (through === undefined ? stores.records.commit(wanted) : through(wanted, stores.records)),
      },
    }),
  });
  await signOn(one, await fillIn(one, typedShare(aShare())));
  const stored = (await one.stores.drafts.committing(1))[0];
  assert.ok(stored);
  const draft = unpackDraft(KEYS, stored);
  assert.ok(draft.committing);
  return { one, draft, frozen: draft.committing, release: (commit) => void (through = commit) };
}

const roll = ({ one, draft, frozen }: Held) =>
  rollForward({ ...one.recording, wordingsFor: () => [wordingOf(share)] }, draft, frozen);

describe('committing', () => {
  let held: Held;
  beforeEach(async () => {
    held = await aFrozenDraft();
  });
  afterEach(() => held.one.close());

  it('opens the case with its first record, and not before', async () => {
    const { one, frozen } = held;
    await assert.rejects(roll(held), { code: 'store.fault' });
    assert.equal(await one.stores.cases.has(frozen.caseKey), false);
    held.release();
    await roll(held);
    const facts = await caseFacts({ cases: one.stores.cases, keys: KEYS }, frozen.caseKey);
    assert.deepEqual(facts?.teams, [{ teamId: frozen.header.teamId, at: frozen.header.savedAt }]);
  });

  it('leaves a case as it is that somebody else opened meanwhile', async () => {
    const { one, frozen } = held;
    const deps = { cases: one.stores.cases, keys: KEYS };
    held.release(async (wanted, records) => {
      await openCase(deps, frozen.caseKey, 'team-elsewhere', frozen.header.savedAt);
      return records.commit(wanted);
    });
    await roll(held);
    const facts = await caseFacts(deps, frozen.caseKey);
    assert.deepEqual(facts?.teams.map(({ teamId }) => teamId), ['team-elsewhere']); // prettier-ignore
  });

  it('makes one record of any number of runs, at once and after one another', async () => {
    held.release();
    const first = await Promise.all([roll(held), roll(held), roll(held)]);
    const again = await roll(held);
    for (const committed of [...first, again]) assert.deepEqual(committed, first[0]);
    assert.equal(held.one.commits.filter((result) => result === 'committed').length, 1);
  });

  it('follows a head that moved', async () => {
    let moves = 3;
    held.release((wanted, records) => (moves-- > 0 ? Promise.resolve('moved') : records.commit(wanted)));
    assert.equal((await roll(held)).seq, 1);
  });

  it('follows the head of a case in which another record came first', async () => {
    held.release();
    const other = await signOn(held.one, await fillIn(held.one, typedShare(aShare())));
    const mine = await roll(held);
    assert.ok(other.kind === 'receipt');
    assert.equal(other.committed.caseKey, mine.caseKey);
    assert.deepEqual([other.committed.seq, mine.seq], [1, 2]);
    const link = await held.one.stores.records.chainOf(mine.caseKey, held.draft.draftId, 1);
    assert.equal(link?.prev, other.committed.hash);
  });

  it('gives up when others keep getting in first, and says to the person that it is being checked', async () => {
    let tries = 0;
    held.release(() => Promise.resolve((tries += 1) > 0 ? 'moved' : 'exists'));
    await assert.rejects(roll(held), { code: 'commit.contended' });
    assert.equal(tries, 9);
    assert.equal((await openDraft(held.one.recording, ASHA, held.draft.draftId)).kind, 'checking');
  });

  it('refuses another version that stands in its place', async () => {
    held.release();
    const other = { ...held.frozen, answers: { ...held.frozen.answers, reason: 'Quite another reason than before.' } };
    await rollForward({ ...held.one.recording, wordingsFor: () => [wordingOf(share)] }, held.draft, other);
    await assert.rejects(roll(held), { code: 'commit.foreign' });
  });

  it('takes the next number when its first is taken', async () => {
    const { draft } = held;
    const [first, second] = recordNumbers(draft.draftId);
    const fresh = await aBench();
    try {
      await fresh.stores.records.reserveNumber({ number: first ?? '', recordId: 'another', caseKey: 'elsewhere' });
      const committed = await rollForward(
        { ...fresh.recording, wordingsFor: () => [wordingOf(share)] },
        draft,
        held.frozen,
      );
      assert.equal(committed.number, second);
    } finally {
      await fresh.close();
    }
  });
});

describe('the hash of a chain entry', () => {
  it('is of its canonical JSON, whatever stands in it', () => {
    const entry = {
      ...{ version: 2, seq: 17, recordId: 'record "1"', prev: '0'.repeat(64), kind: 'recorded' as const },
      ...{ draftId: 'draft\n1', commitment: 'f'.repeat(64), caseKey: 'case-\\1', at: '2026-01-05T09:00:00.000Z' },
      actor: 'Zoë',
    };
    const hashed = `sharing-log/1\n${canonicalJson(entry)}`;
    assert.equal(chainHash(entry), createHash('sha256').update(hashed).digest('hex'));
  });
});
