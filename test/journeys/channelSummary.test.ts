import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadPeople } from '../../bot/local/people.ts';
import { channelPlace } from '../../bot/local/places.ts';
import { cardInvokeActivity, messageActivity, type ActivityContext } from '../../bot/local/teamsActivities.ts';
import { aBot, aFolder, onAWorkingDay, PEOPLE, removeFolder, RIVERSIDE, type TestBot } from './aBot.ts';
import { actionsIn, headingOf, textOf, type WireAction, type WireCard } from './aCard.ts';
import { http, messageOn, type HttpAnswer, type KeptMessage } from './aChat.ts';
import { PARTLY, SPOKEN } from './answers.ts';
import { made } from './aRecord.ts';
import { dated } from './branches.ts';
import { withCanaries } from './canaries.ts';

const CASE = 'RFS-66601';
const NORTHGATE = '7d1f2c40-0000-4000-8000-7ea000000002';
const SHIPPED = fileURLToPath(new URL('../../bot/local/people.default.json', import.meta.url));

describe('the summary of a case in a channel', () => {
  let dataDir: string;
  let bot: TestBot;
  let today: string;
  const typed: string[] = [];

  afterEach(async () => {
    await bot.close();
    removeFolder(dataDir);
  });

  async function start(changes: Readonly<Record<string, unknown>> = {}): Promise<void> {
    dataDir = aFolder();
    const peopleFile = join(dirname(dataDir), 'people.json');
    mkdirSync(dirname(dataDir), { recursive: true });
    const people = JSON.parse(readFileSync(SHIPPED, 'utf8')) as { teams: object[] }; // the shipped file has teams
    const teams = people.teams.map((team, nth) => (nth === 0 ? { ...team, ...changes } : team));
    writeFileSync(peopleFile, JSON.stringify({ ...people, teams }));
    bot = await aBot(dataDir, { PEOPLE_FILE: peopleFile });
    today = await onAWorkingDay(bot);
    for (const answers of [SPOKEN, PARTLY]) {
      const filled = withCanaries(dated({ ...answers, caseReference: CASE }, today), typed);
      await made(bot.chat('priya'), 'record share', filled);
    }
  }

  const channelAt = (team: string): string => `${bot.running.url}/local/chats/channel/${team}`;
  async function ask(person: keyof typeof PEOPLE, text: string, team = RIVERSIDE): Promise<WireCard> {
    const { status } = await http(`${channelAt(team)}/messages`, { personId: PEOPLE[person], text });
    assert.equal(status, 200, `${person} writes there`);
    return (await lastIn(team)).activity.attachments?.[0]?.content ?? assert.fail('no card');
  }
  async function lastIn(team = RIVERSIDE): Promise<KeptMessage> {
    const { body } = await http(`${channelAt(team)}/messages`);
    const last = (body.messages as KeptMessage[]).findLast(({ sender }) => sender === 'bot'); // the route's own answer
    return last ?? assert.fail('nothing was said');
  }
  async function press(person: keyof typeof PEOPLE, action: WireAction, team = RIVERSIDE) {
    const { id } = await lastIn(team);
    return http(`${channelAt(team)}/invoke`, { personId: PEOPLE[person], activityId: id, action, trigger: 'manual' });
  }

  /** An activity of somebody who is not in the channel: no client of theirs would send it. */
  function fromOutside(person: keyof typeof PEOPLE, activityOf: (context: ActivityContext) => object) {
    const people = loadPeople(undefined);
    const [team] = people.teams;
    const who = people.people.find(({ id }) => id === PEOPLE[person]);
    const context = {
      ...{ id: 'press-1', person: who ?? assert.fail(), place: channelPlace(team ?? assert.fail(), undefined) },
      ...{ tenantId: people.tenantId, serviceUrl: `${bot.running.url}/local/connector`, now: new Date().toISOString() },
    };
    return http(`${bot.running.url}/api/messages`, activityOf(context));
  }
  async function pressFromOutside(person: keyof typeof PEOPLE, action: WireAction) {
    const activityId = (await lastIn()).id;
    return fromOutside(person, (context) =>
      cardInvokeActivity(context, { activityId, action: { ...action }, trigger: 'manual' }),
    );
  }
  async function askFromOutside(person: keyof typeof PEOPLE, text: string): Promise<WireCard> {
    const before = (await lastIn()).id;
    const { status } = await fromOutside(person, (context) => messageActivity(context, text));
    assert.equal(status, 200);
    const { id, activity } = await lastIn();
    assert.notEqual(id, before, 'it was answered');
    return activity.attachments?.[0]?.content ?? assert.fail('no card');
  }

  it('holds counts, dates and types, and nothing that was typed', async () => {
    await start();
    const card = await ask('tom', `case summary ${CASE}`);
    const text = textOf(card);
    assert.match(text, /2 records/u);
    assert.match(text, /With consent: yes 1, partly 1, no 0/u);
    const json = JSON.stringify(await lastIn());
    for (const secret of [CASE, ...typed, 'Priya', 'Exampleshire Health Visiting', 'SL-'])
      assert.ok(!json.includes(secret), secret);
  });

  it('opens the whole in the chat of whoever presses, if they may see it', async () => {
    await start();
    const [open] = actionsIn(await ask('tom', `case summary ${CASE}`));
    assert.ok(open);
    for (const [person, expected, pressed] of [
      ['priya', 'Keep this from', press],
      ['ffion', 'Nothing here', pressFromOutside],
    ] as const) {
      const answer: HttpAnswer = await pressed(person, open);
      assert.equal(answer.status, 200, answer.text);
      assert.match(answer.text, /your own chat/u);
      assert.ok(!answer.text.includes(CASE) && !answer.text.includes('SL-'));
      const stub = (await bot.chat(person).messages()).at(-1);
      assert.equal(headingOf(stub?.activity.attachments?.[0]?.content ?? assert.fail()), 'Case summary');
      const shown = await (await messageOn(bot.chat(person), stub?.id ?? '')).press('Open');
      assert.equal(shown.heading, expected);
    }
  });

  for (const [what, changes] of [
    ['with a guest in it', { guests: ['Gus Elsewhere'] }],
    ['that is shared', { channelType: 'shared' }],
  ] as const) {
    it(`of a team ${what} answers as for a case that there is not`, async () => {
      await start(changes);
      const absent = await ask('tom', 'case summary RFS-99999');
      assert.equal(headingOf(absent), 'Nothing here');
      assert.deepEqual(await ask('tom', `case summary ${CASE}`), absent);
    });
  }

  it('of another team, or asked for by somebody of another team, answers as for a case that there is not', async () => {
    await start();
    const absent = await ask('tom', 'case summary RFS-99999');
    assert.deepEqual(await ask('ffion', `case summary ${CASE}`, NORTHGATE), absent);
    for (const person of ['ffion', 'rowan'] as const)
      assert.deepEqual(await askFromOutside(person, `case summary ${CASE}`), absent, person);
  });

  it('starts no form and opens no record in the channel at the press of a button: they come in the own chat', async () => {
    await start();
    await http(`${channelAt(RIVERSIDE)}/messages`, { personId: PEOPLE.tom, text: 'help' });
    const help = (await lastIn()).activity.attachments?.[0]?.content;
    const [first] = actionsIn(help ?? assert.fail('no help'));
    assert.ok(first);
    const before = (await http(`${channelAt(RIVERSIDE)}/messages`)).text;
    const answer = await press('tom', first);
    assert.match(String(answer.body.value), /your own chat/u);
    assert.equal((await http(`${channelAt(RIVERSIDE)}/messages`)).text, before);
    const form = (await bot.chat('tom').messages()).at(-1);
    assert.equal(headingOf(form?.activity.attachments?.[0]?.content ?? assert.fail()), 'The contact');
  });
});
