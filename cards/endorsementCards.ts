import type { OpenedRecord } from '../src/opening.ts';
import type { RecordingView } from '../src/recording/views.ts';
import type { Endorsement } from '../src/records/additions.ts';
import { buttons, card, heading, plainButton, subtle, typedText, words, type Card, type Element } from './elements.ts';

/** How each thing that can be said of an endorsement is asked about and pressed. */
const SAYING: Readonly<Record<Endorsement, { readonly button: string; readonly asks: string; readonly says: string }>> =
  {
    endorsed: {
      button: 'Endorse',
      asks: 'Endorse this decision?',
      says: 'The record will say that you endorsed it, with your name and the time.',
    },
    confirmed: {
      button: 'Confirm',
      asks: 'Confirm the endorsement?',
      says: 'The record says that a manager endorsed it. It will say that you confirm this, with your name and the time.',
    },
    notSo: {
      button: 'Not so',
      asks: 'Was it not endorsed?',
      says: 'The record says that a manager endorsed it. It will say that you say this was not so, with your name and the time.',
    },
  };

/** What a manager is about to say, before it is saved by one press. */
export function askEndorseCard(asked: Extract<RecordingView, { kind: 'askEndorse' }>): Card {
  const { number, title, version, how, hasMoved } = asked;
  const { asks, button, says } = SAYING[how];
  const moved = 'The record was changed meanwhile. Nothing has been saved yet: open it to see what it says now.';
  return card(
    [
      heading(asks),
      subtle(`${title} ${number}`, 'None'),
      ...(hasMoved ? [words(moved)] : []),
      words(says),
      words('No answer is changed by it.'),
    ],
    [
      plainButton(button, 'record.endorse', { number, how, version }, 'positive'),
      plainButton('Open record', 'record.open', { number }),
    ],
  );
}

/** How many of a record's endorsements are shown with it; the history has them all. */
const ENDORSEMENTS_SHOWN = 3;

/** What managers said of the endorsement of a record; nothing at all where they said nothing. */
export function endorsementNotes(endorsements: readonly string[]): readonly Element[] {
  if (endorsements.length === 0) return [];
  const more = endorsements.length - ENDORSEMENTS_SHOWN;
  return [
    {
      type: 'Container',
      style: 'emphasis',
      spacing: 'Large',
      items: [
        { type: 'TextBlock', text: 'Endorsement', weight: 'Bolder', wrap: true },
        ...endorsements.slice(-ENDORSEMENTS_SHOWN).map((text) => typedText(text, 'Small')),
        ...(more > 0 ? [subtle(`${more} earlier: see the history.`)] : []),
      ],
    },
  ];
}

/** What a manager may say of a record: whether it was endorsed, or a comment. */
export function endorsementButtons({ canSay, can, header: { number } }: OpenedRecord): readonly Element[] {
  const actions = [
    ...canSay.map((how) => plainButton(SAYING[how].button, 'record.endorse', { number, how })),
    ...(can.includes('record.comment') ? [plainButton('Comment', 'record.comment', { number })] : []),
  ];
  if (actions.length === 0) return [];
  const isAsked = canSay.includes('confirmed');
  return [
    ...(isAsked
      ? [{ ...words('The record says that a manager endorsed it. Can you confirm that?'), spacing: 'Large' as const }]
      : []),
    { ...buttons(actions), spacing: isAsked ? 'Small' : 'Large' },
  ];
}
