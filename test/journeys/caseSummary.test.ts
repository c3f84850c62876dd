import assert from 'node:assert/strict';
import { withABot } from './aBot.ts';
import { actionsIn, textOf } from './aCard.ts';
import type { Screen } from './aChat.ts';
import { refreshed } from './aChat.ts';
import { OUTCOME_AWAITED, PARTLY, SPOKEN } from './answers.ts';
import { made, opened } from './aRecord.ts';
import { dated } from './branches.ts';
import type { Somebody } from './canaries.ts';

const CASE = 'RFS-55501';

describe('the summary of a case', () => {
  const bot = withABot();
  const numbers: string[] = [];

  before(async () => {
    for (const answers of [SPOKEN, PARTLY, OUTCOME_AWAITED]) {
      const filled = dated({ ...answers, caseReference: CASE }, bot.today);
      numbers.push((await made(bot.chat('priya'), 'record share', filled)).number);
    }
    for (let nth = 0; nth < 7; nth += 1) {
      const filled = dated({ ...SPOKEN, caseReference: CASE }, bot.today);
      numbers.push((await made(bot.chat('tom'), 'record share', filled)).number);
    }
  });

  const asked = (person: Somebody, reference = CASE): Promise<Screen> =>
    bot.chat(person).ask(`case summary ${reference}`);
  const numbersOn = ({ card }: Screen): readonly string[] =>
    actionsIn(card)
      .filter(({ verb }) => verb === 'record.open')
      .map(({ data }) => String(data?.number));

  it('is kept in the chat as a message without the reference, and comes at a press or by itself', async () => {
    const stub = await asked('tom');
    assert.equal(stub.heading, 'Case summary');
    assert.ok(!JSON.stringify(stub.card).includes(CASE));
    const shown = await stub.press('Open');
    assert.ok(textOf(shown.card).includes(CASE));
    assert.equal(textOf((await refreshed(bot.chat('tom'), stub.messageId)).card), textOf(shown.card));
  });

  it('pages through every record once, the latest contact first', async () => {
    const first = await (await asked('priya')).press('Open');
    assert.equal(numbersOn(first).length, 8);
    const second = await first.press('Earlier contacts');
    assert.equal(numbersOn(second).length, 2);
    assert.deepEqual([...numbersOn(first), ...numbersOn(second)], numbers.toReversed());
    const back = await second.press('Latest contacts');
    assert.equal(textOf(back.card), textOf(first.card));
  });

  it('puts first, on every page, whom it must be kept from', async () => {
    const first = await (await asked('priya')).press('Open');
    const second = await first.press('Earlier contacts');
    for (const { heading, card } of [first, second]) {
      assert.equal(heading, 'Keep this from');
      assert.ok(textOf(card).includes(PARTLY.keepFrom ?? ''));
    }
  });

  it('tells limits, what is open and what came of it, in the words of the records', async () => {
    const text = textOf((await (await asked('priya')).press('Open')).card);
    assert.ok(text.includes(PARTLY.consentLimitsDetail ?? ''));
    assert.match(text, /No outcome yet|Outcome to be found out/u);
    assert.match(text, /10 records/u);
    assert.ok(text.includes('Exampleshire Health Visiting'));
  });

  it('opens each record from its line', async () => {
    const first = await (await asked('maureen')).press('Open');
    const record = await first.press(`Open ${numbers.at(-1) ?? ''}`);
    assert.equal(record.heading, (await opened(bot.chat('maureen'), numbers.at(-1) ?? '')).heading);
  });

  it('is found by the reference however it is typed', async () => {
    const shown = await (await asked('priya', '  rfs 55501')).press('Open');
    assert.ok(textOf(shown.card).includes('10 records'));
  });

  it('does not open for somebody else at a press on a card that was handed on', async () => {
    const stub = await asked('priya');
    const [open] = actionsIn(stub.card);
    const theirs = await asked('tom', 'RFS-99999');
    const nothing = await theirs.press('Open');
    assert.equal(textOf((await theirs.perform({ ...open })).card), textOf(nothing.card));
  });

  it('answers someone who may see nothing of it byte for byte as for a case that there is not', async () => {
    const absent = await (await asked('ffion', 'RFS-99998')).press('Open');
    const forbidden = await (await asked('ffion')).press('Open');
    assert.equal(JSON.stringify(forbidden.card), JSON.stringify(absent.card));
  });

  it('counts for a colleague elsewhere only what their own team has recorded', async () => {
    const own = await made(
      bot.chat('ffion'),
      'record share',
      dated({ ...SPOKEN, caseReference: 'RFS-55502' }, bot.today),
    );
    await made(bot.chat('priya'), 'record share', dated({ ...SPOKEN, caseReference: 'RFS-55502' }, bot.today));
    const theirs = await (await asked('ffion', 'RFS-55502')).press('Open');
    assert.match(textOf(theirs.card), /2 records/u, 'of a case that her team opened: all');
    const hers = await (await asked('priya', 'RFS-55502')).press('Open');
    assert.match(textOf(hers.card), /One record/u, 'of one that another team opened: her own team’s');
    assert.ok(!textOf(hers.card).includes(own.number));
  });

  for (const reference of [
    '%',
    "' OR 1=1 --",
    '<at>everyone</at>',
    '[link](https://example.invalid)',
    '../..',
    'x'.repeat(150),
    '*',
    '🙂',
  ]) {
    it(`answers “${reference.slice(0, 20)}” as a case that there is not, without echoing it`, async () => {
      const stub = await bot.chat('priya').ask(`case summary ${reference}`);
      // Nothing is left of a mention, and what is too long is no command.
      if (stub.heading !== 'Case summary')
        return assert.match(stub.heading, /^(That was not understood|Which case\?)$/u);
      const shown = await stub.press('Open');
      const absent = await (await asked('priya', 'RFS-99997')).press('Open');
      assert.equal(JSON.stringify(shown.card), JSON.stringify(absent.card));
    });
  }

  it('says plainly that a page past the end is empty', async () => {
    const first = await (await asked('priya')).press('Open');
    const second = await first.press('Earlier contacts');
    const [earlier] = actionsIn(first.card).filter(({ verb }) => verb === 'summary.page');
    const oldest = await bot.running.services.stores.records.byNumber(numbers[0] ?? '');
    const past = await second.perform({ ...earlier, data: { ...earlier?.data, before: oldest?.recordId } });
    assert.match(textOf(past.card), /nothing earlier/u);
  });
});
