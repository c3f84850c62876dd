import assert from 'node:assert/strict';
import { sealAsked } from '../../src/asked.ts';
import { aBot, aFolder, PEOPLE, removeFolder, type TestBot } from '../journeys/aBot.ts';
import { buttonIn } from '../journeys/aCard.ts';
import { cardIn, type Screen } from '../journeys/aChat.ts';
import { SPOKEN } from '../journeys/answers.ts';
import { made } from '../journeys/aRecord.ts';
import { assertNoFaultIn, FAULT_TEXT } from './aWire.ts';
import { rowsIn, storeContents } from './storeContents.ts';

const VERBS = ['restriction.open', 'restriction.set', 'restriction.add', 'restriction.remove', 'restriction.lift'];
const REFERENCE = 'RFS-10422';

describe('bad input about who may see a case', () => {
  const dataDir = aFolder();
  let bot: TestBot;
  let help: Screen;
  let number: string;
  before(async () => {
    bot = await aBot(dataDir);
    number = (await made(bot.chat('priya'), 'record share', { ...SPOKEN, caseReference: REFERENCE })).number;
    help = await bot.chat('maureen').ask('help');
  });
  after(async () => {
    await bot.close();
    removeFolder(dataDir);
  });

  /** All but what is noted of looking, and that the records officers are told of so many misses. */
  const kept = (): string =>
    JSON.stringify([
      storeContents(dataDir, ['accessLog', 'conversations', 'notices']),
      rowsIn(dataDir, 'notices').filter(({ what }) => what !== 'muchLookedUp'),
    ]);
  const asked = (text = REFERENCE, person: keyof typeof PEOPLE = 'maureen'): string =>
    sealAsked(bot.running.services.keys, PEOPLE[person], text);
  /** Presses as Maureen; nothing may be changed by it, and no fault shown or logged. */
  const pressed = async (verb: string, data: unknown): Promise<string> => {
    const before = kept();
    const lines = bot.logged.length;
    const { status, text } = await bot.chat('maureen').invoke(help.messageId, { type: 'Action.Execute', verb, data });
    assert.equal(status, 200);
    assert.doesNotMatch(text, FAULT_TEXT);
    assertNoFaultIn(bot.logged.slice(lines));
    assert.equal(kept(), before, 'nothing is changed');
    return text;
  };

  const broken: Readonly<Record<string, () => unknown>> = {
    'no data': () => undefined,
    'a list': () => [1],
    'no case': () => ({ revision: 1 }),
    'a token that is a number': () => ({ asked: 5, revision: 1 }),
    'a token of 10,000 characters': () => ({ asked: 'a'.repeat(10_000), revision: 1 }),
    'a token with other characters': () => ({ asked: '../../etc', revision: 1 }),
    'a number that is an object': () => ({ number: {}, revision: 1 }),
  };
  for (const [what, data] of Object.entries(broken))
    it(`${what} is answered with a code`, async () => {
      for (const verb of VERBS) assert.equal(JSON.parse(await pressed(verb, data())).value.code, 'BadRequest', verb);
    });

  it('a revision that is none, a name or a person that is no text, is answered with a code', async () => {
    for (const verb of VERBS.slice(1))
      for (const revision of [undefined, '1', 1.5, 0, null])
        assert.equal(JSON.parse(await pressed(verb, { asked: asked(), revision })).value.code, 'BadRequest', verb);
    for (const [verb, more] of [
      ['restriction.add', { name: { toString: 'x' } }],
      ['restriction.add', { name: ['Tom Fairweather'] }],
      ['restriction.add', { name: 'x'.repeat(4_001) }],
      ['restriction.remove', { personId: 7 }],
    ] as const)
      assert.equal(JSON.parse(await pressed(verb, { asked: asked(), revision: 1, ...more })).value.code, 'BadRequest');
  });

  it('a token that is somebody else’s, or nobody’s, is answered as a case that does not exist', async () => {
    for (const verb of VERBS) {
      const none = await pressed(verb, { asked: asked('RFS-00000'), revision: 1 });
      assert.match(none, /Nothing here that you may see/u);
      for (const token of [asked(REFERENCE, 'priya'), 'AAAA', Buffer.alloc(90, 7).toString('base64url')])
        assert.equal(await pressed(verb, { asked: token, revision: 1 }), none, verb);
    }
  });

  it('an earlier or later revision changes nothing', async () => {
    for (const verb of VERBS.slice(1))
      for (const revision of [99, Number.MAX_SAFE_INTEGER]) await pressed(verb, { asked: asked(), revision });
  });

  const ODD = [
    '%',
    '_',
    '*',
    '-',
    "'; DROP TABLE cases; --",
    '" OR 1=1',
    '**RFS** [x](https://evil.example)',
    '<b>x</b> &amp;',
    '{{DATE(2026-11-24)}} ${x}',
    'RFS-10422\u202E',
    '👩‍👩‍👧‍👦',
    'x'.repeat(150),
    '__proto__',
    'SL-00000000',
  ];
  for (const reference of ODD)
    it(`the reference ${JSON.stringify(reference).slice(0, 40)} is answered as one that does not exist, and echoed nowhere`, async () => {
      const chat = bot.chat('maureen');
      const before = kept();
      const stub = await chat.ask(`restrict ${reference}`);
      const opened = await chat.invoke(stub.messageId, buttonIn(stub.card, 'Open'));
      const none = await chat.ask('restrict RFS-00000');
      assert.deepEqual(cardIn(opened), (await none.press('Open')).card);
      const added = await chat.ask(`case team add ${reference} to Northgate Youth`);
      assert.deepEqual(added.card, (await none.press('Open')).card);
      if (reference.length > 1) {
        const log = rowsIn(dataDir, 'accessLog').map(({ subject }) => String(subject));
        if (!reference.startsWith('SL-')) assert.ok(!log.some((subject) => subject.includes(reference)));
        assert.ok(!JSON.stringify([stub.card, added.card]).includes(JSON.stringify(reference).slice(1, -1)));
      }
      assert.equal(kept(), before, 'nothing is changed');
    });

  it('what is no command at all is answered with help', async () => {
    for (const text of ['restrict', 'restrict   ', 'case team add', 'case team add RFS-10422', 'case team add RFS-1 to', `restrict ${'x'.repeat(10_000)}`])
      assert.equal((await bot.chat('maureen').ask(text)).heading, 'That was not understood', text.slice(0, 40)); // prettier-ignore
  });

  it('a team that nobody knows is answered plainly, and only to those who may add one', async () => {
    const odd = ['No Such Team', '**Northgate Youth**x', 'x'.repeat(150), '%'];
    for (const team of odd) {
      const card = await bot.chat('maureen').ask(`case team add ${REFERENCE} to ${team}`);
      assert.equal(card.heading, 'No such team');
      assert.ok(team.length < 2 || !JSON.stringify(card.card).includes(team));
      assert.equal((await bot.chat('gerald').ask(`case team add ${REFERENCE} to ${team}`)).heading, 'Nothing here');
    }
  });

  it('a team is added once, by its name in any case or by its id', async () => {
    const { teamIds } = (await bot.running.services.directory.person(PEOPLE.ffion)) ?? assert.fail();
    const headings = [];
    for (const team of ['NORTHGATE youth', 'Northgate Youth', teamIds[0]])
      headings.push((await bot.chat('maureen').ask(`case team add ${REFERENCE} to ${team}`)).heading);
    assert.deepEqual(headings, ['Team added', 'A case team already', 'A case team already']);
    const record = await (await bot.chat('ffion').ask(`record ${number}`)).press('Open');
    assert.match(record.heading, /^Record share/u);
  });
});
