import assert from 'node:assert/strict';
import { longDate } from '../../src/londonTime.ts';
import { withABot } from './aBot.ts';
import { linesOf, textOf, typedTextsOf, type WireCard } from './aCard.ts';
import { answered, opened, savedAs, type Given } from './aRecord.ts';
import { BRANCHES, dated, dayOf, type Branch } from './branches.ts';

describe('every branch of every record type', () => {
  const bot = withABot();

  for (const [name, { command, answers, open, says }] of Object.entries(BRANCHES)) {
    it(`${name}: is saved, and opens again with every answer`, async () => {
      const { check, given, sign } = await answered(bot.chat('priya'), command, dated(withOwnCase(answers), bot.today));
      if (says !== undefined) assert.match(textOf(check.card), says);
      const { number, receipt } = savedAs(await sign());
      const due = Object.entries(open).map(([what, day]) => `${what} by ${longDate(dayOf(day, bot.today))}`);
      assert.match(textOf(receipt.card), countOf(due.length));
      const record = await opened(bot.chat('priya'), number);
      for (const each of given) assertReads(record.card, each);
      const lines = textOf(record.card).split('\n');
      assert.deepEqual(lines.filter((line) => / by \w+day \d/u.test(line)).toSorted(), due.toSorted());
    });
  }
});

let cases = 0;

/** Each record in a case file of its own, so that none has a say in another. */
function withOwnCase(answers: Branch['answers']): Branch['answers'] {
  cases += 1;
  return answers.caseReference === '' ? answers : { ...answers, caseReference: `RFS-${30_000 + cases}` };
}

function countOf(items: number): RegExp {
  if (items === 0) return /Nothing is left open\./u;
  return items === 1 ? /One item is still open\./u : new RegExp(`^${items} items are still open\\.`, 'mu');
}

/** Answers that are read under another question: who must not know stands first, a gap stands where its answer would. */
const READ_ELSEWHERE = /^(?:keepFrom|professionalViewKind|\w+MissingReason)$/u;

function assertReads(card: WireCard, { ids: [id = ''], label, reads }: Given): void {
  if (/Missing$/u.test(id)) return;
  if (READ_ELSEWHERE.test(id))
    return assert.ok(
      typedTextsOf(card).some((text) => text.includes(reads)),
      `${id}: ${reads}`,
    );
  assert.ok(linesOf(card).get(label)?.includes(reads), `${label} ${reads}`);
}
