import type { Typed } from '../src/answering.ts';
import { longTime } from '../src/londonTime.ts';
import type { Finding } from '../src/recordType.ts';
import { URGENT_FIELDS } from '../src/urgentAsking.ts';
import type { UrgentShown } from '../src/urgentShown.ts';
import { box, button, card, heading, labelled, plainButton, words, type Card } from './elements.ts';
import { questionInputs } from './inputs.ts';
import { noticeCard } from './noticeCards.ts';

/** The form for urgent access, as it is to be shown. */
export interface UrgentForm {
  readonly askId: string;
  /** The case as it was typed with the command, sealed: then the form does not ask for it. */
  readonly asked?: string;
  readonly typed?: Typed;
  readonly problems?: readonly Finding[];
  /** Why the form is there again. */
  readonly notice?: string;
}

/** Asks why somebody needs a case now, and which, before anything is looked up. Blank, it may be a stored message. */
export function urgentCard({ askId, asked, typed = {}, problems = [], notice }: UrgentForm): Card {
  const names = asked === undefined ? (['wanted', 'reason'] as const) : (['reason'] as const);
  return card(
    [
      heading('Urgent access'),
      words(
        'For when someone is at risk and you may not otherwise see the case. You may read it for an hour. Managers of its teams and the records officers are told at once, and every view is marked.',
      ),
      ...box('warning', 'Nothing was opened', notice === undefined ? [] : [notice]),
      ...box(
        'attention',
        problems.length === 1 ? 'One thing to put right' : `${problems.length} things to put right`,
        problems.map(({ text }) => text),
      ),
      ...names.flatMap((name) =>
        questionInputs({ name, field: URGENT_FIELDS[name], mode: 'required' }, { typed, problems, notOffered: {} }),
      ),
    ],
    [button('Open for an hour', 'urgent.open', { askId, ...(asked === undefined ? {} : { asked }) }, 'positive')],
  );
}

/**
 * The one answer to urgent access to a case that there is not and to one that only certain people may see.
 * Source: issue "Case summary", 5.
 */
export function nothingOpenedCard(): Card {
  return noticeCard(
    'Nothing was opened',
    'If there is such a case, those responsible for it have been told that you asked. If someone is at risk now, ring your manager or the duty team.',
    [plainButton('Ask again', 'urgent.ask', {})],
  );
}

/** Who asked for urgent access and why, for those who were told. Only ever in an invoke's reply. */
export function urgentShownCard({ asker, at, until, reason, number }: UrgentShown): Card {
  const who =
    asker === undefined
      ? 'Somebody who is not in the directory any more'
      : [asker.name, asker.jobTitle, asker.organisation].filter((part) => part !== '').join(', ');
  return card(
    [
      heading(until === undefined ? 'Urgent access was asked for' : 'Urgent access was given'),
      ...labelled('Who asked', who),
      ...labelled('When', longTime(at)),
      ...labelled('Until', until === undefined ? 'It was not opened' : longTime(until)),
      ...labelled('Why they needed it', reason),
    ],
    number === undefined ? [] : [plainButton('Open case summary', 'summary.open', { number })],
  );
}
