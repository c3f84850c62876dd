import assert from 'node:assert/strict';
import fc from 'fast-check';
import { problems } from '../../src/completeness.ts';
import { CodedError } from '../../src/errors.ts';
import type { Answers } from '../../src/fields.ts';
import { urgentForm } from '../../src/forms.ts';
import { journeyCards } from '../../src/journey.ts';
import { openRecord } from '../../src/opening.ts';
import type { Person } from '../../src/people.ts';
import type { AccessEntry, StoredVersion } from '../../src/ports.ts';
import type { Stores } from '../../src/storePorts.ts';
import { unpackPayload } from '../../src/payloads.ts';
import { begin } from '../../src/recording/beginning.ts';
import type { RecordType } from '../../src/recordType.ts';
import type { RecordingDeps } from '../../src/recording/deps.ts';
import { listDrafts, startDraft } from '../../src/recording/drafting.ts';
import { recover } from '../../src/recording/settling.ts';
import { sign } from '../../src/recording/signing.ts';
import { discard } from '../../src/recording/stepping.ts';
import type { RecordingView } from '../../src/recording/views.ts';
import { notShared } from '../../src/records/notShared.ts';
import { share } from '../../src/records/share.ts';
import { wordingOf } from '../../src/wording.ts';
import * as bench from './aBench.ts';
import { aShare, aShareWithout, aSituation, typedShare } from './aShare.ts';
import { anyAnswers, SEED } from './answerSets.ts';

const { ASHA, BO, MO, aBench, aPerson, check, goOn, pressOn, questions, signOn, storedOf } = bench;

const SIX = ['caseReference', 'concerning', 'recipientOrganisation', 'methods', 'reason', 'informationShared'];
const pick = (answers: Answers): Answers =>
  Object.fromEntries(Object.entries(answers).filter(([name]) => SIX.includes(name)));

/** What there is time for, and what is known afterwards. */
const AT_ONCE = pick(aShareWithout());
const LATER = typedShare(aShareWithout());

const LEA = aPerson({ id: 'person-lea', name: 'Lea Unreal', managerId: 'person-zed', roles: ['manager'] });
const OFFICER = aPerson({ id: 'person-ro', name: 'Rowan Fictive', teamIds: [], roles: ['recordsOfficer'] });
const ELSEWHERE = aPerson({ id: 'person-els', name: 'Els Nowhere', teamIds: ['team-south'], roles: ['manager'] });
const PEOPLE = [ASHA, BO, MO, LEA, OFFICER, ELSEWHERE];

describe('the urgent form', () => {
  const form = urgentForm(share);

  it('asks six questions on one card', () => {
    const cards = journeyCards(form, {});
    assert.deepEqual(
      cards.map(({ asked }) => asked.map(({ name }) => name)),
      [SIX],
    );
  });

  it('refuses of these what the ordinary form refuses, and nothing else', () => {
    fc.assert(
      fc.property(anyAnswers(share).map(pick), (answers) => {
        const ordinary = problems(share, answers, aSituation()).filter(({ field }) => SIX.includes(field));
        const inOrder = ordinary.toSorted((a, b) => SIX.indexOf(a.field) - SIX.indexOf(b.field));
        // One of the six is asked in words of its own.
        const found = problems(form, answers, aSituation()).map((finding) => ({
          ...finding,
          text: finding.text.replace(labelOf(form), labelOf(share)),
        }));
        assert.deepEqual(found, inOrder);
      }),
      { seed: SEED, numRuns: 500 },
    );
  });

  it('takes what it asks for as enough', () => {
    assert.deepEqual(problems(form, AT_ONCE, aSituation()), []);
    assert.deepEqual(
      problems(form, {}, aSituation()).map(({ field }) => field),
      ['concerning', 'recipientOrganisation', 'methods', 'reason', 'informationShared'],
    );
  });

  it('is there for a type that declares one, and for no other', () => {
    assert.throws(() => urgentForm(notShared), { name: 'CodedError', code: 'declaration' });
  });
});

const labelOf = (type: RecordType): string => type.fields.recipientOrganisation?.label ?? '';

const complete = (deps: RecordingDeps, person: Person, number: string) => begin(deps, person, number, 'completed');

describe('an urgent record', () => {
  let one: bench.Bench;
  let logged: AccessEntry[];
  /** Whether the store refuses the next commits. */
  let down: boolean;

  const watched = (stores: Stores): Stores => ({
    ...stores,
    records: {
      ...stores.records,
      commit: (wanted) =>
        down ? Promise.reject(new CodedError('store.fault', 'made to fail')) : stores.records.commit(wanted),
    },
  });

  beforeEach(async () => {
    [logged, down] = [[], false];
    one = await aBench({
      people: PEOPLE,
      wrap: watched,
      wrapAccess: () => ({ append: async (entry) => void logged.push(entry) }),
    });
  });
  afterEach(() => one.close());

  const atOnce = async (answers = AT_ONCE, person = ASHA): Promise<RecordingView> => {
    const from = await startDraft(one.recording, person, share, { isUrgent: true });
    return signOn(one, await goOn(one, from, typedShare(answers), person), { signature: person.name }, person);
  };
  const numberOf = (view: RecordingView): string => {
    assert.ok(view.kind === 'receipt', view.kind);
    return view.committed.number;
  };
  const completing = async (number: string, person = ASHA, typed = LATER): Promise<RecordingView> =>
    goOn(one, await complete(one.recording, person, number), typed, person);
  const signing = (view: RecordingView, person = ASHA): Promise<RecordingView> =>
    signOn(one, view, { signature: person.name }, person);
  const latest = (number: string): Promise<StoredVersion> => versionOf(one, number);
  const drafts = async (person: Person) => one.stores.drafts.unfinished(person.id);

  describe('signed', () => {
    it('holds what was said, under the time at which it was begun and the words of the whole type', async () => {
      const from = await startDraft(one.recording, ASHA, share, { isUrgent: true });
      one.setNow('2026-11-23T14:20:00.000Z');
      const view = await signing(await goOn(one, from, typedShare(AT_ONCE)));
      const stored = await storedOf(one, view);
      assert.deepEqual(bench.answersIn(stored), { ...AT_ONCE, contactAt: '2026-11-23T14:05:00.000Z' });
      const { kind, version, type, wordingHash } = stored.header;
      assert.deepEqual([kind, version, type, wordingHash], ['recorded', 1, 'share', wordingOf(share).hash]);
    });

    for (const [when, now, due] of [
      ['on a Monday', '2026-11-23T14:05:00.000Z', '2026-11-24'],
      ['on a Friday', '2026-11-27T16:50:00.000Z', '2026-11-30'],
      ['on a Saturday', '2026-11-28T09:00:00.000Z', '2026-11-30'],
      ['on Christmas Eve', '2026-12-24T11:00:00.000Z', '2026-12-29'],
      ['before Good Friday', '2027-03-25T18:00:00.000Z', '2027-03-30'],
      ['late on a summer evening, when London is a day ahead', '2026-07-02T23:30:00.000Z', '2026-07-06'],
    ] as const) {
      it(`${when} is to be completed by ${due}, and leaves nothing else open`, async () => {
        one.setNow(now);
        const { header } = await storedOf(one, await atOnce());
        assert.deepEqual(header.openItems, [{ kind: 'completion', due }]);
      });
    }

    it('tells the author’s manager, by its number only', async () => {
      const number = numberOf(await atOnce());
      const pending = await one.stores.notices.pending(10);
      assert.deepEqual(
        pending.map(({ what, about, audience }) => ({ what, about, audience })),
        [{ what: 'urgent', about: number, audience: { kind: 'managerOf', personId: ASHA.id } }],
      );
    });

    it('says “Not known yet” for each question that is left, and shows what was said', async () => {
      const record = await openRecord(one.opening, ASHA, numberOf(await atOnce()));
      assert.ok(record.kind === 'record');
      const lines = new Map(
        record.sections.flatMap((section) => section.lines).map(({ field, text }) => [field, text]),
      );
      for (const name of [
        'recipientName',
        'receiptConfirmed',
        'consent',
        'familyInformed',
        'outcomeKnown',
        'decidedBy',
      ])
        assert.equal(lines.get(name), 'Not known yet', name);
      assert.equal(lines.get('reason'), AT_ONCE.reason);
      assert.equal(lines.get('caseReference'), AT_ONCE.caseReference);
      const left = [...lines].filter(([, text]) => text === 'Not known yet').map(([field]) => field);
      const wanting = problems(share, bench.answersIn(await latest(record.header.number)), aSituation());
      assert.deepEqual(left.toSorted(), wanting.map(({ field }) => field).toSorted());
    });

    it('is listed as unfinished for its author and for managers of its team, and for nobody else', async () => {
      const number = numberOf(await atOnce());
      for (const [person, numbers] of [
        [ASHA, [number]],
        [MO, [number]],
        [LEA, [number]],
        [BO, []],
        [ELSEWHERE, []],
        [OFFICER, []],
      ] as const)
        // prettier-ignore
        assert.deepEqual(await listed(one, person), numbers, person.name);
    });

    it('is not begun by somebody who makes no records', async () => {
      assert.deepEqual(await startDraft(one.recording, OFFICER, share, { isUrgent: true }), { kind: 'mayNotRecord' });
    });
  });

  describe('completed', () => {
    it('begins at the first card with something left, with what is known filled in', async () => {
      const view = questions(await complete(one.recording, ASHA, numberOf(await atOnce())));
      assert.equal(view.card.id, 'recipient');
      assert.equal(view.typed.recipientOrganisation, AT_ONCE.recipientOrganisation);
    });

    it('asks what other way there was when another way was ticked', async () => {
      const number = numberOf(await atOnce({ ...AT_ONCE, methods: ['other'] }));
      const view = questions(await complete(one.recording, ASHA, number));
      assert.ok(view.card.asked.some(({ name }) => name === 'methodOther'));
    });

    it('becomes version 2 of the same record, its author and team kept, and is left with no completion to do', async () => {
      const first = await storedOf(one, await atOnce());
      one.setNow('2026-11-24T09:00:00.000Z');
      const view = await signing(await completing(first.header.number));
      const second = await storedOf(one, view);
      const { recordId, number, authorId, teamId } = first.header;
      assert.deepEqual(
        { ...pickHeader(second), caseKey: second.caseKey },
        { recordId, number, authorId, teamId, version: 2, kind: 'completed', caseKey: first.caseKey },
      );
      assert.deepEqual(second.header.openItems.map(({ kind }) => kind).toSorted(), ['outcome', 'receipt']);
      assert.deepEqual(bench.answersIn(second), { ...aShareWithout(), contactAt: '2026-11-23T14:05:00.000Z' });
      assert.deepEqual(await drafts(ASHA), []);
      assert.deepEqual(await listed(one, ASHA), []);
    });

    it('keeps its first version as it was, and chains the second to it', async () => {
      const first = await storedOf(one, await atOnce());
      await signing(await completing(first.header.number));
      const { recordId } = first.header;
      assert.deepEqual(await one.stores.records.version(first.caseKey, recordId, 1), first);
      const [before, after] = await Promise.all([1, 2].map((nth) => one.stores.records.chainOf(first.caseKey, recordId, nth))); // prettier-ignore
      assert.equal(after?.prev, before?.hash);
      assert.equal(after?.kind, 'completed');
    });

    it('reads like any other record, with nothing “not known yet”', async () => {
      const number = numberOf(await atOnce());
      await signing(await completing(number));
      const record = await openRecord(one.opening, ASHA, number);
      assert.ok(record.kind === 'record');
      assert.deepEqual(
        record.sections.flatMap(({ lines }) => lines).filter(({ text }) => text === 'Not known yet'),
        [],
      );
    });

    it('is refused while a question of the ordinary form is left', async () => {
      const number = numberOf(await atOnce());
      const { consent: _left, ...typed } = LATER;
      const view = questions(await completing(number, ASHA, typed));
      assert.ok(view.problems.some(({ field }) => field === 'consent'));
      assert.equal((await latest(number)).header.version, 1);
    });

    it('is filed under its case when its reference comes with the completion', async () => {
      const number = numberOf(await atOnce({ ...AT_ONCE, caseReference: '', concerning: 'Q.Z., aged 5' }));
      assert.equal((await latest(number)).header.isUnlinked, true);
      const begun = check(await completing(number));
      const contact = await bench.changeOn(one, begun, 'contact');
      await signing(await goOn(one, contact, LATER));
      const { header, caseKey } = await latest(number);
      assert.equal(header.isUnlinked, false);
      assert.notEqual(header.linkedTo, caseKey);
      const file = await one.stores.records.caseFile(header.linkedTo ?? '');
      assert.deepEqual(
        file.map((stored) => stored.header.number),
        [number],
      );
      assert.deepEqual(await one.stores.records.caseFile(caseKey), []);
    });

    it('tells nobody again', async () => {
      const number = numberOf(await atOnce());
      const before = await one.stores.notices.pending(10);
      await signing(await completing(number));
      assert.deepEqual(await one.stores.notices.pending(10), before);
    });

    it('cannot be completed twice', async () => {
      const number = numberOf(await atOnce());
      await signing(await completing(number));
      assert.deepEqual(await complete(one.recording, ASHA, number), { kind: 'alreadyComplete', number });
      assert.deepEqual(await complete(one.recording, MO, number), { kind: 'alreadyComplete', number });
    });

    it('makes one version of three presses to sign', async () => {
      const number = numberOf(await atOnce());
      const press = pressOn(check(await completing(number)), { signature: ASHA.name });
      const views = await Promise.all([1, 2, 3].map(() => sign(one.recording, ASHA, press)));
      assert.deepEqual(views.map(numberOf), [number, number, number]);
      assert.equal((await latest(number)).header.version, 2);
    });
  });

  describe('asked to be completed', () => {
    it('three times at once and once more, is one draft, in which nothing that was typed is lost', async () => {
      const number = numberOf(await atOnce());
      const views = await Promise.all([1, 2, 3].map(() => complete(one.recording, ASHA, number)));
      const first = questions(views[0] ?? { kind: 'nothing' });
      assert.deepEqual(new Set(views.map((view) => questions(view).draft.draftId)), new Set([first.draft.draftId]));
      const on = questions(await complete(one.recording, ASHA, number));
      await bench.goOn(one, on, { ...LATER, consent: '' });
      const again = questions(await complete(one.recording, ASHA, number));
      assert.equal(again.draft.answers.recipientName, 'Nia Madeup');
      assert.equal((await drafts(ASHA)).length, 1);
    });

    it('again after its draft was deleted, begins afresh', async () => {
      const number = numberOf(await atOnce());
      const begun = questions(await complete(one.recording, ASHA, number));
      assert.deepEqual(await discard(one.recording, ASHA, pressOn(begun)), { kind: 'discarded' });
      assert.deepEqual(await listed(one, ASHA), [number]);
      assert.equal(questions(await complete(one.recording, ASHA, number)).draft.revision, 1);
    });

    for (const manager of [MO, LEA]) {
      it(`by ${manager.name}, a manager of its team, is completed in their name and stays the author’s`, async () => {
        const number = numberOf(await atOnce());
        await signing(await completing(number, manager), manager);
        const version = await latest(number);
        const { header } = version;
        assert.deepEqual([header.version, header.authorId, header.teamId], [2, ASHA.id, 'team-north']);
        const { entry } = unpackPayload(bench.KEYS, version);
        assert.deepEqual([entry.personId, entry.signature], [manager.id, manager.name]);
      });
    }

    for (const [who, person] of [
      ['a colleague', BO],
      ['a records officer', OFFICER],
      ['a manager of another team', ELSEWHERE],
    ] as const) {
      it(`by ${who}, is answered as if it were not there, and that is written down`, async () => {
        const number = numberOf(await atOnce());
        logged.length = 0;
        assert.deepEqual(await complete(one.recording, person, number), { kind: 'nothing' });
        assert.deepEqual(await complete(one.recording, person, 'SL-00000000'), { kind: 'nothing' });
        assert.deepEqual(
          logged.map(({ personId, action, subject }) => `${personId} ${action} ${subject}`),
          [`${person.id} record.refused ${number}`, `${person.id} record.refused SL-00000000`],
        );
        assert.deepEqual(await drafts(person), []);
      });
    }
  });

  describe('that somebody else completes first', () => {
    const OTHERS = { ...LATER, recipientName: 'Ifor Nobody', outcomeDue: '2026-11-25' };

    /** Two people at the check card of the same record, of whom the manager signs first. */
    const overtaken = async () => {
      const number = numberOf(await atOnce());
      const mine = check(await completing(number));
      const theirs = await completing(number, MO, OTHERS);
      await signing(theirs, MO);
      const view = await signing(mine);
      return { number, view };
    };

    it('says so to the second, and keeps the first one’s as it stands', async () => {
      const { number, view } = await overtaken();
      assert.ok(view.kind === 'overtaken', view.kind);
      assert.equal(view.number, number);
      const stored = await latest(number);
      assert.equal(stored.header.version, 2);
      assert.equal(bench.answersIn(stored).recipientName, 'Ifor Nobody');
    });

    it('keeps the second one’s answers, and saves them on top when they are signed again', async () => {
      const { number, view } = await overtaken();
      assert.ok(view.kind === 'overtaken');
      const back = check(await bench.reopen(one, view));
      assert.equal(back.draft.answers.recipientName, 'Nia Madeup');
      assert.deepEqual(back.findings.filter(({ level }) => level === 'problem'), []); // prettier-ignore
      await signing(back);
      const stored = await latest(number);
      assert.deepEqual([stored.header.version, stored.header.kind], [3, 'completed']);
      assert.equal(bench.answersIn(stored).recipientName, 'Nia Madeup');
      assert.deepEqual(await drafts(ASHA), []);
    });

    it('lets one of two through who sign at the same moment', async () => {
      const number = numberOf(await atOnce());
      const mine = check(await completing(number));
      const theirs = check(await completing(number, MO, OTHERS));
      const kinds = (await Promise.all([signing(mine), signing(theirs, MO)])).map(({ kind }) => kind);
      assert.deepEqual(kinds.toSorted(), ['overtaken', 'receipt']);
      assert.equal((await latest(number)).header.version, 2);
    });

    it('opens the second one’s draft again when only the sweep finds out', async () => {
      const number = numberOf(await atOnce());
      const mine = check(await completing(number));
      const theirs = check(await completing(number, MO, OTHERS));
      down = true;
      assert.equal((await signing(mine)).kind, 'checking');
      down = false;
      await signing(theirs, MO);
      const failed: string[] = [];
      await recover(one.recording, (code) => failed.push(code));
      assert.deepEqual(failed, []);
      const back = check(await bench.reopen(one, mine));
      assert.equal(back.draft.base?.version, 2);
      assert.equal(back.draft.answers.recipientName, 'Nia Madeup');
    });

    it('is still as it was when the second one gives up', async () => {
      const { number, view } = await overtaken();
      assert.ok(view.kind === 'overtaken');
      const back = check(await bench.reopen(one, view));
      assert.deepEqual(await discard(one.recording, ASHA, pressOn(back)), { kind: 'discarded' });
      assert.equal((await latest(number)).header.version, 2);
    });
  });

  it('spoken is recorded as confirmed in person once it is completed', async () => {
    const number = numberOf(await atOnce(pick(aShare())));
    await signing(await completing(number, ASHA, typedShare(aShare())));
    assert.equal(bench.answersIn(await latest(number)).receiptConfirmed, 'yes');
  });
});

function pickHeader({ header }: StoredVersion) {
  const { recordId, number, authorId, teamId, version, kind } = header;
  return { recordId, number, authorId, teamId, version, kind };
}

async function versionOf({ stores }: bench.Bench, number: string): Promise<StoredVersion> {
  const held = await stores.records.byNumber(number);
  const version = held && (await stores.records.latest(held.caseKey, held.recordId));
  assert.ok(version !== undefined, number);
  return version;
}

/** The numbers of the urgent records in somebody's list of what is unfinished. */
async function listed({ recording }: bench.Bench, person: Person): Promise<readonly string[]> {
  const view = await listDrafts(recording, person);
  assert.ok(view.kind === 'drafts');
  return view.lines.flatMap((line) => (line.kind === 'urgent' ? [line.header.number] : []));
}
