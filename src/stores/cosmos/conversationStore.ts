import type { ConversationStore } from '../../ports.ts';
import type { Connection } from './connection.ts';
import { packBytes, unpackBytes } from './text.ts';

const ID = 'conversation';

interface ConversationDoc {
  readonly personId: string;
  readonly savedAt: string;
  readonly reference: string;
}

/** Keeps one conversation a person in Cosmos DB: the one saved last. */
export function conversationStore({ call }: Connection): ConversationStore {
  return {
    save: ({ personId, savedAt, reference }) =>
      call(({ people }) => {
        const doc = { id: ID, personId, doc: ID, savedAt, reference: packBytes(reference) };
        return people.upsert(personId, doc);
      }),
    read: (personId) =>
      call(async ({ people }) => {
        const found = await people.read<ConversationDoc>(personId, ID);
        return found && { personId: found.personId, savedAt: found.savedAt, reference: unpackBytes(found.reference) };
      }),
  };
}
