import type { TurnContext } from 'botbuilder';
import { channelSummaryCard, nothingInChannelCard } from '../cards/channelCards.ts';
import type { Card } from '../cards/elements.ts';
import { openAsked, sealAsked } from '../src/asked.ts';
import { channelSummary } from '../src/channelSummary.ts';
import type { Person } from '../src/people.ts';
import { commandOf, type Command } from './commands.ts';
import type { Place } from './identity.ts';
import { sendToPerson } from './personalChat.ts';
import { readChannel, type Channel } from './roster.ts';
import type { Services } from './services.ts';
import { teamIdOf } from './teamOfChannel.ts';

/** Makes the message that answers a command in somebody's own chat. `teamId` is of the channel that it was asked in. */
export type Answer = (command: Command, teamId?: string) => Promise<Card>;

const ANSWERED = 'Answered in your own chat with Sharing Log. Records are not made or shown in a channel.';
const NOT_REACHED = 'Open your own chat with Sharing Log and ask there. Records are not made or shown in a channel.';

/**
 * Answers a command in a channel: one line, and the answer in the person's own chat; of a case, what its team may see.
 * Source: architecture, "Where case detail may stand"; issue "Case summary", 2.
 */
export async function answerInChannel(
  services: Services,
  context: TurnContext,
  person: Person,
  place: Place,
  command: Command,
  answer: Answer,
): Promise<Card | string> {
  if (command.kind === 'summary') return summaryInChannel(services, context, person, place, command.reference);
  const teamId = command.kind === 'start' ? await teamOf(context, person, place) : undefined;
  return deliver(services, context, person, await answer(command, teamId));
}

/**
 * Answers a press on a card that stands in a channel, or in any chat that is not the person's own: what it would open is
 * sent to their own chat. `undefined` for a button that is not one of ours.
 */
export async function pressInChannel(
  services: Services,
  context: TurnContext,
  person: Person,
  place: Place,
  press: { readonly verb: string; readonly data: unknown },
  answer: Answer,
): Promise<string | undefined> {
  const command = commandOf(press.verb, press.data);
  if (command === undefined) return undefined;
  const teamId = await teamOf(context, person, place);
  if (command.kind !== 'askedInChannel') return deliver(services, context, person, await answer(command, teamId));
  const reference = teamId === undefined ? undefined : openAsked(services.keys, teamId, command.asked);
  // Whoever may not ask is answered as if there were nothing: in their own chat, where it is looked up.
  return deliver(services, context, person, await answer({ kind: 'summary', reference: reference ?? '' }));
}

async function deliver(services: Services, context: TurnContext, person: Person, card: Card): Promise<string> {
  return (await sendToPerson(services, context, person, card)) ? ANSWERED : NOT_REACHED;
}

async function summaryInChannel(
  services: Services,
  context: TurnContext,
  person: Person,
  place: Place,
  reference: string,
): Promise<Card> {
  const channel = await readChannel(context, place, services.tenantId);
  // Where strangers read along it is asked for as by a team that no case has: the refusal is written down.
  const summary = await channelSummary(services.opening, person, { teamId: ownTeam(channel), reference });
  if (summary.kind === 'nothing') return nothingInChannelCard();
  return channelSummaryCard(summary, { asked: sealAsked(services.keys, ownTeam(channel), reference) });
}

function ownTeam(channel: Channel): string {
  return channel.isOurs ? channel.teamId : '';
}

/** The channel's team, when the person belongs to it; looked up where the activity names only its thread. */
async function teamOf(context: TurnContext, person: Person, place: Place): Promise<string | undefined> {
  const teamId = await teamIdOf(context, place);
  return teamId !== undefined && person.teamIds.includes(teamId) ? teamId : undefined;
}
