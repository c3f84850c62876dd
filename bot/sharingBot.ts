import { ActivityTypes, CardFactory, type Activity, type InvokeResponse, type TurnContext } from 'botbuilder';
import { z } from 'zod';
import { faultCard, faultOf, noticeCard, withoutDirectory } from '../cards/noticeCards.ts';
import { plainButton, type Card } from '../cards/elements.ts';
import { codeOf, CodedError } from '../src/errors.ts';
import type { Person } from '../src/people.ts';
import { withinTurn } from '../src/turnTime.ts';
import { act, SIGNING_VERBS } from './actions.ts';
import { answerTo, formMessage } from './answers.ts';
import { readCommand, type Command } from './commands.ts';
import { answerQuery, FIND_INVOKE, NOT_NOW, sentence } from './findingExtension.ts';
import { personOf, placeOf } from './identity.ts';
import { answerInChannel, pressInChannel, type Answer } from './inChannel.ts';
import { NOT_KNOWN, onInstallation, onMembers } from './installing.ts';
import { inTime } from './inTime.ts';
import type { Log, LogFields } from './log.ts';
import { ACTION_INVOKE, NOT_STARTED, said, startFromMessage } from './messageAction.ts';
import { rememberConversation } from './personalChat.ts';
import type { Services } from './services.ts';
import type { TurnsUnderWay } from './turnsUnderWay.ts';

const invokeValue = z.looseObject({
  action: z.looseObject({ type: z.literal('Action.Execute'), verb: z.string().max(64), data: z.unknown().optional() }),
});

/** A message that holds nothing but cards. */
const cardOnly = z.looseObject({
  text: z.string().regex(/^\s*$/u).nullish(),
  attachments: z.array(z.looseObject({ contentType: z.literal('application/vnd.microsoft.card.adaptive') })).min(1),
});

/** Commands whose answers hold nothing of anybody, and may be given where others read along. */
const SAME_ANYWHERE: ReadonlySet<string> = new Set<Command['kind']>(['help', 'unknown', 'whichCase']);

/** What a store may take of a turn. Source: issue “Azure Cosmos DB”, 2. */
const STORE_MS = 3_000;

/**
 * Routes one turn. Never throws: a fault becomes a plain card and a code in the log. What goes on after a late answer counts
 * among `turns` until it ends.
 */
export function sharingBot(
  services: Services,
  log: Log,
  turns: Pick<TurnsUnderWay, 'begin'>,
): (context: TurnContext) => Promise<void> {
  return async (context) => {
    switch (context.activity.type) {
      case ActivityTypes.Message:
        return guarded(context, log, () => withinTurn(STORE_MS, () => onMessage(services, context)));
      case ActivityTypes.Invoke:
        return respond(context, await withinTurn(STORE_MS, () => onInvoke(services, context, log, turns)));
      case ActivityTypes.InstallationUpdate:
        return guarded(context, log, () => onInstallation(services, context));
      case ActivityTypes.ConversationUpdate:
        return unsaid(log, () => onMembers(services, context));
      default:
        return undefined;
    }
  };
}

async function onMessage(services: Services, context: TurnContext): Promise<void> {
  const person = await personOf(services.directory, context.activity);
  if (person === undefined) return sendCard(context, noticeCard('Not known here', NOT_KNOWN));
  const place = placeOf(context.activity);
  if (place.kind === 'personal') await rememberConversation(services, context.activity, person);
  // Somebody put a card into their own chat with the bot that its search found: nothing was asked.
  if (cardOnly.safeParse(context.activity).success) return;
  const command = readCommand(context.activity.text ?? '');
  if (place.kind === 'channel' && !SAME_ANYWHERE.has(command.kind)) {
    const answer = answersFor(services, context, person);
    const said = await answerInChannel(services, context, person, place, command, answer);
    if (typeof said !== 'string') return sendCard(context, said);
    await context.sendActivity(said);
    return;
  }
  return sendCard(context, noted(person, await answersFor(services, context, person)(command)));
}

/** Says that the directory cannot be asked, to somebody of whom only its last answer is known. */
function noted({ asKnown }: Person, card: Card): Card {
  return asKnown === undefined ? card : withoutDirectory(card);
}

function answersFor(services: Services, context: TurnContext, person: Person): Answer {
  const userId = context.activity.from.id;
  return (command, teamId) => answerTo(services, person, userId, command, teamId);
}

/** Answers a press. HTTP 200 for every press on a card: the body says what happened, as Teams expects. */
async function onInvoke(
  services: Services,
  context: TurnContext,
  log: Log,
  turns: Pick<TurnsUnderWay, 'begin'>,
): Promise<InvokeResponse> {
  if (context.activity.name === FIND_INVOKE) return onQuery(services, context, log);
  if (context.activity.name === ACTION_INVOKE) return onMessageAction(services, context, log);
  if (context.activity.name !== 'adaptiveCard/action') return { status: 400, body: { code: 'unknownInvoke' } };
  const value = invokeValue.safeParse(context.activity.value);
  if (!value.success) return badRequest();
  const { verb, data } = value.data.action;
  try {
    const person = await personOf(services.directory, context.activity);
    if (person === undefined) return cardResponse(noticeCard('Not known here', NOT_KNOWN));
    const place = placeOf(context.activity);
    if (place.kind === 'channel') {
      const answer = answersFor(services, context, person);
      const said = await pressInChannel(services, context, person, place, { verb, data }, answer);
      return said === undefined ? badRequest() : textResponse(said);
    }
    const reply = await inTime(verb, act(services, person, verb, data), turns);
    if (reply === undefined) return badRequest();
    if (reply.sent !== undefined)
      await sendCard(context, formMessage(reply.sent.card, reply.sent.draftId, context.activity.from.id));
    if (reply.stored !== undefined) await replaceStored(context, reply.stored, log);
    return cardResponse(noted(person, reply.card));
  } catch (error) {
    log('turn.failed', failure(context, error));
    return cardResponse(faultCard(faultOf(codeOf(error), SIGNING_VERBS.has(verb)), retryOf(verb, data)));
  }
}

/** Answers a search from beside the compose box; a fault is a sentence there. */
async function onQuery(services: Services, context: TurnContext, log: Log): Promise<InvokeResponse> {
  try {
    const person = await personOf(services.directory, context.activity);
    return person === undefined ? sentence(NOT_KNOWN) : await answerQuery(services, person, context.activity.value);
  } catch (error) {
    log('turn.failed', failure(context, error));
    return sentence(NOT_NOW);
  }
}

/** Starts a record from a message; a fault is a sentence in a dialog. */
async function onMessageAction(services: Services, context: TurnContext, log: Log): Promise<InvokeResponse> {
  try {
    const person = await personOf(services.directory, context.activity);
    return person === undefined ? said(NOT_KNOWN) : await startFromMessage(services, context, person);
  } catch (error) {
    log('turn.failed', { fault: codeOf(error) });
    return said(NOT_STARTED);
  }
}

/** The stored message becomes the receipt for everyone; when that fails the record is saved all the same. */
async function replaceStored(context: TurnContext, card: Card, log: Log): Promise<void> {
  const { replyToId } = context.activity;
  if (replyToId === undefined) return;
  try {
    await context.updateActivity({ ...cardActivity(card), id: replyToId }); // the SDK fills in the conversation
  } catch (error) {
    log('receipt.notStored', { fault: codeOf(error) });
  }
}

const retryable = z.looseObject({ draftId: z.string() });

function retryOf(verb: string, data: unknown): ReturnType<typeof plainButton> | undefined {
  const read = retryable.safeParse(data);
  return verb.startsWith('draft.') && read.success
    ? plainButton('Show where it stands', 'draft.open', { draftId: read.data.draftId }, 'positive')
    : undefined;
}

function cardResponse(card: Card): InvokeResponse {
  return { status: 200, body: { statusCode: 200, type: 'application/vnd.microsoft.card.adaptive', value: card } };
}

/** The card stays as it is, and a line says what happened. */
function textResponse(text: string): InvokeResponse {
  return { status: 200, body: { statusCode: 200, type: 'application/vnd.microsoft.activity.message', value: text } };
}

function badRequest(): InvokeResponse {
  const value = {
    code: 'BadRequest',
    message: 'That button is not one of ours any more. Type “help” to see what you can ask.',
  };
  return { status: 200, body: { statusCode: 400, type: 'application/vnd.microsoft.error', value } };
}

async function respond(context: TurnContext, response: InvokeResponse): Promise<void> {
  await context.sendActivity({ type: ActivityTypes.InvokeResponse, value: response });
}

function cardActivity(card: Card): Partial<Activity> {
  return { type: ActivityTypes.Message, attachments: [CardFactory.adaptiveCard(card)], summary: 'Sharing Log' };
}

async function sendCard(context: TurnContext, card: Card): Promise<void> {
  await context.sendActivity(cardActivity(card));
}

async function guarded(context: TurnContext, log: Log, run: () => Promise<void>): Promise<void> {
  try {
    await run();
  } catch (error) {
    log('turn.failed', failure(context, error));
    if (error instanceof CodedError && error.code.startsWith('outbound.')) return;
    await tell(context, faultCard(faultOf(codeOf(error))), log);
  }
}

/** For what nobody asked: a fault is a code in the log. */
async function unsaid(log: Log, run: () => Promise<void>): Promise<void> {
  try {
    await run();
  } catch (error) {
    log('turn.failed', { fault: codeOf(error) });
  }
}

/** What is written of a fault in a turn: its code, and whose turn it was. */
function failure({ activity: { from } }: TurnContext, error: unknown): LogFields<'turn.failed'> {
  const fault = codeOf(error);
  return from.aadObjectId === undefined ? { fault } : { fault, person: from.aadObjectId };
}

async function tell(context: TurnContext, card: Card, log: Log): Promise<void> {
  try {
    await sendCard(context, card);
  } catch (error) {
    log('turn.untold', { fault: codeOf(error) });
  }
}
