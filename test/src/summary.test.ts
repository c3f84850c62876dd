import assert from 'node:assert/strict';
import fc from 'fast-check';
import { CHECK } from '../../src/drafts.ts';
import type { Answers } from '../../src/fields.ts';
import { openRecord, type OpenedRecord } from '../../src/opening.ts';
import type { Person } from '../../src/people.ts';
import { createDraft, newDraft } from '../../src/recording/drafting.ts';
import type { AccessEntry } from '../../src/ports.ts';
import { RECORD_TYPES } from '../../src/records/registry.ts';
import { share } from '../../src/records/share.ts';
import { summarise, type CaseSummary } from '../../src/summary.ts';
import { aBench, aPerson, ASHA, BO, check, MO, pressOn, signOn, storedOf, type Bench } from './aBench.ts';
import { aShare } from './aShare.ts';
import { SEED } from './answerSets.ts';
import { completeAnswers } from './completeAnswers.ts';

const CASE = 'RFS-77701';
const CASES = 40;
const ELSEWHERE = aPerson({ id: 'person-sol', name: 'Sol Madeup', teamIds: ['team-south'] });
const PEOPLE = [ASHA, MO, BO, ELSEWHERE];

/** What somebody typed, with what might be taken for markup, ends of lines and characters of every length. */
const odd = fc.string({ unit: 'grapheme', maxLength: 60 }).map((text) => `Said so: ${text.replaceAll('\n', ' ')}`);

interface Planned {
  readonly author: Person;
  readonly type: (typeof RECORD_TYPES)[number];
  readonly answers: Answers;
}

const planned: fc.Arbitrary<Planned> = fc
  .record({
    author: fc.constantFrom(ASHA, BO, ELSEWHERE),
    type: fc.constantFrom(...RECORD_TYPES),
    nth: fc.nat(6),
    minutes: fc.integer({ min: 0, max: 400_000 }),
    texts: fc.array(odd, { minLength: 3, maxLength: 3 }),
    keepFrom: fc.option(odd, { nil: undefined }),
  })
  .map(({ author, type, nth, minutes, texts, keepFrom }) => {
    const sets = completeAnswers(type.id);
    const whole = sets[nth % sets.length] ?? {};
    const replaced = ['outcome', 'nextAction', 'consentLimitsDetail'].map((name, at) =>
      typeof whole[name] === 'string' ? [name, texts[at] ?? ''] : undefined,
    );
    const contactAt = new Date(Date.parse('2026-02-02T10:00:00.000Z') + minutes * 60_000).toISOString();
    const answers = {
      ...whole,
      ...Object.fromEntries(replaced.filter((pair) => pair !== undefined)),
      ...('familyInformed' in whole && keepFrom !== undefined ? { keepFrom } : {}),
      ...('sharedAt' in whole ? { sharedAt: contactAt } : {}),
      ...('consentOn' in whole ? { consentOn: contactAt.slice(0, 10) } : {}),
      contactAt,
      caseReference: CASE,
    };
    return { author, type, answers };
  });

const GUESSED: Planned = { author: ASHA, type: share, answers: { ...aShare(), caseReference: CASE } };

describe('the summary of a case', () => {
  it('says in every line what the record says, of every record once, in order', async function () {
    this.timeout(60_000);
    let signed = 0;
    const property = fc.asyncProperty(fc.array(planned, { minLength: 1, maxLength: 20 }), async (plans) => {
      const bench = await aBench({ people: PEOPLE });
      try {
        const numbers = await allSigned(bench, plans);
        signed += numbers.length;
        for (const reader of PEOPLE) await checkFor(bench, reader, numbers);
      } finally {
        await bench.close();
      }
    });
    await fc.assert(property, { numRuns: CASES, seed: SEED });
    assert.ok(signed > CASES * 5, `${signed} records are too few to say anything`);
  });

  it('answers a thousand guessed references alike, the right one among them, and writes each down unread', async () => {
    const bench = await aBench({ people: PEOPLE });
    const logged: AccessEntry[] = [];
    try {
      assert.equal((await allSigned(bench, [GUESSED])).length, 1);
      const deps = { ...bench.opening, access: { append: async (entry: AccessEntry) => void logged.push(entry) } };
      for (let nth = 0; nth < 1_000; nth += 1) {
        const reference = nth === 500 ? CASE : `RFS-${70_000 + nth}`;
        assert.deepEqual(await summarise(deps, ELSEWHERE, { reference }), { kind: 'nothing' });
      }
    } finally {
      await bench.close();
    }
    assert.equal(logged.length, 1_000);
    assert.equal(new Set(logged.map(({ subject }) => subject)).size, 1_000);
    for (const { action, personId, subject } of logged) {
      assert.deepEqual([action, personId], ['case.refused', ELSEWHERE.id]);
      assert.match(subject, /^[0-9a-f]{64}$/u);
    }
  });
});

/** Signs what can be signed; the numbers. */
async function allSigned(bench: Bench, plans: readonly Planned[]): Promise<readonly string[]> {
  const numbers: string[] = [];
  for (const { author, type, answers } of plans) {
    const draft = { ...newDraft(bench.recording, author, type), section: CHECK, answers };
    const view = check(await createDraft(bench.recording, author, draft));
    const receipt = await signOn(bench, view, { ...pressOn(view).typed, signature: author.name }, author);
    if (receipt.kind === 'receipt') numbers.push((await storedOf(bench, receipt)).header.number);
  }
  return numbers;
}

async function checkFor(bench: Bench, reader: Person, numbers: readonly string[]): Promise<void> {
  const opened = await Promise.all(numbers.map((number) => openRecord(bench.opening, reader, number)));
  const seen = opened.filter((record) => record.kind === 'record');
  const pages = await allPages(bench, reader);
  const [first] = pages;
  if (first === undefined) return assert.equal(seen.length, 0, `${reader.name} is shown nothing of ${seen.length}`);
  const lines = pages.flatMap((page) => page.lines);
  const order = ({ header }: Pick<OpenedRecord, 'header'>): string => `${header.contactAt} ${header.recordId}`;
  const expected = seen.toSorted((a, b) => (order(a) < order(b) ? 1 : -1));
  assert.deepEqual(
    lines.map(({ header }) => header.number),
    expected.map(({ header }) => header.number),
  );
  for (const [at, line] of lines.entries()) {
    const record = expected[at] ?? assert.fail('a line too many');
    assert.deepEqual(line.header, record.header);
    assert.equal(line.title, record.title);
    assert.equal(line.recordedDaysLater, record.recordedDaysLater);
    const told = record.sections.flatMap((section) => section.lines.map(({ text }) => text));
    for (const { text } of line.texts) assert.ok(isMadeOf(text, told), text);
    for (const open of ['outcome', 'nextAction'])
      for (const { field, text } of record.sections.flatMap((section) => section.lines))
        if (field === open)
          assert.ok(
            line.texts.some((each) => each.text.includes(text)),
            `${field} is left out`,
          );
  }
  for (const page of pages) {
    assert.equal(page.records, seen.length);
    assert.deepEqual(new Set(page.keepFrom), new Set(seen.flatMap(({ keepFrom }) => keepFrom ?? [])));
    assert.equal(page.open.length, seen.flatMap(({ header }) => header.openItems).length);
    assert.equal(page.firstContact, expected.at(-1)?.header.contactAt);
    assert.equal(page.lastContact, expected[0]?.header.contactAt);
    const contacts = page.months.reduce((sum, month) => sum + month.contacts, 0);
    assert.equal(contacts, seen.length);
    const limited = seen.filter(({ header }) => header.consentLimited).map(({ header }) => header.number);
    assert.deepEqual(new Set(page.limits.map(({ number }) => number)), new Set(limited));
  }
}

/** Whether a text is some lines of a record, whole, one under the other. */
function isMadeOf(text: string, told: readonly string[]): boolean {
  if (text === '') return true;
  return told.some(
    (line) => text === line || (text.startsWith(`${line}\n`) && isMadeOf(text.slice(line.length + 1), told)),
  );
}

async function allPages(bench: Bench, reader: Person): Promise<readonly CaseSummary[]> {
  const pages: CaseSummary[] = [];
  let before: string | undefined;
  do {
    const page = await summarise(bench.opening, reader, { reference: CASE }, before);
    if (page.kind === 'nothing') return [];
    pages.push(page);
    before = page.before;
  } while (before !== undefined);
  return pages;
}
