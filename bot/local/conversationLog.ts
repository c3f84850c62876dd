import { z } from 'zod';
import type { Chat } from './places.ts';

/** An activity as it goes over the wire. Only what local mode itself reads is described; the rest passes through untouched. */
export const wireActivitySchema = z.looseObject({
  type: z.string(),
  text: z.string().optional(),
  replyToId: z.string().optional(),
  attachments: z.array(z.looseObject({ contentType: z.string() })).optional(),
});
export type WireActivity = z.infer<typeof wireActivitySchema>;

/** One message as it stands in a chat. `id` is stable and rises with time, across restarts too. */
export type StoredMessage = {
  readonly id: string;
  readonly chat: Chat;
  readonly conversationId: string;
  /** In a channel, the id of the message that started the thread. */
  readonly threadId: string | undefined;
  readonly sender: 'bot' | 'person';
  readonly name: string;
  readonly personId: string | undefined;
  readonly at: string;
  readonly updatedAt: string | undefined;
  readonly activity: WireActivity;
};

export interface ConversationLog {
  /** A new message id: digits, as Teams makes them, greater than every one before. */
  nextId(): string;
  add(message: Omit<StoredMessage, 'at' | 'updatedAt'>): StoredMessage;
  /** Replaces a message's activity; undefined when there is no such message. */
  replace(chat: Chat, id: string, activity: WireActivity): StoredMessage | undefined;
  /** Takes a message away; false when there is no such message. */
  remove(chat: Chat, id: string): boolean;
  find(chat: Chat, id: string): StoredMessage | undefined;
  /** The messages of a chat, oldest first. */
  list(chat: Chat): readonly StoredMessage[];
}

/** Makes the memory of what was said. Each chat keeps its newest `limit` messages (500 unless told); nothing is written to disk. */
export function createConversationLog(options: {
  readonly now: () => string;
  readonly limit?: number;
}): ConversationLog {
  const limit = options.limit ?? 500;
  const chats = new Map<string, Map<string, StoredMessage>>();
  let lastId = 0;

  const messagesOf = (chat: Chat): Map<string, StoredMessage> => {
    const key = `${chat.kind}/${chat.key}`;
    const found = chats.get(key) ?? new Map<string, StoredMessage>();
    chats.set(key, found);
    return found;
  };

  return {
    nextId: () => {
      lastId = Math.max(Date.parse(options.now()), lastId + 1);
      return String(lastId);
    },
    add: (message) => {
      const stored: StoredMessage = { ...message, at: options.now(), updatedAt: undefined };
      const messages = messagesOf(message.chat);
      messages.set(message.id, stored);
      const oldest = messages.keys().next();
      if (messages.size > limit && !oldest.done) messages.delete(oldest.value);
      return stored;
    },
    replace: (chat, id, activity) => {
      const before = messagesOf(chat).get(id);
      if (before === undefined) return undefined;
      const after = { ...before, activity, updatedAt: options.now() };
      messagesOf(chat).set(id, after);
      return after;
    },
    remove: (chat, id) => messagesOf(chat).delete(id),
    find: (chat, id) => messagesOf(chat).get(id),
    list: (chat) => [...messagesOf(chat).values()],
  };
}
