import assert from 'node:assert/strict';
import { readHistory, type HistoryPage } from '../../../src/history.ts';
import { openRecord, type OpenedRecord } from '../../../src/opening.ts';
import { recordText } from '../../../src/readRecord.ts';
import type { Person } from '../../../src/people.ts';
import type { AccessEntry } from '../../../src/ports.ts';
import { begin } from '../../../src/recording/beginning.ts';
import { endorse } from '../../../src/recording/endorsing.ts';
import { change, next } from '../../../src/recording/stepping.ts';
import type { RecordingView } from '../../../src/recording/views.ts';
import type { Endorsement } from '../../../src/records/additions.ts';
import { aBench, aPerson, answersIn, ASHA, BO, check, fillIn, goOn, MO, pressOn, questions, signOn, storedOf, type Bench } from '../aBench.ts'; // prettier-ignore
import { aShare, typedShare } from '../aShare.ts';

const LEA = aPerson({ id: 'person-lea', name: 'Lea Fictitious', jobTitle: 'Team manager', roles: ['manager'] });
const SOL = aPerson({ id: 'person-sol', name: 'Sol Elsewhere', teamIds: ['team-south'], roles: ['manager'] });
const OFFICER = aPerson({ id: 'person-ro', teamIds: [], roles: ['recordsOfficer'] });
const STATED = { decidedBy: ['jointly', 'endorsed'], jointWith: 'The school nurse', endorsedByName: 'Mo Pretend' } as const; // prettier-ignore

describe('endorsing a record', () => {
  let bench: Bench;
  let noted: AccessEntry[];
  beforeEach(async () => {
    noted = [];
    bench = await aBench({
      people: [ASHA, MO, BO, LEA, SOL, OFFICER],
      wrapAccess: (access) => ({
        append: async (entry) => {
          noted.push(entry);
          await access.append(entry);
        },
      }),
    });
  });
  afterEach(() => bench.close());

  const recorded = async (answers = aShare(), person = ASHA): Promise<string> => {
    const typed = typedShare(answers);
    const view = await signOn(bench, await fillIn(bench, typed, person), { ...typed, signature: person.name }, person);
    assert.ok(view.kind === 'receipt', view.kind);
    return view.committed.number;
  };
  const says = (number: string, how: Endorsement, person: Person, version?: number): Promise<RecordingView> =>
    endorse(bench.recording, person, { number, how, version });
  /** Both presses: the one that asks, and the one that saves. */
  const said = async (number: string, how: Endorsement, person: Person): Promise<RecordingView> => {
    const asked = await says(number, how, person);
    assert.ok(asked.kind === 'askEndorse', asked.kind);
    return says(number, how, person, asked.version);
  };
  const opened = async (number: string, person: Person = ASHA, version?: number): Promise<OpenedRecord> => {
    const record = await openRecord(bench.opening, person, number, 'record.open', version);
    assert.ok(record.kind === 'record');
    return record;
  };
  const history = async (number: string, version?: number): Promise<HistoryPage> => {
    const page = await readHistory(bench.opening, ASHA, number, version);
    assert.ok(page.kind === 'history');
    return page;
  };
  const lineOf = (record: OpenedRecord): string | undefined =>
    record.sections.flatMap(({ lines }) => lines).find(({ field }) => field === 'endorsedByName')?.text;
  const amended = async (number: string, person: Person = ASHA): Promise<void> => {
    const at = check(await begin(bench.recording, person, number, 'amended'));
    const on = questions(await change(bench.recording, person, { ...pressOn(at), change: 'recipient' }));
    const back = await next(bench.recording, person, pressOn(on, { recipientName: 'Nia Madeup-Jones' }));
    const reason = { signature: person.name, amendmentReason: 'Her name was misspelt.' };
    assert.equal((await signOn(bench, back, reason, person)).kind, 'receipt');
  };

  it('is asked about first, and nothing is written then', async () => {
    const number = await recorded();
    const asked = await says(number, 'endorsed', MO);
    assert.deepEqual(asked, {
      ...{ kind: 'askEndorse', number, title: 'Record share', version: 1, how: 'endorsed', hasMoved: false },
    });
    assert.equal((await history(number)).versions, 1);
    assert.deepEqual(await bench.stores.drafts.unfinished(MO.id), []);
  });

  it('is one press without a typed name, and shown everywhere', async () => {
    const number = await recorded();
    const version = await storedOf(bench, await said(number, 'endorsed', LEA));
    assert.deepEqual([version.header.kind, version.header.version], ['endorsed', 2]);
    assert.deepEqual(answersIn(version), answersIn(await firstOf(number)));
    const text =
      'Endorsed by Lea Fictitious, Team manager, Exampleshire Council, on Monday 23 November 2026, 14:05 (GMT)';
    const record = await opened(number);
    assert.deepEqual(record.endorsements, [text]);
    assert.equal(record.changed, text);
    assert.ok(recordText(record).includes(`\n${text}\n`));
    assert.equal((await history(number)).endorsement, text);
  });

  const firstOf = async (number: string) => {
    const held = await bench.stores.records.byNumber(number);
    assert.ok(held !== undefined);
    const version = await bench.stores.records.version(held.caseKey, held.recordId, 1);
    assert.ok(version !== undefined);
    return version;
  };

  it('pressed three times, one after another or at once, makes one version', async () => {
    for (const together of [false, true]) {
      const number = await recorded(aShare({ caseReference: together ? 'XX-71' : 'XX-72' }));
      const press = () => says(number, 'endorsed', MO, 1);
      const views = together
        ? await Promise.all([press(), press(), press()])
        : [await press(), await press(), await press()];
      for (const view of views) assert.ok(view.kind === 'receipt' || view.kind === 'checking', view.kind);
      assert.equal((await says(number, 'endorsed', MO, 1)).kind, 'receipt');
      assert.equal((await history(number)).versions, 2);
    }
  });

  it('leaves what is open, and who made the record, as they are', async () => {
    const number = await recorded(
      aShare({ outcomeKnown: 'notYet', outcome: undefined, outcomeDue: '2026-11-30', nextAction: 'I ring on Friday.' }),
    );
    const { header } = await storedOf(bench, await said(number, 'endorsed', MO));
    assert.deepEqual(header.openItems, [{ kind: 'outcome', due: '2026-11-30' }]);
    assert.equal(header.authorId, ASHA.id);
  });

  it('that was stated reads as not confirmed until a manager confirms it', async () => {
    const number = await recorded(aShare(STATED));
    assert.equal(lineOf(await opened(number)), 'Said to be endorsed by Mo Pretend, not yet confirmed');
    assert.deepEqual((await opened(number, MO)).canSay, ['confirmed', 'notSo']);
    await said(number, 'confirmed', MO);
    const text = 'Endorsed by Mo Pretend, confirmed on Monday 23 November 2026, 14:05 (GMT)';
    const record = await opened(number, MO);
    assert.equal(lineOf(record), text);
    assert.equal(lineOf(await opened(number, MO, 1)), text);
    assert.deepEqual(record.endorsements, [text]);
    assert.deepEqual(record.canSay, []);
    assert.deepEqual((await opened(number, LEA)).canSay, ['endorsed']);
  });

  it('that was stated may be confirmed by another manager, who is named', async () => {
    const number = await recorded(aShare(STATED));
    await said(number, 'confirmed', LEA);
    assert.match(
      lineOf(await opened(number)) ?? '',
      /^Endorsed by Mo Pretend, confirmed by Lea Fictitious, .*, on Monday/u,
    );
  });

  it('that was stated may be said not to be so: it is on record, and changes no answer', async () => {
    const number = await recorded(aShare(STATED));
    const version = await storedOf(bench, await said(number, 'notSo', MO));
    assert.deepEqual(answersIn(version), answersIn(await firstOf(number)));
    const text = 'Mo Pretend says that this was not endorsed, Monday 23 November 2026, 14:05 (GMT)';
    const record = await opened(number, MO);
    assert.deepEqual(record.endorsements, [text]);
    assert.equal(lineOf(record), `Said to be endorsed by Mo Pretend. ${text}`);
    assert.equal(record.changed, text);
    assert.deepEqual(record.canSay, ['confirmed']);
    assert.equal((await history(number)).endorsement, text);
    await said(number, 'confirmed', MO);
    assert.match(lineOf(await opened(number)) ?? '', /^Endorsed by Mo Pretend, confirmed on/u);
    assert.equal((await opened(number)).endorsements.length, 2);
  });

  it('says before which version it was made, once the record was amended, and may be given again', async () => {
    const number = await recorded();
    await said(number, 'endorsed', MO);
    assert.deepEqual((await opened(number, MO)).canSay, []);
    await amended(number);
    const record = await opened(number, MO);
    assert.match(record.endorsements[0] ?? '', /\(GMT\), before version 3 was made$/u);
    assert.deepEqual(record.canSay, ['endorsed']);
    await said(number, 'endorsed', MO);
    assert.doesNotMatch((await opened(number)).endorsements[1] ?? '', /before version/u);
  });

  it('is asked about again when the record was changed since, and nothing is saved', async () => {
    const number = await recorded();
    await says(number, 'endorsed', MO);
    await amended(number);
    const again = await says(number, 'endorsed', MO, 1);
    assert.ok(again.kind === 'askEndorse' && again.hasMoved && again.version === 2);
    assert.equal((await history(number)).versions, 2);
    assert.equal((await says(number, 'endorsed', MO, 2)).kind, 'receipt');
  });

  it('by two managers at once: the second is asked again, and both stand', async () => {
    const number = await recorded();
    const views = await Promise.all([says(number, 'endorsed', MO, 1), says(number, 'endorsed', LEA, 1)]);
    const kinds = views.map(({ kind }) => kind).toSorted();
    assert.deepEqual(kinds, ['askEndorse', 'receipt']);
    const second = views[0]?.kind === 'receipt' ? LEA : MO;
    assert.deepEqual(await bench.stores.drafts.unfinished(second.id), []);
    assert.equal((await says(number, 'endorsed', second, 2)).kind, 'receipt');
    assert.equal((await opened(number)).endorsements.length, 2);
  });

  it('is refused where it has been said, or where nothing waits for it', async () => {
    const plain = await recorded();
    const stated = await recorded(aShare({ ...STATED, caseReference: 'XX-2' }));
    const cases = [
      [plain, 'confirmed'],
      [plain, 'notSo'],
      [stated, 'endorsed'],
    ] as const;
    for (const [number, how] of cases)
      for (const version of [undefined, 1])
        assert.deepEqual(await says(number, how, MO, version), {
          kind: 'cannotBegin',
          number,
          why: 'endorsementStands',
        });
    await said(plain, 'endorsed', MO);
    assert.equal((await says(plain, 'endorsed', MO)).kind, 'cannotBegin');
  });

  it('is for managers of the team and the author’s; for others there is nothing, and it is noted', async () => {
    const number = await recorded();
    for (const person of [ASHA, BO, SOL, OFFICER])
      for (const version of [undefined, 1]) {
        assert.deepEqual(await says(number, 'endorsed', person, version), { kind: 'nothing' }, person.name);
        assert.deepEqual(await begin(bench.recording, person, number, 'commented'), { kind: 'nothing' });
        assert.deepEqual([noted.at(-1)?.action, noted.at(-1)?.personId], ['record.refused', person.id]);
      }
    assert.deepEqual(await says('SL-00000000', 'endorsed', MO), { kind: 'nothing' });
    for (const person of [MO, LEA]) {
      assert.equal((await says(number, 'endorsed', person)).kind, 'askEndorse');
      assert.equal(noted.at(-1)?.action, 'record.open');
    }
  });

  it('is never for a manager’s own record', async () => {
    const number = await recorded(aShare(), LEA);
    assert.deepEqual(await says(number, 'endorsed', LEA, 1), { kind: 'nothing' });
    const { can, canSay } = await opened(number, LEA);
    assert.deepEqual([canSay, can.includes('record.endorse'), can.includes('record.comment')], [[], false, false]);
    assert.equal((await says(number, 'endorsed', MO)).kind, 'askEndorse');
  });

  it('a comment is signed, endorses nothing, and stands with the record', async () => {
    const number = await recorded();
    const first = questions(await begin(bench.recording, MO, number, 'commented'));
    const short = await goOn(bench, first, { commentText: 'tbc' }, MO);
    assert.equal(questions(short).problems.length, 1);
    const on = pressOn(questions(short), { commentText: 'I would have rung the school.' });
    const unsigned = check(await next(bench.recording, MO, on));
    const still = check(await signOn(bench, unsigned, {}, MO));
    const { header } = await storedOf(bench, await signOn(bench, still, { signature: 'Mo Pretend' }, MO));
    assert.equal(header.kind, 'commented');
    const record = await opened(number, MO);
    assert.deepEqual(
      record.notes.map(({ kind, lines }) => [kind, lines[0]?.text]),
      [['commented', 'I would have rung the school.']],
    );
    assert.match(recordText(record), /COMMENT\nWhat is your comment\?\n {2}I would have rung the school\./u);
    assert.deepEqual(record.endorsements, []);
    assert.deepEqual(record.canSay, ['endorsed']);
    assert.equal((await history(number)).said?.lines[0]?.text, 'I would have rung the school.');
  });
});
