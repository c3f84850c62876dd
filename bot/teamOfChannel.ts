import type { TurnContext } from 'botbuilder';
import type { ConnectorClient } from 'botframework-connector';
import { groupOfTeam } from './connectors.ts';
import type { Place } from './identity.ts';

/**
 * The Entra group id of the team that a channel belongs to, looked up where the activity names only its thread; `undefined`
 * in a group chat.
 */
export async function teamIdOf(context: TurnContext, place: Place): Promise<string | undefined> {
  if (place.teamId !== undefined || place.teamThreadId === undefined) return place.teamId;
  return groupOfTeam(context.turnState.get<ConnectorClient>(context.adapter.ConnectorClientKey), place.teamThreadId);
}
