import assert from 'node:assert/strict';
import { defineRecordType, type AnswersOf, type SectionIdOf } from '../../src/recordType.ts';
import { share } from '../../src/records/share.ts';

/**
 * `npm run typecheck` compiles this file: where a line is marked as an expected error and is none, that is an error.
 * What each declaration does at load is run here as well.
 */
const fields = {
  agreed: {
    kind: 'choice',
    label: 'Did they agree?',
    mend: 'Say whether they agreed',
    options: { yes: { label: 'Yes' }, no: { label: 'No' } },
    source: 'made up',
  },
  ways: {
    kind: 'choices',
    label: 'In which ways?',
    mend: 'Tick a way',
    options: { phone: { label: 'Telephone' }, letter: { label: 'Letter' } },
    source: 'made up',
  },
  why: { kind: 'longText', rule: 'why', label: 'Why?', mend: 'Say why', source: 'made up' },
} as const;
const sections = [{ id: 'only', title: 'Only', fields: ['agreed', 'ways', 'why'] }] as const;
const frame = {
  id: 'madeUp',
  command: 'made up',
  title: 'Made up',
  does: 'Made up.',
  source: 'made up',
  sections,
  fields,
} as const;

/** What stands in `compiled` is for the compiler, which must refuse it; here it only has to be there. */
function neverRun(compiled: () => void): void {
  assert.equal(typeof compiled, 'function');
}

describe('the types of a declaration', () => {
  it('accept fields, options and sections that exist', () => {
    const type = defineRecordType({
      ...frame,
      askWhen: { why: { any: [{ field: 'agreed', is: ['yes', 'no'] }, { not: { field: 'ways', has: 'phone' } }] } },
      requiredWhen: { why: { field: 'ways', blank: false } },
      implied: { agreed: { value: 'yes', reads: 'Yes' } },
      checks: [{ on: 'why', source: 'made up', find: () => undefined }],
    });
    const section: SectionIdOf<typeof type> = 'only';
    assert.deepEqual(type.sectionIds, [section]);
  });

  it('refuse a misspelt field in a condition', () => {
    neverRun(() => {
      // @ts-expect-error 'agred' is no field
      defineRecordType({ ...frame, askWhen: { why: { field: 'agred', is: 'yes' } } });
      // @ts-expect-error 'agred' is no field, however deep
      defineRecordType({ ...frame, askWhen: { why: { all: [{ not: { field: 'agred', blank: true } }] } } });
      // @ts-expect-error 'wy' is no field
      defineRecordType({ ...frame, askWhen: { wy: { field: 'agreed', is: 'yes' } } });
      // @ts-expect-error 'agred' is no field
      defineRecordType({ ...frame, askWhen: {}, requiredWhen: { why: { field: 'agred', is: 'yes' } } });
      // @ts-expect-error 'agred' is no field
      defineRecordType({ ...frame, askWhen: {}, limitedWhen: { field: 'agred', is: 'yes' } });
    });
  });

  it('refuse a misspelt option in a condition', () => {
    neverRun(() => {
      // @ts-expect-error 'yess' is no option of agreed
      defineRecordType({ ...frame, askWhen: { why: { field: 'agreed', is: 'yess' } } });
      // @ts-expect-error 'phone' is an option, but of another field
      defineRecordType({ ...frame, askWhen: { why: { field: 'agreed', is: ['yes', 'phone'] } } });
      // @ts-expect-error 'fax' is no option of ways
      defineRecordType({ ...frame, askWhen: { why: { field: 'ways', has: 'fax' } } });
      // @ts-expect-error one answer is never "has"
      defineRecordType({ ...frame, askWhen: { why: { field: 'agreed', has: 'yes' } } });
    });
  });

  it('refuse a misspelt field in a section, a check or a default', () => {
    neverRun(() => {
      // @ts-expect-error 'wy' is no field
      defineRecordType({ ...frame, sections: [{ id: 'only', title: 'Only', fields: ['wy'] }], askWhen: {} });
      // @ts-expect-error 'wy' is no field
      defineRecordType({ ...frame, askWhen: {}, checks: [{ on: 'wy', source: '', find: () => undefined }] });
      // @ts-expect-error 'wy' is no field
      defineRecordType({ ...frame, askWhen: {}, defaults: { wy: () => 'because' } });
      // @ts-expect-error 'wy' is no field
      defineRecordType({ ...frame, askWhen: {}, reads: { wy: () => undefined } });
    });
  });

  it('refuse a misspelt option that is implied or not offered', () => {
    neverRun(() => {
      // @ts-expect-error 'maybe' is no option
      defineRecordType({ ...frame, askWhen: {}, implied: { agreed: { value: 'maybe', reads: 'Maybe' } } });
      // @ts-expect-error 'fax' is no option
      defineRecordType({ ...frame, askWhen: {}, notOffered: { ways: () => ['fax'] } });
    });
  });

  it('refuse a misspelt section wherever one is named', () => {
    const named: SectionIdOf<typeof share> = 'consent';
    // @ts-expect-error 'consnt' is no section of a share
    const misspelt: SectionIdOf<typeof share> = 'consnt';
    assert.ok(share.sectionIds.includes(named));
    assert.ok(!share.sectionIds.includes(misspelt));
  });

  it('infer the answers of a share from its declaration', () => {
    type ShareAnswers = AnswersOf<typeof share>;
    const answers: ShareAnswers = { consent: 'partly', methods: ['phone', 'letter'], reason: 'Any text' };
    // @ts-expect-error 'maybe' is no answer to consent
    const consent: ShareAnswers['consent'] = 'maybe';
    // @ts-expect-error 'fax' is no way of sharing
    const methods: ShareAnswers['methods'] = ['fax'];
    // @ts-expect-error 'resaon' is no question of a share
    const resaon: keyof ShareAnswers = 'resaon';
    assert.equal(answers.consent, 'partly');
    assert.ok(!Object.hasOwn(share.fields.consent.options, consent ?? ''));
    assert.ok(!Object.hasOwn(share.fields.methods.options, methods?.[0] ?? ''));
    assert.ok(!Object.hasOwn(share.fields, resaon));
  });
});

describe('a declaration at load', () => {
  const refused = { name: 'CodedError', code: 'declaration' };

  it('refuses a field that stands in no section', () => {
    const short = [{ id: 'only', title: 'Only', fields: ['agreed', 'ways'] }] as const;
    assert.throws(() => defineRecordType({ ...frame, sections: short, askWhen: {} }), refused);
  });

  it('refuses a field that stands in two sections', () => {
    const twice = [...sections, { id: 'again', title: 'Again', fields: ['why'] }] as const;
    assert.throws(() => defineRecordType({ ...frame, sections: twice, askWhen: {} }), refused);
  });

  it('refuses a condition that looks at a later question', () => {
    const askWhen = { agreed: { field: 'ways', has: 'phone' } } as const;
    assert.throws(() => defineRecordType({ ...frame, askWhen }), refused);
  });
});
