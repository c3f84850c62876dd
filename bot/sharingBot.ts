import {
  ActivityTypes,
  CardFactory,
  TeamsInfo,
  type Activity,
  type InvokeResponse,
  type TurnContext,
} from 'botbuilder';
import { z } from 'zod';
import { recordingCard } from '../cards/draftCards.ts';
import { faultCard, helpCard, noticeCard, nothingCard, welcomeCard } from '../cards/noticeCards.ts';
import { plainButton, type Card } from '../cards/elements.ts';
import { listStub } from '../cards/listCards.ts';
import { deputyCard, openStub, sentCard } from '../cards/nudgeCards.ts';
import { nameDeputy } from '../src/nudging/acting.ts';
import { sentNudges } from '../src/nudging/sent.ts';
import { restrictionStub, teamAddedCard } from '../cards/restrictionCards.ts';
import { summaryStub } from '../cards/summaryCard.ts';
import { draftTitle } from '../cards/draftTitle.ts';
import { draftStub, historyStub, recordStub } from '../cards/recordCards.ts';
import { sealAsked } from '../src/asked.ts';
import { mayListUnlinked } from '../src/access.ts';
import { addCaseTeam } from '../src/caseTeams.ts';
import { codeOf, CodedError } from '../src/errors.ts';
import type { Person } from '../src/people.ts';
import { begin } from '../src/recording/beginning.ts';
import { listDrafts, startDraft } from '../src/recording/drafting.ts';
import { act } from './actions.ts';
import { helpLines, readCommand, type Command } from './commands.ts';
import { personOf, placeOf, type Place } from './identity.ts';
import { rememberConversation, sendToPerson } from './personalChat.ts';
import { caseTyped } from './restrictionActions.ts';
import type { Services } from './services.ts';

/** Codes only: what people typed never reaches the log. */
export type Log = (code: string, counts?: Readonly<Record<string, string | number>>) => void;

const invokeValue = z.looseObject({
  action: z.looseObject({ type: z.literal('Action.Execute'), verb: z.string().max(64), data: z.unknown().optional() }),
});

const NOT_KNOWN = 'Sharing Log does not know you. Ask your IT team to add you, then try again.';

/** Routes one turn. Never throws: a fault becomes a plain card and a code in the log. */
export function sharingBot(services: Services, log: Log): (context: TurnContext) => Promise<void> {
  return async (context) => {
    switch (context.activity.type) {
      case ActivityTypes.Message:
        return guarded(context, log, () => onMessage(services, context));
      case ActivityTypes.Invoke:
        return respond(context, await onInvoke(services, context, log));
      case ActivityTypes.InstallationUpdate:
        return guarded(context, log, () => onInstall(services, context));
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
  const command = readCommand(context.activity.text ?? '');
  if (place.kind === 'channel' && command.kind !== 'help' && command.kind !== 'unknown') {
    return answerInPrivate(services, context, person, place, command);
  }
  return sendCard(context, await answerTo(services, context, person, command));
}

/** The message that answers a command. It may be stored, so it holds nothing of the case. */
async function answerTo(
  services: Services,
  context: TurnContext,
  person: Person,
  command: Command,
  teamId?: string,
): Promise<Card> {
  const userId = context.activity.from.id;
  switch (command.kind) {
    case 'start': {
      const view = await startDraft(services.recording, person, command.type, {
        teamId,
        isUrgent: command.isUrgent,
      });
      const card = recordingCard(view);
      return view.kind === 'questions' ? formMessage(card, view.draft.draftId, userId) : card;
    }
    case 'drafts':
      return recordingCard(await listDrafts(services.recording, person));
    case 'record':
      return command.number === undefined ? nothingCard() : recordStub(command.number, userId);
    case 'history':
      return command.number === undefined ? nothingCard() : historyStub(command.number, userId);
    case 'begin': {
      const number = command.number ?? 'SL-none';
      const view = await begin(services.recording, person, number, command.purpose, command.reference);
      if (view.kind !== 'questions' && view.kind !== 'check') return recordingCard(view);
      const { draftId } = view.draft;
      return formMessage(draftStub(draftId, draftTitle(view.draft, view.type)), draftId, userId);
    }
    case 'list':
      return command.list === 'unlinked' && !mayListUnlinked(person) ? nothingCard() : listStub(command.list, userId);
    case 'summary':
      return summaryStub({ asked: sealAsked(services.keys, person.id, command.reference) }, userId);
    case 'restrict':
      return restrictionStub({ asked: sealAsked(services.keys, person.id, command.reference) }, userId);
    case 'teamAdd': {
      const { reference, team } = command;
      return teamAddedCard(await addCaseTeam(services.opening, person, caseTyped(reference), team));
    }
    case 'missing':
      return openStub('missing', userId);
    case 'nudges': {
      const lines = await sentNudges(services.nudging, person);
      return lines === undefined ? nothingCard() : sentCard(lines);
    }
    case 'deputy':
      return deputyCard(await nameDeputy(services.nudging, person, command.name, command.until));
    case 'help':
      return helpCard(helpLines(person), true);
    case 'unknown':
      return helpCard(helpLines(person), false);
    default:
      return command satisfies never;
  }
}

/** In a channel there are no forms and no records: one line without case detail, and the answer in the person's own chat. */
async function answerInPrivate(
  services: Services,
  context: TurnContext,
  person: Person,
  place: Place,
  command: Command,
): Promise<void> {
  const teamId = command.kind === 'start' ? await teamOf(context, person, place) : undefined;
  const card = await answerTo(services, context, person, command, teamId);
  const reached = await sendToPerson(services, context, person, card);
  await context.sendActivity(
    reached
      ? 'Answered in your own chat with Sharing Log. Records are not made or shown in a channel.'
      : 'Open your own chat with Sharing Log and ask there. Records are not made or shown in a channel.',
  );
}

/** The channel's team, when the person belongs to it; looked up where the activity names only its thread. */
async function teamOf(context: TurnContext, person: Person, place: Place): Promise<string | undefined> {
  const teamId =
    place.teamId ??
    (place.teamThreadId === undefined
      ? undefined
      : (await TeamsInfo.getTeamDetails(context, place.teamThreadId)).aadGroupId);
  return teamId !== undefined && person.teamIds.includes(teamId) ? teamId : undefined;
}

/** The first card of a form, blank as it is, may be stored; `refresh` brings the current step to each of the person's devices. */
function formMessage(card: Card, draftId: string, userId: string): Card {
  return {
    ...card,
    refresh: { action: plainButton('Show where it stands', 'draft.open', { draftId }), userIds: [userId] },
  };
}

async function onInstall(services: Services, context: TurnContext): Promise<void> {
  if (context.activity.action !== 'add' || placeOf(context.activity).kind !== 'personal') return;
  const person = await personOf(services.directory, context.activity);
  if (person === undefined) return sendCard(context, noticeCard('Not known here', NOT_KNOWN));
  await rememberConversation(services, context.activity, person);
  return sendCard(context, welcomeCard(helpLines(person)));
}

/** Answers a press. HTTP 200 for every press on a card: the body says what happened, as Teams expects. */
async function onInvoke(services: Services, context: TurnContext, log: Log): Promise<InvokeResponse> {
  if (context.activity.name !== 'adaptiveCard/action') return { status: 400, body: { code: 'unknownInvoke' } };
  const value = invokeValue.safeParse(context.activity.value);
  if (!value.success) return badRequest();
  const { verb, data } = value.data.action;
  try {
    const person = await personOf(services.directory, context.activity);
    if (person === undefined) return cardResponse(noticeCard('Not known here', NOT_KNOWN));
    const reply = await act(services, person, verb, data);
    if (reply === undefined) return badRequest();
    if (reply.sent !== undefined)
      await sendCard(context, formMessage(reply.sent.card, reply.sent.draftId, context.activity.from.id));
    if (reply.stored !== undefined) await replaceStored(context, reply.stored, log);
    return cardResponse(reply.card);
  } catch (error) {
    log('turn.failed', { fault: codeOf(error) });
    return cardResponse(faultCard(codeOf(error).startsWith('store.') ? 'notSaved' : 'unknown', retryOf(verb, data)));
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
    log('turn.failed', { fault: codeOf(error) });
    if (error instanceof CodedError && error.code.startsWith('outbound.')) return;
    await tell(context, faultCard(codeOf(error).startsWith('store.') ? 'notSaved' : 'unknown'), log);
  }
}

async function tell(context: TurnContext, card: Card, log: Log): Promise<void> {
  try {
    await sendCard(context, card);
  } catch (error) {
    log('turn.untold', { fault: codeOf(error) });
  }
}
