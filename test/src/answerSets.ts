import fc from 'fast-check';
import type { Typed } from '../../src/answering.ts';
import type { Answer, Answers, Field } from '../../src/fields.ts';
import { instantOf } from '../../src/londonTime.ts';
import type { RecordType } from '../../src/recordType.ts';
import { completeAnswers } from './completeAnswers.ts';
import { given } from './givenAnswers.ts';

/** Fixed, so that a failing run can be played again; fast-check prints it with the counterexample. */
export const SEED = 20_261_123;

const GOOD_TEXTS = [
  'Nia Madeup rang the school on Tuesday',
  'Mererid Ŵyn o’r Bala',
  'The aunt, who has care of the child, asked for it',
  'none',
  'GP',
  'CAMHS duty',
];
const BAD_TEXTS = ['n/a', 'TBC', ' - ', 'x', 'see file', 'As above.', 'Unknown', 'no consent', '??', 'Test', '…'];
const REFERENCES = ['XX-10422', 'fn 12/3', 'new', 'tbc', 'ABC', 'A1', '#1'];
const PHONES = ['01632 960 101', '999', '+44 (0)1632 960102 ext 4', 'ring me', '12'];
const DATES = ['2026-11-23', '2026-11-20', '2026-11-24', '2027-02-01', '2026-02-04', '2026-02-29', '23/11/2026'];
const TIMES = ['09:15', '14:04', '23:59', '', '25:00'];

/** What may stand in the inputs of one field, good and bad. */
export function typedFor(name: string, field: Field): fc.Arbitrary<Typed> {
  const as = (texts: fc.Arbitrary<string>): fc.Arbitrary<Typed> => texts.map((text) => ({ [name]: text }));
  switch (field.kind) {
    case 'text':
    case 'longText': {
      if (field.rule === 'reference') return as(fc.constantFrom('', ...REFERENCES));
      const text = fc.oneof(
        { weight: 6, arbitrary: fc.constantFrom(...GOOD_TEXTS) },
        { weight: 2, arbitrary: fc.constantFrom('', ...BAD_TEXTS) },
        { weight: 1, arbitrary: fc.string({ unit: 'grapheme', maxLength: 30 }) },
        {
          weight: 1,
          arbitrary: fc.integer({ min: 195, max: 210 }).map((length) => 'long answer '.repeat(20).slice(0, length)),
        },
      );
      return as(text);
    }
    case 'phone':
      return as(fc.constantFrom('', ...PHONES));
    case 'choice':
      return as(fc.constantFrom('', 'notAnOption', ...spread(Object.keys(field.options))));
    case 'choices':
      return as(fc.subarray([...Object.keys(field.options)], { maxLength: 3 }).map((keys) => keys.join(',')));
    case 'date':
      return as(fc.constantFrom('', ...DATES));
    case 'dateTime':
      return fc.record({ [`${name}Date`]: fc.constantFrom(...DATES), [`${name}Time`]: fc.constantFrom(...TIMES) });
    default:
      return field satisfies never;
  }
}

/** Four of each, so that a choice is made more often than it is missed. */
function spread(keys: readonly string[]): readonly string[] {
  return [...keys, ...keys, ...keys, ...keys];
}

/** An answer of the right kind that a draft may hold: what `answerCard` would keep. Rules may still refuse it. */
function answerFor(name: string, field: Field): fc.Arbitrary<Answer | undefined> {
  return typedFor(name, field).map((typed) => {
    if (field.kind === 'dateTime') return instantOf(typed[`${name}Date`] ?? '', typed[`${name}Time`] ?? '');
    const text = typed[name] ?? '';
    if (text.trim() === '' || text === 'notAnOption') return undefined;
    if (field.kind === 'choices') return text.split(',');
    if (field.kind === 'date' && !/^20\d\d-\d\d-\d\d$/.test(text)) return undefined;
    if (field.kind === 'date' && text === '2026-02-29') return undefined;
    return text;
  });
}

/** Any set of answers to a record type: complete, half done, or contradicting itself. */
export function anyAnswers(type: RecordType): fc.Arbitrary<Answers> {
  return fc
    .record(Object.fromEntries(Object.entries(type.fields).map(([name, field]) => [name, answerFor(name, field)])))
    .map(given);
}

/** Sets of answers that are mostly complete, with a few answers replaced: near misses find more than noise does. */
export function nearlyComplete(type: RecordType): fc.Arbitrary<Answers> {
  return fc
    .tuple(
      fc.constantFrom(...completeAnswers(type.id)),
      anyAnswers(type),
      fc.subarray(Object.keys(type.fields), { maxLength: 5 }),
    )
    .map(([complete, other, names]) => {
      const kept = Object.entries(complete).filter(([name]) => !names.includes(name));
      const replaced = Object.entries(other).filter(([name]) => names.includes(name));
      return Object.fromEntries([...kept, ...replaced]);
    });
}
