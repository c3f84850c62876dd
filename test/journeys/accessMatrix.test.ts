import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { sealAsked } from '../../src/asked.ts';
import { changeCase, packGrant, type Restriction } from '../../src/caseFacts.ts';
import { caseAlias } from '../../src/freezing.ts';
import { addDays } from '../../src/londonTime.ts';
import { rowsIn } from '../bot/storeContents.ts';
import { aBot, aFolder, onAWorkingDay, removeFolder, TENANT, type TestBot } from './aBot.ts';
import { aChat, type Chat } from './aChat.ts';
import { made } from './aRecord.ts';
import { OUTCOME_AWAITED } from './answers.ts';
import { idOf, MEMBERS, MEMBER_NAMES, nameOf, TEAMS, writePeopleFile, type MemberName } from './matrixPeople.ts';

/** What can be done with a record: the letter of the table, and each verb that it stands for. */
const RECORD_ACTIONS: Readonly<Record<string, Readonly<Record<string, object>>>> = {
  // Read.
  R: { 'record.open': {}, 'record.copyText': {}, 'record.history': {} },
  // Add an outcome.
  O: { 'outcome.start': {} },
  // Change what it says.
  A: { 'record.amend': {}, 'record.withdraw': {}, 'record.complete': {} },
  // Endorse, or comment without endorsing.
  E: { 'record.endorse': { how: 'endorsed' }, 'record.comment': {} },
  // File it under another case, or note a dispute.
  L: { 'record.link': {}, 'record.dispute': {} },
};

/** What can be done with a case: its summary, adding a team, and saying who may see it. */
const CASE_ACTIONS = { S: 'summary.open', T: 'case team add', X: 'restriction.open' } as const;

const NO_SUCH_NUMBER = 'SL-00000000';
const NO_SUCH_CASE = 'RFS-00000';

type CaseName = 'open' | 'restricted' | 'everybody named' | 'asked for';

/**
 * Who may do what: for each case, the first record (Ann's, of North), the second (Sam's, of South), and the case itself.
 * Source: architecture, "Who may do what"; issue “Case summary”, 4; project decision 0012.
 */
const TABLE: Readonly<Record<CaseName, Readonly<Record<MemberName, readonly [string, string, string]>>>> = {
  open: {
    ann: ['ROAL', 'RO', 'S'],
    nia: ['RO', 'RO', 'S'],
    max: ['ROAEL', 'RO', 'STX'],
    nob: ['', '', ''],
    eve: ['RO', 'RO', 'S'],
    eli: ['RO', 'RO', 'STX'],
    sam: ['', 'ROAL', 'S'],
    sid: ['', 'RO', 'S'],
    sue: ['', 'ROAEL', 'S'],
    lou: ['ROE', '', 'S'],
    dee: ['RO', '', 'S'],
    wes: ['', '', ''],
    win: ['', '', ''],
    uma: ['R', 'R', 'S'],
    rio: ['RL', 'RL', 'STX'],
  },
  // Ann, Nia, Max, Sam and Wes are named.
  restricted: {
    ann: ['ROAL', 'RO', 'S'],
    nia: ['RO', 'RO', 'S'],
    max: ['ROAEL', 'RO', 'STX'],
    nob: ['', '', ''],
    eve: ['', '', ''],
    eli: ['', '', ''],
    sam: ['', 'ROAL', 'S'],
    sid: ['', '', ''],
    sue: ['', '', ''],
    lou: ['', '', ''],
    dee: ['', '', ''],
    wes: ['', '', ''],
    win: ['', '', ''],
    uma: ['', '', ''],
    rio: ['', '', 'TX'],
  },
  // As if it were open; and whoever manages and is named may change who is.
  'everybody named': {
    ann: ['ROAL', 'RO', 'S'],
    nia: ['RO', 'RO', 'S'],
    max: ['ROAEL', 'RO', 'STX'],
    nob: ['', '', ''],
    eve: ['RO', 'RO', 'S'],
    eli: ['RO', 'RO', 'STX'],
    sam: ['', 'ROAL', 'S'],
    sid: ['', 'RO', 'S'],
    sue: ['', 'ROAEL', 'SX'],
    lou: ['ROE', '', 'SX'],
    dee: ['RO', '', 'S'],
    wes: ['', '', ''],
    win: ['', '', 'X'],
    uma: ['R', 'R', 'S'],
    rio: ['RL', 'RL', 'STX'],
  },
  // Sam asked for it when signing: Sam alone is named, and those decide who manage a case team or Sam's.
  'asked for': {
    ann: ['', '', ''],
    nia: ['', '', ''],
    max: ['', '', 'X'],
    nob: ['', '', ''],
    eve: ['', '', ''],
    eli: ['', '', 'X'],
    sam: ['', 'ROAL', 'S'],
    sid: ['', '', ''],
    sue: ['', '', 'X'],
    lou: ['', '', ''],
    dee: ['', '', ''],
    wes: ['', '', ''],
    win: ['', '', ''],
    uma: ['', '', ''],
    rio: ['', '', 'TX'],
  },
};

interface MadeCase {
  readonly reference: string;
  readonly numbers: readonly [string, string];
}

describe('who may do what with a case and its records', () => {
  const dataDir = aFolder();
  let bot: TestBot;
  const cases = new Map<string, MadeCase>();
  const at = new Map<MemberName, string>();
  before(async () => {
    mkdirSync(join(dataDir, '..'), { recursive: true });
    const peopleFile = join(dataDir, '..', 'people.json');
    writePeopleFile(peopleFile);
    bot = await aBot(dataDir, { PEOPLE_FILE: peopleFile });
    const today = await onAWorkingDay(bot);
    await chatOf('lou').ask(`deputy ${nameOf('dee')} until ${addDays(today, 14)}`);
    for (const [nth, name] of Object.keys(TABLE).entries()) cases.set(name, await aCase(nth, name === 'asked for'));
    await restrict('restricted', ['ann', 'nia', 'max', 'sam', 'wes']);
    await restrict('everybody named', MEMBER_NAMES);
    for (const name of MEMBER_NAMES) at.set(name, (await chatOf(name).ask('help')).messageId);
  });
  after(async () => {
    await bot.close();
    removeFolder(dataDir);
  });

  const chatOf = (name: MemberName): Chat => aChat(bot.running.url, idOf(name));

  /** A case of North's with a record of Sam's on it, to which East was added; Uma has urgent access to it. */
  async function aCase(nth: number, isAsked: boolean): Promise<MadeCase> {
    const reference = `RFS-${80_001 + nth}`;
    const answers = { ...OUTCOME_AWAITED, caseReference: reference };
    const first = await made(chatOf('ann'), 'record share', answers);
    const added = await chatOf('max').ask(`case team add ${reference.toLowerCase()} to east`);
    assert.equal(added.heading, 'Team added');
    const restricted = { ...answers, restrict: String(isAsked) };
    const second = await made(chatOf('sam'), 'record share', restricted);
    const { keys, stores, clock } = bot.running.services;
    const caseKey = await keyOf(reference);
    const [personId, until] = [idOf('uma'), new Date(Date.parse(clock.now()) + 3_600_000).toISOString()];
    const grant = { grantId: `grant-${nth}`, personId, caseKey, until, at: clock.now(), reason: 'She is in hospital.' };
    await stores.cases.grant(packGrant(keys, grant));
    return { reference, numbers: [first.number, second.number] };
  }

  async function keyOf(reference: string): Promise<string> {
    const { keys, stores } = bot.running.services;
    return (await stores.records.findCaseKey(caseAlias(keys, TENANT, reference))) ?? '';
  }

  async function restrict(name: CaseName, named: readonly MemberName[]): Promise<void> {
    const restriction: Restriction = { state: 'confirmed', people: named.map(idOf), by: idOf('max'), at: '2026-11-23T09:00:00.000Z' }; // prettier-ignore
    const facts = await changeCase(bot.running.services.opening, await keyOf(cases.get(name)?.reference ?? ''), (known) => ({ ...known, restriction })); // prettier-ignore
    assert.ok(facts !== undefined);
  }

  /** The whole answer to a press, as bytes. */
  async function pressed(name: MemberName, verb: string, data: object): Promise<string> {
    const action = { type: 'Action.Execute', verb, data };
    const { status, text } = await chatOf(name).invoke(at.get(name) ?? '', action);
    return `${status} ${text}`;
  }

  async function withCase(name: MemberName, what: string, reference: string): Promise<string> {
    if (what === CASE_ACTIONS.T) {
      const { card } = await chatOf(name).ask(`${what} ${reference} to ${TEAMS.East}`);
      return JSON.stringify(card);
    }
    return pressed(name, what, { asked: sealAsked(bot.running.services.keys, idOf(name), reference) });
  }

  const toNothing = new Map<string, string>();

  /** What somebody is answered for a number that does not exist: asked once, as nothing else comes into it. */
  async function answerToNothing(name: MemberName, verb: string, more: object, refused: Refused): Promise<string> {
    const known = toNothing.get(`${name} ${verb}`);
    if (known !== undefined) return known;
    const answer = await pressed(name, verb, { ...more, number: NO_SUCH_NUMBER });
    refused(NO_SUCH_NUMBER);
    toNothing.set(`${name} ${verb}`, answer);
    return answer;
  }

  /** The letters of what is answered otherwise than for what does not exist; each refusal goes to `refused`. */
  async function allowedWith(name: MemberName, number: string, refused: Refused): Promise<string> {
    let allowed = '';
    for (const [letter, verbs] of Object.entries(RECORD_ACTIONS)) {
      const answers = new Set<boolean>();
      for (const [verb, more] of Object.entries(verbs)) {
        const none = await answerToNothing(name, verb, more, refused);
        const isRefused = (await pressed(name, verb, { ...more, number })) === none;
        if (isRefused) refused(number);
        answers.add(!isRefused);
      }
      assert.equal(answers.size, 1, `${letter} is one thing`);
      if (answers.has(true)) allowed += letter;
    }
    return allowed;
  }

  async function allowedWithCase(name: MemberName, reference: string, refused: Refused): Promise<string> {
    const { keys } = bot.running.services;
    const [none, its] = [caseAlias(keys, TENANT, NO_SUCH_CASE), caseAlias(keys, TENANT, reference)];
    let allowed = '';
    for (const [letter, what] of Object.entries(CASE_ACTIONS)) {
      const isRefused = (await withCase(name, what, reference)) === (await withCase(name, what, NO_SUCH_CASE));
      refused(...(isRefused ? [its] : []), none);
      if (!isRefused) allowed += letter;
    }
    return allowed;
  }

  for (const [caseName, rows] of Object.entries(TABLE))
    describe(`that is ${caseName}`, () => {
      for (const name of MEMBER_NAMES)
        it(`${name}, ${MEMBERS[name].what}: ${rows[name].map((letters) => letters || '–').join(' ')}`, async () => {
          const { reference, numbers } = cases.get(caseName) ?? assert.fail('it was made');
          const refusals: string[] = [];
          const refused: Refused = (...subjects) => void refusals.push(...subjects);
          const before = rowsIn(dataDir, 'accessLog').length;
          const [first, second] = numbers;
          assert.deepEqual(
            [
              await allowedWith(name, first, refused),
              await allowedWith(name, second, refused),
              await allowedWithCase(name, reference, refused),
            ],
            rows[name],
          );
          const looks = rowsIn(dataDir, 'accessLog').slice(before);
          assert.deepEqual(
            looks.filter(({ action }) => String(action).endsWith('.refused')).map(({ subject }) => subject),
            refusals,
            'every refusal is written down, and nothing else is',
          );
          assert.ok(looks.every(({ personId }) => personId === idOf(name)));
        });
    });

  it('leaves nothing out', () => {
    for (const rows of Object.values(TABLE)) assert.deepEqual(Object.keys(rows), MEMBER_NAMES);
  });
});

type Refused = (...subjects: readonly string[]) => void;
