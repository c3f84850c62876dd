import assert from 'node:assert/strict';
import { helpLines } from '../../bot/commandList.ts';
import { readCommand } from '../../bot/commands.ts';
import { act, VERBS } from '../../bot/actions.ts';
import type { Person } from '../../src/people.ts';
import type { Services } from '../../bot/services.ts';

const priya: Person = {
  id: 'p1',
  tenantId: 't1',
  name: 'Priya Shah',
  jobTitle: 'Social worker',
  organisation: 'Exampleshire Council',
  teamIds: [],
  roles: ['practitioner'],
};

describe('commands', () => {
  for (const text of [
    'record share',
    'RECORD SHARE',
    '  record \n share ',
    '<at>Sharing Log</at> Record share',
    'record\u00a0share',
  ]) {
    it(`starts a share for ${JSON.stringify(text)}`, () => {
      const command = readCommand(text);
      assert.equal(command.kind, 'start');
      assert.equal(command.kind === 'start' && command.type.id, 'share');
    });
  }

  for (const [text, number] of [
    ['record SL-7K2M9QXC', 'SL-7K2M9QXC'],
    ['record sl-7k2m9qxc', 'SL-7K2M9QXC'],
    ['record SL 7K2M9QXC', 'SL-7K2M9QXC'],
    ['record SL-OIL00000', 'SL-01100000'],
  ] as const) {
    it(`reads the number in ${text}`, () => {
      assert.deepEqual(readCommand(text), { kind: 'record', number });
    });
  }

  for (const [text, command] of [
    ['history SL-7K2M9QXC', { kind: 'history', number: 'SL-7K2M9QXC' }],
    ['Add outcome SL-7K2M9QXC', { kind: 'begin', purpose: 'outcome', number: 'SL-7K2M9QXC' }],
    ['amend sl 7k2m9qxc', { kind: 'begin', purpose: 'amended', number: 'SL-7K2M9QXC' }],
    ['withdraw consent SL-7K2M9QXC', { kind: 'begin', purpose: 'withdrawn', number: 'SL-7K2M9QXC' }],
    ['dispute SL-7K2M9QXC', { kind: 'begin', purpose: 'disputed', number: 'SL-7K2M9QXC' }],
    ['link SL-7K2M9QXC', { kind: 'begin', purpose: 'linked', number: 'SL-7K2M9QXC' }],
    ['link SL-7K2M9QXC Fn 12/3', { kind: 'begin', purpose: 'linked', number: 'SL-7K2M9QXC', reference: 'Fn 12/3' }],
  ] as const) {
    it(`takes ${text} for a further version`, () => {
      assert.deepEqual(readCommand(text), command);
    });
  }

  for (const [text, wanted] of [
    ['urgent access RFS-10422', 'RFS-10422'],
    ['<at>Sharing Log</at> URGENT  access fn 12/3', 'fn 12/3'],
    ["urgent access ' OR 1=1; --", "' OR 1=1; --"],
  ] as const) {
    it(`takes what stands after it for the case in ${text}`, () => {
      assert.deepEqual(readCommand(text), { kind: 'urgentAccess', wanted });
    });
  }

  it('takes urgent access without a case for one that is to be asked for', () => {
    assert.deepEqual(readCommand('urgent access '), { kind: 'urgentAccess' });
    assert.equal(readCommand('urgent accessory').kind, 'unknown');
  });

  it('asks which case a summary is wanted of, when none was named', () => {
    assert.deepEqual(readCommand('Case Summary '), { kind: 'whichCase' });
    assert.deepEqual(readCommand('case summary fn 12/3'), { kind: 'summary', reference: 'fn 12/3' });
  });

  it('hands on what a log is asked for by as it was typed', () => {
    assert.deepEqual(readCommand(' Access  LOG Fn 12/3 '), { kind: 'log', about: 'Fn 12/3' });
    assert.equal(readCommand('access log').kind, 'unknown');
  });

  for (const [text, command] of [
    ['Restrict  fn 12/3', { kind: 'restrict', reference: 'fn 12/3' }],
    ['CASE TEAM ADD FN-12 to Back to Work', { kind: 'teamAdd', reference: 'FN-12', team: 'Back to Work' }],
  ] as const) {
    it(`takes ${text} for a command about a case`, () => {
      assert.deepEqual(readCommand(text), command);
    });
  }

  it('takes a number that cannot be one as a record that is not there', () => {
    assert.deepEqual(readCommand('record SL-123'), { kind: 'record', number: undefined });
  });

  it('does not take a command out of a longer text', () => {
    for (const text of [
      'please record share',
      'record share now',
      '',
      'x'.repeat(10_000),
      'drafts; drop table drafts',
    ]) {
      assert.equal(readCommand(text).kind, 'unknown', text.slice(0, 40));
    }
  });

  it('offers in help only verbs that are answered, and recording only to those who may', () => {
    const verbs = helpLines(priya).flatMap((line) => line.verb ?? []);
    assert.ok(verbs.includes('draft.start.share'));
    assert.ok(verbs.every((verb) => VERBS.includes(verb)));
    assert.deepEqual(
      helpLines({ ...priya, roles: ['recordsOfficer'] }).map((line) => line.command),
      [
        'case team add REF to TEAM',
        'restrict REF',
        'nudges',
        'unlinked',
        'access log …',
        'search',
        'record SL-…',
        'history SL-…',
        'link SL-… REF',
        'dispute SL-…',
        'help',
      ],
    );
  });

  it('looks nothing up for a verb or data that it does not know', async () => {
    // Any use of the services would be a TypeError.
    const nothing = undefined as unknown as Services;
    for (const [verb, data] of [
      ['draft.steal', {}],
      ['constructor', {}],
      ['__proto__', {}],
      ['draft.next', { draftId: '../../etc', section: 'contact', revision: 1 }],
      ['draft.next', { draftId: '01ARZ3NDEKTSV4RRFFQ69G5FAV', section: 'contact', revision: '1' }],
      ['draft.open', { draftId: '01ARZ3NDEKTSV4RRFFQ69G5FAV', more: 1 }],
      ['record.open', null],
      ['record.open', { number: ['SL-7K2M9QXC'] }],
      ['log.open', { person: 'a b' }],
      ['log.open', {}],
      ['log.page', { person: 'person-asha', before: 'now' }],
    ] as const) {
      assert.equal(await act(nothing, priya, verb, data), undefined, verb);
    }
  });
});
