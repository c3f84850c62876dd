import { z } from 'zod';
import type { Card } from '../cards/elements.ts';
import { nothingCard } from '../cards/noticeCards.ts';
import { summaryCard } from '../cards/summaryCard.ts';
import { openAsked } from '../src/asked.ts';
import { readRecordNumber } from '../src/ids.ts';
import type { Person } from '../src/people.ts';
import { summarise } from '../src/summary.ts';
import { type CaseAsked } from '../src/findingCase.ts';
import type { Services } from './services.ts';

const token = z
  .string()
  .max(1_000)
  .regex(/^[\w-]+$/u);
const recordId = z.string().regex(/^[0-9A-HJKMNP-TV-Z]{26}$/u);

/** A case, by a sealed reference or by a record of it. */
const caseData = z.union([z.object({ asked: token }), z.object({ number: z.string().max(20) })]);
type CaseData = z.infer<typeof caseData>;

type CaseHandler = (services: Services, person: Person, data: unknown) => Promise<{ readonly card: Card }>;

/** The presses on a case. */
export const CASE_HANDLERS: Readonly<Record<string, CaseHandler>> = {
  'summary.open': async (services, person, data) => summaryOf(services, person, caseData.parse(data)),
  'summary.page': async (services, person, data) => {
    const { before } = z.looseObject({ before: recordId }).parse(data);
    return summaryOf(services, person, caseData.parse(data), before);
  },
};

async function summaryOf(services: Services, person: Person, data: CaseData, before?: string) {
  const asked = caseAskedBy(services, person, data);
  const summary = asked === undefined ? undefined : await summarise(services.opening, person, asked, before);
  if (summary === undefined || summary.kind === 'nothing') return { card: nothingCard() };
  return { card: summaryCard(summary, data) };
}

/** The case that a button names; `undefined` when its token is somebody else's, or older than the keys. */
function caseAskedBy({ keys }: Services, person: Person, data: CaseData): CaseAsked | undefined {
  if (!('asked' in data)) return { number: readRecordNumber(data.number) ?? 'SL-none' };
  const reference = openAsked(keys, person.id, data.asked);
  return reference === undefined ? undefined : { reference };
}
