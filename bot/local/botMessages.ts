import { announce, type LocalWorld } from './connector.ts';
import type { WireActivity } from './conversationLog.ts';
import { BOT_ACCOUNT, channelPlace, conversationIdOf, type Place } from './places.ts';

/** What the bot's message became. `id` is undefined when Teams would not say. */
export type Posted = { readonly id: string | undefined; readonly place: Place };

/**
 * Puts what the bot sent into its place and tells the open pages. As in Teams, text and a card in one activity become two messages
 * whose ids are not told; typing is shown and not kept; a message at the top of a channel starts a thread.
 */
export function postFromBot(world: LocalWorld, place: Place, activity: WireActivity): Posted {
  if (activity.type === 'typing') {
    announce(world, place, { kind: 'typing', chat: place.chat });
    return { id: world.log.nextId(), place };
  }
  if (activity.type !== 'message') return { id: world.log.nextId(), place };
  const hasText = activity.text !== undefined && activity.text !== '';
  const attachments = activity.attachments ?? [];
  if (!hasText || attachments.length === 0) return store(world, place, activity);
  const { attachments: cards, ...textOnly } = activity;
  const first = store(world, place, textOnly);
  store(world, first.place, { ...activity, text: '', attachments: cards });
  return { id: undefined, place: first.place };
}

/** Replaces one of the bot's messages; false when there is none of that id in the place. */
export function replaceFromBot(world: LocalWorld, place: Place, id: string, activity: WireActivity): boolean {
  if (world.log.find(place.chat, id)?.sender !== 'bot') return false;
  const message = world.log.replace(place.chat, id, activity);
  if (message === undefined) return false;
  announce(world, place, { kind: 'messageUpdated', message });
  return true;
}

/** Takes one of the bot's messages away; false when there is none of that id in the place. */
export function removeFromBot(world: LocalWorld, place: Place, id: string): boolean {
  if (world.log.find(place.chat, id)?.sender !== 'bot' || !world.log.remove(place.chat, id)) return false;
  announce(world, place, { kind: 'messageDeleted', chat: place.chat, id });
  return true;
}

function store(world: LocalWorld, place: Place, activity: WireActivity): Posted {
  const id = world.log.nextId();
  const at = place.kind === 'channel' ? channelPlace(place.team, place.threadId ?? id) : place;
  const message = world.log.add({
    id,
    chat: at.chat,
    conversationId: conversationIdOf(at),
    threadId: at.kind === 'channel' ? at.threadId : undefined,
    sender: 'bot',
    name: BOT_ACCOUNT.name,
    personId: undefined,
    activity,
  });
  announce(world, at, { kind: 'message', message });
  return { id, place: at };
}
