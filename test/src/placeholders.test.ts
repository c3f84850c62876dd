import assert from 'node:assert/strict';
import type { TextField, TextRule } from '../../src/fields.ts';
import { placeholderFault } from '../../src/placeholders.ts';

const fault = (rule: TextRule, answer: string, more: Partial<TextField> = {}): string | undefined =>
  placeholderFault({ kind: 'text', rule, label: 'Who?', mend: 'Say who', source: 'made up', ...more }, answer);

const STAND_INS = ['na', 'n a', 'none', 'nil', 'tbc', 'tba', 'unknown', 'not known', 'xx', 'xxx', 'test'];
const SAYS_NOTHING = ['as above', 'see above', 'as per policy', 'as discussed', 'on file', 'to follow', 'various'];
const POINTERS = [
  'same reason',
  'not applicable',
  'no consent',
  'see file',
  'see notes',
  'see email',
  'see the system',
];

describe('placeholders', () => {
  for (const text of [
    ...STAND_INS,
    'N/A',
    ' n.a. ',
    '“TBC”',
    'T.B.C.',
    '- none -',
    'Not  known!',
    'ｎｏｎｅ',
    'x',
    '7',
    '…',
  ]) {
    it(`refuses ‘${text}’ as a name and as a reason`, () => {
      assert.ok(fault('name', text) !== undefined);
      assert.ok(fault('why', text) !== undefined);
    });
  }

  for (const text of [
    ...SAYS_NOTHING,
    ...POINTERS,
    'As above.',
    'See: e-mail',
    'see my case notes',
    'see Liquidlogic',
  ]) {
    it(`refuses ‘${text}’ as a reason, though it may be a name`, () => {
      assert.equal(fault('why', text), 'saysNothing' satisfies string, text);
      assert.equal(fault('name', text), undefined);
    });
  }

  for (const text of ['GP', 'CAMHS', 'Midwife', 'PC 4412', 'Ŵyn', 'Llŷr ap Madeup', 'Nonesuch', 'Testa']) {
    it(`takes ‘${text}’ as a name`, () => assert.equal(fault('name', text), undefined));
  }

  it('takes two words as a reason, and not one', () => {
    assert.equal(fault('why', 'Risk tonight'), undefined);
    assert.equal(fault('why', 'Safeguarding'), 'oneWord');
    assert.equal(fault('why', 'Mae’r plentyn mewn perygl heno'), undefined);
  });

  it('takes “none” only where it is a complete answer', () => {
    assert.equal(fault('name', 'None.', { noneAllowed: true }), undefined);
    assert.equal(fault('name', 'nil', { noneAllowed: true }), 'placeholder');
  });

  it('takes a reference with a digit, and refuses stand-ins and other characters', () => {
    for (const text of ['XX-10422', 'fn 12/3', 'A1', '7_7.7']) assert.equal(fault('reference', text), undefined, text);
    for (const text of ['tbc', 'n/a', 'new', 'unknown', 'No Ref', 'pending', 'ABC', '#12', '1', 'a1'.repeat(33)]) {
      assert.ok(fault('reference', text) !== undefined, text);
    }
  });

  it('takes a reference without a digit when the agency’s pattern does, but no stand-in', () => {
    const field: TextField = { kind: 'text', rule: 'reference', label: 'Ref', mend: 'Give it', source: 'made up' };
    assert.equal(placeholderFault(field, 'ABC', /^[A-Z]{3}$/u), undefined);
    assert.equal(placeholderFault(field, 'TBC', /^[A-Z]{3}$/u), 'placeholder');
  });
});
