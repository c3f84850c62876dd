import { z } from 'zod';
import type { Card } from '../cards/elements.ts';
import { nothingCard } from '../cards/noticeCards.ts';
import { summaryCard } from '../cards/summaryCard.ts';
import { nothingOpenedCard, urgentCard, urgentShownCard } from '../cards/urgentCards.ts';
import { openAsked, sealAsked } from '../src/asked.ts';
import type { Typed } from '../src/answering.ts';
import { newUlid } from '../src/ids.ts';
import type { Person } from '../src/people.ts';
import { askUrgently, type UrgentAnswer } from '../src/urgentAccess.ts';
import { showUrgent } from '../src/urgentShown.ts';
import type { Services } from './services.ts';

const id = z.string().regex(/^[0-9A-HJKMNP-TV-Z]{26}$/u);

/** The case stands in an input, or sealed where it was typed with the command. */
const openData = z.strictObject({
  askId: id,
  asked: z
    .string()
    .max(1_000)
    .regex(/^[\w-]+$/u)
    .optional(),
  wanted: z.string().optional(),
  reason: z.string().optional(),
});
type OpenData = z.infer<typeof openData>;

const NOT_NOW = 'The log or the directory cannot be reached just now. What you typed still stands here: try again in a moment, and ring your manager or the duty team meanwhile.'; // prettier-ignore
const ENDED = 'What this form opened was for an hour, which is over. Press again if you still need it.';
const OLD_MESSAGE = 'Which case you meant cannot be read any more. Say it again.';

type UrgentHandler = (services: Services, person: Person, data: unknown) => Promise<{ readonly card: Card }>;

/** The presses on urgent access: the form, opening a case with a reason, and who asked. */
export const URGENT_HANDLERS: Readonly<Record<string, UrgentHandler>> = {
  'urgent.ask': async (services, _person, data) => {
    z.strictObject({}).parse(data);
    return { card: urgentCard({ askId: newAskId(services) }) };
  },
  'urgent.open': async (services, person, data) => {
    const { askId, asked, reason = '', ...typed } = openData.parse(data);
    const wanted = asked === undefined ? (typed.wanted ?? '') : openAsked(services.keys, person.id, asked);
    if (wanted === undefined) return { card: urgentCard({ askId, typed: { reason }, notice: OLD_MESSAGE }) };
    const answer = await askUrgently(services.recording, person, { askId, typed: { wanted, reason } });
    return { card: answerCard(services, answer, { askId, asked }) };
  },
  'urgent.show': async ({ recording }, person, data) => {
    const { grantId } = z.strictObject({ grantId: id }).parse(data);
    const shown = await showUrgent(recording, person, grantId);
    return { card: shown.kind === 'nothing' ? nothingCard() : urgentShownCard(shown) };
  },
};

/**
 * The message that answers the command: a blank form, which is stored. What was typed for the case travels in it sealed, for
 * this person alone; nothing is looked up.
 */
export function urgentMessage(services: Services, person: Person, wanted: string | undefined): Card {
  const asked = wanted === undefined ? {} : { asked: sealAsked(services.keys, person.id, wanted) };
  return urgentCard({ askId: newAskId(services), ...asked });
}

function newAskId({ recording }: Services): string {
  return newUlid(recording.clock, recording.random);
}

function answerCard(services: Services, answer: UrgentAnswer, form: Pick<OpenData, 'askId' | 'asked'>): Card {
  const again = (askId: string, typed: Typed) => ({
    askId,
    typed,
    ...(form.asked === undefined ? {} : { asked: form.asked }),
  });
  switch (answer.kind) {
    case 'summary': {
      const number = answer.lines[0]?.header.number ?? 'SL-none';
      return summaryCard(answer, { number });
    }
    case 'nothingOpened':
      return nothingOpenedCard();
    case 'asking':
      return urgentCard({ ...again(form.askId, answer.typed), problems: answer.problems });
    case 'notNow':
      return urgentCard({ ...again(form.askId, answer.typed), notice: NOT_NOW });
    case 'ended':
      return urgentCard({ ...again(newAskId(services), answer.typed), notice: ENDED });
    default:
      return answer satisfies never;
  }
}
