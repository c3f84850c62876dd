import { CLOSE_REASON, type Closed } from '../src/recording/closing.ts';
import { SIGNATURE } from '../src/recording/signing.ts';
import { button, card, heading, plainButton, words, type Card, type Element } from './elements.ts';
import { questionInputs } from './inputs.ts';
import { noticeCard } from './noticeCards.ts';

/** Why everything that stands in a list about one case can be closed, and a signature. */
export function closeCard(
  caseKey: string,
  problem?: string,
  typed: { readonly reason?: string; readonly signature?: string } = {},
): Card {
  const state = { typed, problems: [], notOffered: {} };
  const asked = [
    { name: 'reason', field: CLOSE_REASON, mode: 'required' },
    { name: 'signature', field: SIGNATURE, mode: 'required' },
  ] as const;
  return card(
    [
      heading('Close these with one reason'),
      words(
        'Each record of this case in your list gets a further version, signed by you. A reply or a decision that is still awaited stays open.',
      ),
      ...(problem === undefined ? [] : [attention(problem)]),
      ...asked.flatMap((each) => questionInputs(each, state)),
    ],
    [
      button('Sign and close', 'nudge.close', { caseKey }, 'positive'),
      plainButton('Back to the list', 'nudge.open', {}),
    ],
  );
}

function attention(text: string): Element {
  return { ...words(text), color: 'Attention', weight: 'Bolder' };
}

/** What was closed and what was left. */
export function closedCard({ closed, beingSaved, unsure, left }: Closed): Card {
  const isNothing = closed.length + beingSaved.length + unsure.length === 0;
  const texts = [
    ...(isNothing ? ['Nothing was closed.'] : []),
    ...(closed.length === 0 ? [] : [`Closed: ${closed.join(', ')}.`]),
    ...(beingSaved.length === 0
      ? []
      : [`Signed, and being saved: ${beingSaved.join(', ')}. Do not close these again: the receipts come here.`]),
    ...(unsure.length === 0
      ? []
      : [
          `The log did not answer in time for ${unsure.join(', ')}. Look in a moment whether they are still in your list.`,
        ]),
    ...(left.length === 0 ? [] : [`Still open, to be answered one by one: ${left.join(', ')}.`]),
  ];
  const title = isNothing ? 'Not closed' : beingSaved.length + unsure.length > 0 ? 'Not all is known yet' : 'Closed';
  return noticeCard(title, texts.join(' '), [plainButton('Back to the list', 'nudge.open', {}, 'positive')]);
}
