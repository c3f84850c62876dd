import type { IToggleVisibilityAction } from '@microsoft/teams.cards';
import type { QuestionsView } from '../src/recording/views.ts';
import {
  box,
  button,
  buttons,
  card,
  heading,
  plainButton,
  shortened,
  subtle,
  typedText,
  type ActionData,
  type Card,
  type Element,
} from './elements.ts';
import { dateOf, longDate } from '../src/londonTime.ts';
import { notHeldUp, questionInputs } from './inputs.ts';

/** What is said of the buttons that leave a card: typed text is sent by one button only. */
const NOT_SENT = 'Back and Finish later do not send what you typed on this card.';

/** One card of questions. Carries the draft's id, the section and the revision, and nothing about the case in its actions. */
export function questionsCard(view: QuestionsView): Card {
  const { draft, type, card: shown, position } = view;
  const data = { draftId: draft.draftId, section: shown.id, revision: draft.revision };
  // Taking over an agreement sends what was typed so far, complete or not.
  const hasConsents = (view.consents ?? []).length > 0;
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
      ...recentPeople(view, data),
      ...shown.asked.flatMap((asked) => [
        ...(asked.name === type.sameConsent[0] ? consentButtons(view, data) : []),
        ...questionInputs(hasConsents ? notHeldUp(asked) : asked, view),
      ]),
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

/** Agreements of earlier records of the case, each taken over by one press. What was typed goes along. */
function consentButtons({ consents = [] }: QuestionsView, data: ActionData): readonly Element[] {
  if (consents.length === 0) return [];
  return [
    subtle('Did an earlier agreement cover this too?', 'Large'),
    buttons(
      consents.map(({ number, contactAt }) => ({
        ...button(`Same consent as ${number}`, 'draft.sameConsent', { ...data, number }),
        tooltip: `Same consent as ${number}, of ${longDate(dateOf(contactAt))}`,
      })),
    ),
  ];
}

const RECENTS = 'recents';
/** Enough to tell one person from another. */
const RECENT_CHARACTERS = 120;

/**
 * The people dealt with lately, folded away behind a button: pressing one fills in the whole block and goes on. They are
 * presses and not an input, so that the block keeps its six.
 */
function recentPeople({ recents = [] }: QuestionsView, data: ActionData): readonly Element[] {
  if (recents.length === 0) return [];
  const toggle: IToggleVisibilityAction = {
    type: 'Action.ToggleVisibility',
    title: 'Someone you dealt with lately',
    targetElements: [RECENTS],
  };
  return [
    { type: 'ActionSet', spacing: 'Medium', actions: [toggle] },
    {
      type: 'Container',
      id: RECENTS,
      isVisible: false,
      spacing: 'Small',
      items: recents.map(({ number, label }) =>
        recentRow(shortened(label, RECENT_CHARACTERS).text, { ...data, number }),
      ),
    },
  ];
}

function recentRow(label: string, data: ActionData): Element {
  return {
    type: 'Container',
    spacing: 'None',
    separator: true,
    minHeight: '44px',
    verticalContentAlignment: 'Center',
    selectAction: plainButton(`Fill in ${label}`, 'draft.recent', data),
    items: [typedText(label)],
  };
}

/** The title of the list of problems. */
export function problemsTitle(count: number): string {
  return count === 1 ? 'One answer needs another look' : `${count} answers need another look`;
}
