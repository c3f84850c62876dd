import type { StoredMessage } from './conversationLog.ts';
import type { Chat } from './places.ts';

/** What the page is told as it happens. Each goes out as a server-sent event named by `kind`. */
export type LocalEvent =
  | { readonly kind: 'message' | 'messageUpdated'; readonly message: StoredMessage }
  | { readonly kind: 'messageDeleted'; readonly chat: Chat; readonly id: string }
  | { readonly kind: 'typing'; readonly chat: Chat }
  | { readonly kind: 'clock'; readonly now: string };

export interface EventHub {
  /** Sends every later event meant for the person to `send`, until the returned function is called; `end` is called by `close`. */
  subscribe(
    personId: string,
    listener: { readonly send: (event: LocalEvent) => void; readonly end: () => void },
  ): () => void;
  /** Tells the people named, or everybody when none are. */
  publish(event: LocalEvent, personIds?: readonly string[]): void;
  /** Ends every subscription. */
  close(): void;
}

type Subscription = {
  readonly personId: string;
  readonly send: (event: LocalEvent) => void;
  readonly end: () => void;
};

/** Makes the meeting point of the connector, which knows what happened, and the open pages, which show it. */
export function createEventHub(): EventHub {
  const subscriptions = new Set<Subscription>();
  return {
    subscribe: (personId, listener) => {
      const subscription = { personId, ...listener };
      subscriptions.add(subscription);
      return () => subscriptions.delete(subscription);
    },
    publish: (event, personIds) => {
      for (const subscription of subscriptions) {
        if (personIds === undefined || personIds.includes(subscription.personId)) subscription.send(event);
      }
    },
    close: () => {
      for (const subscription of subscriptions) subscription.end();
      subscriptions.clear();
    },
  };
}
