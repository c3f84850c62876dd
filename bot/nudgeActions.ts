import { z } from 'zod';
import { closeCard, closedCard } from '../cards/closeCards.ts';
import { actedCard, digestCard, snoozeCard } from '../cards/nudgeCards.ts';
import { closeProblem, closeWithOneReason } from '../src/recording/closing.ts';
import type { Card } from '../cards/elements.ts';
import { noticeCard } from '../cards/noticeCards.ts';
import { remindAuthor, snooze, type Acted } from '../src/nudging/acting.ts';
import { digestFor, missingOutcomes, recordsInList } from '../src/nudging/digest.ts';
import { readRecordNumber } from '../src/ids.ts';
import type { Person } from '../src/people.ts';
import type { OpenItemKind } from '../src/recordType.ts';
import type { Services } from './services.ts';

const KINDS = [
  'outcome',
  'receipt',
  'familyTold',
  'decision',
  'review',
  'basis',
  'completion',
] as const satisfies readonly OpenItemKind[];

const itemData = z.strictObject({
  number: z
    .string()
    .max(20)
    .transform((text) => readRecordNumber(text) ?? 'SL-none'),
  recordId: z.string().regex(/^[0-9A-HJKMNP-TV-Z]{26}$/u),
  kind: z.enum(KINDS),
});

/** Of whichever store: it names what was filed before, and is looked for among what this person may close. */
const caseData = z.strictObject({ caseKey: z.string().regex(/^[A-Za-z0-9-]{26,80}$/u) });

type NudgeHandler = (services: Services, person: Person, data: unknown) => Promise<{ readonly card: Card }>;

/** The presses on the daily card and its list. */
export const NUDGE_HANDLERS: Readonly<Record<string, NudgeHandler>> = {
  'nudge.open': async ({ nudging }, person, data) => {
    const { page } = z.strictObject({ page: z.number().int().min(1).max(10_000).optional() }).parse(data);
    return { card: digestCard(await digestFor(nudging, person, page)) };
  },
  'nudge.missing': async ({ nudging }, person, data) => {
    const { page } = z.strictObject({ page: z.number().int().min(1).max(10_000).optional() }).parse(data);
    return { card: digestCard(await missingOutcomes(nudging, person, page), 'missing') };
  },
  'nudge.remindAuthor': async ({ nudging }, person, data) => ({
    card: answered(await remindAuthor(nudging, person, itemData.parse(data))),
  }),
  'nudge.askSnooze': async (_services, _person, data) => ({ card: snoozeCard(itemData.parse(data)) }),
  'nudge.snooze': async ({ nudging }, person, data) => {
    const {
      days = '',
      reason = '',
      ...item
    } = itemData.extend({ days: z.string().max(8).optional(), reason: z.string().max(4_000).optional() }).parse(data);
    const acted = await snooze(nudging, person, item, Number(days), reason);
    return { card: acted.kind === 'refused' ? snoozeCard(item, acted.text) : actedCard(acted) };
  },
  'nudge.askClose': async (_services, _person, data) => ({ card: closeCard(caseData.parse(data).caseKey) }),
  'nudge.close': async (services, person, data) => {
    const {
      caseKey,
      reason = '',
      signature = '',
    } = caseData
      .extend({ reason: z.string().max(4_000).optional(), signature: z.string().max(4_000).optional() })
      .parse(data);
    const problem = closeProblem(reason, signature);
    if (problem !== undefined) return { card: closeCard(caseKey, problem, { reason, signature }) };
    const records = await recordsInList(services.nudging, person, caseKey);
    return { card: closedCard(await closeWithOneReason(services.recording, person, records, reason, signature)) };
  },
};

function answered(acted: Acted): Card {
  return acted.kind === 'refused' ? noticeCard('Not reminded', acted.text) : actedCard(acted);
}
