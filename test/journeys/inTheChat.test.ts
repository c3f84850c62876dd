import assert from 'node:assert/strict';
import { PEOPLE, RIVERSIDE, withABot } from './aBot.ts';
import { inputsIn } from './aCard.ts';
import { answerAll, http, messageOn, type KeptMessage } from './aChat.ts';
import { PARTLY, SPOKEN } from './answers.ts';

describe('what stands in a chat', () => {
  const bot = withABot({ per: 'test' });

  const inChannel = async (person: keyof typeof PEOPLE, text: string): Promise<readonly KeptMessage[]> => {
    const channel = `${bot.running.url}/local/chats/channel/${RIVERSIDE}/messages`;
    assert.equal((await http(channel, { personId: PEOPLE[person], text })).status, 200);
    const { body } = await http(channel);
    return (body.messages as KeptMessage[]).filter(({ sender }) => sender === 'bot');
  };

  it('is one line without case detail in a channel, and the form in the person’s own chat', async () => {
    const said = await inChannel('priya', 'record share');
    assert.equal(said.length, 1);
    assert.equal(said[0]?.activity.attachments, undefined);
    assert.match(said[0]?.activity.text ?? '', /in your own chat/u);
    const [form] = await bot.chat('priya').messages();
    assert.equal((await messageOn(bot.chat('priya'), form!.id)).heading, 'The contact');
  });

  it('takes the record’s team from the channel that it was asked for in', async () => {
    await inChannel('adaeze', 'record share');
    const chat = bot.chat('adaeze');
    const [form] = await chat.messages();
    const check = await answerAll(await messageOn(chat, form!.id), SPOKEN);
    assert.ok(!inputsIn(check.card).some(({ id }) => id === 'teamId'), 'the team is settled');
    const receipt = await check.press('Sign and save', { signature: 'Adaeze Merriman' });
    const { records } = bot.running.services.stores;
    const kept = await records.byNumber(receipt.heading.replace('Saved: ', ''));
    const record = await records.latest(kept!.caseKey, kept!.recordId);
    assert.equal(record?.header.teamId, RIVERSIDE);
  });

  it('shows no record in a channel, and says nothing of which was asked for', async () => {
    const said = await inChannel('priya', 'record SL-12345678');
    assert.ok(!JSON.stringify(said).includes('12345678'));
    const [stub] = await bot.chat('priya').messages();
    assert.equal((await messageOn(bot.chat('priya'), stub!.id)).heading, 'Record');
  });

  it('is help for what is not a command, and never what was typed', async () => {
    const typed = 'J.B. of 12 Invented Street was seen';
    const help = await bot.chat('priya').ask(typed);
    assert.equal(help.heading, 'That was not understood');
    const said = await inChannel('priya', typed);
    const sent = (await bot.chat('priya').messages()).filter(({ sender }) => sender === 'bot');
    assert.ok(!JSON.stringify([sent, said]).includes('Invented'));
  });

  it('is a welcome once when the bot is installed', async () => {
    const chat = bot.chat('priya');
    await chat.open();
    await chat.open();
    const messages = await chat.messages();
    assert.equal(messages.length, 1);
    const welcome = await messageOn(chat, messages[0]!.id);
    assert.equal(welcome.heading, 'Sharing Log');
  });

  it('starts a form in a message of its own when Start is pressed on help', async () => {
    const chat = bot.chat('priya');
    const help = await chat.ask('help');
    await help.press('Start');
    const form = (await chat.messages()).at(-1);
    assert.notEqual(form?.id, help.messageId);
    const check = await answerAll(await messageOn(chat, form!.id), SPOKEN);
    assert.equal(check.heading, 'Check your answers');
  });

  it('holds nothing that was answered: only blank forms, stubs and receipts', async () => {
    const chat = bot.chat('priya');
    await chat.open();
    const start = await chat.ask('record share');
    const check = await answerAll(start, PARTLY);
    await chat.ask('drafts');
    const receipt = await check.press('Sign and save', { signature: 'Priya Canary Shah' });
    const number = receipt.heading.replace('Saved: ', '');
    const record = await (await chat.ask(`record ${number}`)).press('Open');
    await record.press('Copy as text');
    await answerAll(await chat.ask('record share'), PARTLY);
    await chat.ask('drafts');
    const stored = JSON.stringify((await chat.messages()).filter(({ sender }) => sender === 'bot'));
    const typed = Object.values(PARTLY).filter((text) => /[ \d]/u.test(text));
    assert.ok(typed.length > 20);
    for (const canary of [...typed, 'Priya Canary Shah']) assert.ok(!stored.includes(canary), canary);
    assert.ok(!bot.logged.some((line) => typed.some((canary) => line.includes(canary))));
  });

  it('has a summary without detail on every message', async () => {
    const chat = bot.chat('priya');
    const check = await answerAll(await chat.ask('record share'), SPOKEN);
    await check.press('Sign and save', { signature: 'Priya Shah' });
    const sent = (await chat.messages()).filter(({ sender }) => sender === 'bot');
    assert.deepEqual([...new Set(sent.map(({ activity }) => activity.summary))], ['Sharing Log']);
    assert.ok(sent.every(({ activity }) => (activity.text ?? '') === ''));
  });
});
