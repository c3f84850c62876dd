import { CardFactory, type Activity, type TurnContext } from 'botbuilder';
import { toldCard } from '../cards/noticeCards.ts';
import { receiptCard } from '../cards/recordCards.ts';
import type { Card } from '../cards/elements.ts';
import { CodedError } from '../src/errors.ts';
import type { Person } from '../src/people.ts';
import type { Keys } from '../src/keyPorts.ts';
import type { ConversationStore } from '../src/ports.ts';
import type { Message, Notifier, Told } from '../src/noticePorts.ts';
import type { TurnAdapter } from './adapter.ts';
import { refusalIn } from './outbound.ts';
import { readReference } from './personalChat.ts';
import type { IsAllowedUrl } from './serviceUrls.ts';

/** Where somebody is reached who has never written to the bot. */
export interface Outgoing {
  readonly adapter: TurnAdapter;
  readonly conversations: ConversationStore;
  readonly keys: Keys;
  readonly tenantId: string;
  /** The bot's own account in Teams. */
  readonly bot: { readonly id: string; readonly name: string };
  readonly serviceUrl: () => string;
  readonly isAllowedUrl: IsAllowedUrl;
}

/** Statuses with which Teams says that the bot cannot write to this person. */
export const UNREACHABLE: ReadonlySet<unknown> = new Set([403, 404]);

/** Sends messages to people's own chats, outside any turn; opens the chat of somebody who has none yet. */
export function teamsNotifier(outgoing: Outgoing): Notifier {
  return {
    async tell(person, told) {
      const message: Partial<Activity> = {
        type: 'message',
        attachments: [CardFactory.adaptiveCard(messageCard(told))],
        summary: 'Sharing Log',
      };
      try {
        await sendToChat(outgoing, person, message);
        return 'sent';
      } catch (error) {
        return toldOf(error);
      }
    },
  };
}

function messageCard(message: Message): Card {
  return message.what === 'saved' ? receiptCard(message.receipt) : toldCard(message.what, message.about);
}

function toldOf(error: unknown): Told {
  if (!(error instanceof CodedError)) throw error;
  return UNREACHABLE.has(refusalIn(error)?.status) ? 'unreachable' : 'failed';
}

/** Sends a message to a person's own chat, outside any turn; opens the chat of somebody who has none. */
export async function sendToChat(outgoing: Outgoing, person: Person, message: Partial<Activity>): Promise<void> {
  const { adapter, bot, tenantId } = outgoing;
  const stored = await outgoing.conversations.read(person.id);
  const known = stored === undefined ? undefined : readReference(outgoing.keys, stored, outgoing.isAllowedUrl);
  const deliver = async (context: TurnContext): Promise<void> => {
    await context.sendActivity(message);
  };
  if (known !== undefined) {
    const { conversation, serviceUrl } = known;
    return adapter.continueConversationAsync(
      '',
      {
        channelId: 'msteams',
        serviceUrl,
        bot,
        conversation: { ...conversation, isGroup: false, conversationType: 'personal', name: '', tenantId },
      },
      deliver,
    );
  }
  const parameters: Parameters<TurnAdapter['createConversationAsync']>[4] = {
    isGroup: false,
    bot,
    members: [{ id: person.id, name: person.name }],
    tenantId,
    channelData: { tenant: { id: tenantId } },
    activity: undefined, // declared as needed, and optional in the protocol
  };
  await adapter.createConversationAsync('', 'msteams', outgoing.serviceUrl(), '', parameters, deliver);
}
