import type { ConversationStore, StoredConversation } from '../../ports.ts';
import type { Connection } from './connection.ts';
import { packBytes, unpackBytes } from './text.ts';

const ID = 'conversation';

export interface ConversationDoc {
  readonly personId: string;
  readonly savedAt: string;
  readonly reference: string;
}

/** Keeps one conversation a person in Cosmos DB: the one saved last. */
export function conversationStore({ call }: Connection): ConversationStore {
  return {
    save: (conversation) => call(({ people }) => people.upsert(conversation.personId, conversationDoc(conversation))),
    read: (personId) =>
      call(async ({ people }) => {
        const found = await people.read<ConversationDoc>(personId, ID);
        return found && asConversation(found);
      }),
  };
}

export function conversationDoc({ personId, savedAt, reference }: StoredConversation) {
  return { id: ID, personId, doc: ID, savedAt, reference: packBytes(reference) };
}

export function asConversation({ personId, savedAt, reference }: ConversationDoc): StoredConversation {
  return { personId, savedAt, reference: unpackBytes(reference) };
}
