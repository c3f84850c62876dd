import { CardFactory } from 'botbuilder';
import type { Card } from '../cards/elements.ts';
import { toldCard, welcomeCard } from '../cards/noticeCards.ts';
import { receiptCard } from '../cards/recordCards.ts';
import type { Message, Notifier } from '../src/noticePorts.ts';
import type { Person } from '../src/people.ts';
import { helpLines } from './commandList.ts';
import type { Reach } from './reaching.ts';

/** Sends messages to people's own chats, outside any turn; opens the chat of somebody who has none yet. */
export function teamsNotifier(reach: Reach): Notifier {
  return {
    isHeldUp: (person) => reach.isHeldUp(person),
    async tell(person, told) {
      // Teams may take a message for a chat that somebody has left, and say that all is well. Whoever has just signed is there.
      const hasJustSigned = told.what === 'saved' || told.what === 'overtaken';
      if (!hasJustSigned && (await reach.isLost(person))) return 'unreachable';
      const { kind } = await reach.send(person, {
        type: 'message',
        attachments: [CardFactory.adaptiveCard(messageCard(person, told))],
        summary: 'Sharing Log',
      });
      return kind === 'later' ? 'failed' : kind;
    },
  };
}

function messageCard(person: Person, message: Message): Card {
  if (message.what === 'saved') return receiptCard(message.receipt);
  return message.what === 'welcome' ? welcomeCard(helpLines(person)) : toldCard(message.what, message.about);
}
