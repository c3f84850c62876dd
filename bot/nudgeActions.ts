import { z } from 'zod';
import { actedCard, digestCard, snoozeCard } from '../cards/nudgeCards.ts';
import type { Card } from '../cards/elements.ts';
import { remindAuthor, snooze, type Acted } from '../src/nudging/acting.ts';
import { digestFor, missingOutcomes } from '../src/nudging/digest.ts';
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
  number: z.string().max(20),
  recordId: z.string().regex(/^[0-9A-HJKMNP-TV-Z]{26}$/u),
  kind: z.enum(KINDS),
});

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
};

function answered(acted: Acted): Card {
  // A reminder has nothing that could be refused in words.
  return actedCard(acted.kind === 'refused' ? { kind: 'notYours' } : acted);
}
