import type { QuestionsView } from '../src/recording/views.ts';
import { box, button, card, heading, plainButton, subtle, type Card } from './elements.ts';
import { questionInputs } from './inputs.ts';

/** What is said of the buttons that leave a card: typed text is sent by one button only. */
const NOT_SENT = 'Back and Finish later do not send what you typed on this card.';

/** One card of questions. Carries the draft's id, the section and the revision, and nothing about the case in its actions. */
export function questionsCard(view: QuestionsView): Card {
  const { draft, type, card: shown, position } = view;
  const data = { draftId: draft.draftId, section: shown.id, revision: draft.revision };
  const where = position === undefined ? type.title : `${type.title} · section ${position.nth} of ${position.of}`;
  return card(
    [
      heading(shown.section.title),
      subtle(where, 'None'),
      ...box('accent', 'Please check', view.notice === undefined ? [] : [view.notice]),
      ...box(
        'attention',
        problemsTitle(view.problems.length),
        view.problems.map(({ text }) => text),
      ),
      ...shown.asked.flatMap((asked) => questionInputs(asked, view)),
      subtle(view.hasBack ? NOT_SENT : NOT_SENT.replace('Back and Finish later do', 'Finish later does'), 'Large'),
    ],
    [
      button('Continue', 'draft.next', data, 'positive'),
      ...(view.hasBack ? [plainButton('Back', 'draft.back', data)] : []),
      plainButton('Finish later', 'draft.later', data),
      plainButton('Cancel', 'draft.cancel', data),
    ],
  );
}

/** The title of the list of problems. */
export function problemsTitle(count: number): string {
  return count === 1 ? 'One answer needs another look' : `${count} answers need another look`;
}
