import type { Activity, TurnContext } from 'botbuilder';
import { codeOf, CodedError } from '../src/errors.ts';
import { dateOf } from '../src/londonTime.ts';
import type { NudgeStore } from '../src/nudgePorts.ts';
import type { Person } from '../src/people.ts';
import type { Clock } from '../src/ports.ts';
import type { TurnAdapter } from './adapter.ts';
import type { AppInstalls, Installed } from './appInstalls.ts';
import { newCorrelationId, underCorrelation } from './correlation.ts';
import { refusalIn } from './outbound.ts';
import { keepChat, readReference, type ChatsKept, type Reference } from './personalChat.ts';
import type { Log } from './log.ts';
import type { Wait } from './waiting.ts';
import { outOfReach, type OutOfReach, toldCode } from './teamsRefusals.ts';

/** From where, and as whom, the bot writes to people outside their turns. */
export interface Outgoing extends ChatsKept {
  readonly adapter: TurnAdapter;
  readonly tenantId: string;
  /** The bot's own account in Teams. */
  readonly bot: { readonly id: string; readonly name: string };
  readonly serviceUrl: () => string;
  /** Gives the app to those who must be told and have not got it; left out where that is not set up. */
  readonly installs?: AppInstalls | undefined;
}

/** How writing to somebody ended. `later`: nothing arrived, and Teams asks to wait. `failed`: it may have arrived. */
export type Reached =
  { readonly kind: 'sent' | 'unreachable' | 'failed' } | { readonly kind: 'later'; readonly seconds: number };

/** Writes to people’s own chats, outside any turn. */
export interface Reach {
  /** One attempt in each way that there is. Throws only what is no fault of the way out. */
  send(person: Person, message: Partial<Activity>): Promise<Reached>;
  /** Teams asked to wait before anything else is written to this person. */
  isHeldUp(person: Person): boolean;
  /** They have a chat with the bot, and took the app away or do not let it write: nothing is sent there until they write. */
  isLost(person: Person): Promise<boolean>;
}

export interface Reaching {
  readonly outgoing: Outgoing;
  readonly nudges: Pick<NudgeStore, 'setReachable' | 'unreachable'>;
  readonly clock: Clock;
  readonly log: Log;
  /** Waits until the next message may go out. */
  readonly pace: () => Promise<void>;
}

/** Where Teams asks to wait and does not say how long, and the longest that it is believed. */
const WAIT_SECONDS = 60;
const WAIT_AT_MOST_SECONDS = 3_600;
/** Until an app that was just installed has its chat, and until Graph is asked again. */
const CHAT_SOON_SECONDS = 60;

/** What one attempt came to; an `OutOfReach` says why not. */
type Tried = Reached | { readonly kind: 'outOfReach'; readonly why: OutOfReach };

/** Source: issue “In a real tenant”, 4; docs/decisions/0022. */
export function reaching(parts: Reaching): Reach {
  const { outgoing, nudges, clock, log, pace } = parts;
  const held = new Map<string, number>();

  function secondsHeld(personId: string): number {
    const nowMs = Date.parse(clock.now());
    for (const [id, untilMs] of held) if (untilMs <= nowMs) held.delete(id);
    return Math.ceil(((held.get(personId) ?? nowMs) - nowMs) / 1_000);
  }

  async function tried(attempt: () => Promise<void>): Promise<Tried> {
    await pace();
    try {
      await attempt();
      return { kind: 'sent' };
    } catch (error) {
      return endOf(error, log);
    }
  }

  async function write(person: Person, message: Partial<Activity>): Promise<Tried> {
    const known = await chatWith(outgoing, person.id);
    const open = (): Promise<Tried> => tried(() => openChat(outgoing, person, message));
    if (known !== undefined) {
      const ended = await tried(() => continueChat(outgoing, known, message));
      return ended.kind === 'outOfReach' && ended.why === 'noChat' ? open() : ended;
    }
    const opened = await open();
    if (opened.kind !== 'outOfReach' || opened.why !== 'notInstalled') return opened;
    const installed = await installOnce(parts, person);
    if (installed === undefined) return opened;
    if (installed.kind !== 'chat')
      return installed.kind === 'soon' ? { kind: 'later', seconds: CHAT_SOON_SECONDS } : opened;
    const chat: Reference = { conversation: { id: installed.conversationId }, serviceUrl: outgoing.serviceUrl() };
    await keepChat(outgoing, person.id, { ...chat, bot: outgoing.bot }, clock.now());
    return tried(() => continueChat(outgoing, chat, message));
  }

  async function send(person: Person, message: Partial<Activity>): Promise<Reached> {
    const seconds = secondsHeld(person.id);
    if (seconds > 0) return { kind: 'later', seconds };
    const ended = await write(person, message);
    if (ended.kind === 'later') held.set(person.id, Date.parse(clock.now()) + ended.seconds * 1_000);
    if (ended.kind !== 'outOfReach') return ended;
    await nudges.setReachable(person.id, false);
    log('reach.lost', { why: ended.why });
    return { kind: 'unreachable' };
  }

  return {
    // What is logged of it can be told together with what Teams knows of it; with no turn and no person it is.
    send: (person, message) => underCorrelation(newCorrelationId(), () => send(person, message)),
    isHeldUp: ({ id }) => secondsHeld(id) > 0,
    async isLost({ id }) {
      return (await outgoing.conversations.read(id)) !== undefined && (await nudges.unreachable()).includes(id);
    },
  };
}

/** Only a clear refusal is one: whatever else went wrong, the message may have arrived. */
function endOf(error: unknown, log: Log): Tried {
  if (!(error instanceof CodedError)) throw error;
  if (error.code === 'outbound.refused') return { kind: 'unreachable' };
  const refused = refusalIn(error);
  if (refused === undefined || refused.status >= 500) {
    log('reach.failed', { fault: error.code });
    return { kind: 'failed' };
  }
  if (refused.status === 429) {
    const seconds = Math.ceil(refused.retryAfterSeconds ?? WAIT_SECONDS);
    return { kind: 'later', seconds: Math.min(Math.max(seconds, 1), WAIT_AT_MOST_SECONDS) };
  }
  const why = outOfReach(refused);
  if (why !== undefined) return { kind: 'outOfReach', why };
  // It says nothing of the person, and will not pass by itself: somebody has to look. It is tried again all the same.
  log('reach.refused', { status: refused.status, says: toldCode(refused) });
  return { kind: 'failed' };
}

/** Those who answer for others: they must be told, and nobody else is given an app that they did not ask for. */
function mustBeTold({ roles }: Person): boolean {
  return roles.includes('manager') || roles.includes('recordsOfficer');
}

/**
 * Has the app installed for somebody who must be told, once a day at most; `undefined` where it was not tried. Two
 * processes at the same moment may both ask: the second hears that it is there.
 */
async function installOnce({ outgoing, clock, log }: Reaching, person: Person): Promise<Installed | undefined> {
  const { installs, conversations, keys } = outgoing;
  if (installs === undefined || !mustBeTold(person)) return undefined;
  const personId = `install:${person.id}`;
  const now = clock.now();
  const before = await conversations.read(personId);
  if (before !== undefined && dateOf(before.savedAt) === dateOf(now)) return undefined;
  const reference = keys.seal({ kind: 'conversation', personId }, Buffer.from('{}'));
  await conversations.save({ personId, savedAt: now, reference });
  try {
    const installed = await installs.installFor(person.id);
    log('reach.install', { result: installed.kind });
    return installed;
  } catch (error) {
    log('reach.install', { result: 'failed', fault: codeOf(error) });
    // It may be there by now: the next attempt opens the chat, or finds that they cannot be reached.
    return { kind: 'soon' };
  }
}

async function chatWith({ conversations, keys, isAllowedUrl }: Outgoing, id: string): Promise<Reference | undefined> {
  const stored = await conversations.read(id);
  return stored === undefined ? undefined : readReference(keys, stored, isAllowedUrl);
}

type Delivery = (context: TurnContext) => Promise<void>;

function deliveryOf(message: Partial<Activity>): Delivery {
  return async (context) => {
    await context.sendActivity(message);
  };
}

function continueChat(
  { adapter, bot, tenantId }: Outgoing,
  chat: Reference,
  message: Partial<Activity>,
): Promise<void> {
  const { conversation, serviceUrl } = chat;
  return adapter.continueConversationAsync(
    '',
    {
      channelId: 'msteams',
      serviceUrl,
      bot,
      conversation: { ...conversation, isGroup: false, conversationType: 'personal', name: '', tenantId },
    },
    deliveryOf(message),
  );
}

function openChat(outgoing: Outgoing, person: Person, message: Partial<Activity>): Promise<void> {
  const { adapter, bot, tenantId } = outgoing;
  const parameters: Parameters<TurnAdapter['createConversationAsync']>[4] = {
    isGroup: false,
    bot,
    members: [{ id: person.id, name: person.name }],
    tenantId,
    channelData: { tenant: { id: tenantId } },
    activity: undefined, // declared as needed, and optional in the protocol
  };
  return adapter.createConversationAsync('', 'msteams', outgoing.serviceUrl(), '', parameters, deliveryOf(message));
}

/** Lets one message go out in so many milliseconds, whoever asks. */
export function paced(betweenMs: number, wait: Wait, nowMs: () => number): () => Promise<void> {
  let nextMs = 0;
  return async () => {
    const now = nowMs();
    const mineMs = Math.max(now, nextMs);
    nextMs = mineMs + betweenMs;
    if (mineMs > now) await wait(mineMs - now);
  };
}
