import type { LocalClock } from './clock.ts';
import { createConversationLog, type ConversationLog, type StoredMessage } from './conversationLog.ts';
import { createEventHub, type EventHub, type LocalEvent } from './eventHub.ts';
import type { PeopleFile } from './people.ts';
import { membersOf, type Chat, type Place } from './places.ts';
import { createSendFaults, type SendFault, type SendFaults } from './sendFaults.ts';

/** What tests may ask of the connector beside its HTTP routes. */
export interface LocalConnector {
  /** Makes the next `times` sends, updates and deletions (one unless told) in a person's personal chat fail. */
  failNext(personId: string, fault: SendFault, times?: number): void;
  /** What stands in a chat now, oldest first. */
  messages(chat: Chat): readonly StoredMessage[];
  /** Ends the open event streams, which would otherwise keep `server.close()` waiting. */
  close(): void;
}

/** All that the routes of local mode share. */
export type LocalWorld = {
  readonly people: PeopleFile;
  readonly clock: LocalClock;
  readonly log: ConversationLog;
  readonly hub: EventHub;
  readonly faults: SendFaults;
  readonly baseUrl: () => string;
  /** Hears of a route that threw. */
  readonly failed: (error: unknown) => void;
};

/** Puts together an empty world: no messages, no pages open, no failures planned. */
export function createLocalWorld(deps: {
  readonly people: PeopleFile;
  readonly clock: LocalClock;
  readonly baseUrl: () => string;
  readonly failed: (error: unknown) => void;
}): LocalWorld {
  return {
    ...deps,
    log: createConversationLog({ now: () => deps.clock.now() }),
    hub: createEventHub(),
    faults: createSendFaults(),
  };
}

export function connectorOf(world: LocalWorld): LocalConnector {
  return {
    failNext: (personId, fault, times) => world.faults.plan(personId, fault, times),
    messages: (chat) => world.log.list(chat),
    close: () => world.hub.close(),
  };
}

/** Tells everybody who can read the place. */
export function announce(world: LocalWorld, place: Place, event: LocalEvent): void {
  const readers = membersOf(world.people, place).map((person) => person.id);
  world.hub.publish(event, readers);
}

/** Where the Bot Connector of local mode stands. */
export const CONNECTOR_PATH = '/local/connector/';

/** The address that the bot answers to, as it stands in an activity. */
export function serviceUrlOf(world: LocalWorld): string {
  return new URL(CONNECTOR_PATH, world.baseUrl()).href;
}
