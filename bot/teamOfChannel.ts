import { TeamsInfo, type TurnContext } from 'botbuilder';
import type { Place } from './identity.ts';

/** The Entra group id of the team that a channel belongs to, looked up where the activity names only its thread; `undefined` in a group chat. */
export async function teamIdOf(context: TurnContext, place: Place): Promise<string | undefined> {
  if (place.teamId !== undefined || place.teamThreadId === undefined) return place.teamId;
  return (await TeamsInfo.getTeamDetails(context, place.teamThreadId)).aadGroupId;
}
