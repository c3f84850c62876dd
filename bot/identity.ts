import type { Activity } from 'botbuilder';
import type { Person } from '../src/people.ts';
import type { Directory } from '../src/ports.ts';

/** Where a turn takes place. */
export interface Place {
  readonly kind: 'personal' | 'channel';
  /** The Entra group id of the channel's team, once it is known. */
  readonly teamId?: string;
  /** The thread id of the channel's team, to look its group id up by. */
  readonly teamThreadId?: string;
  /** The channel is shared with other teams, or other organisations. */
  readonly isShared?: true;
}

/**
 * Who is speaking: the directory's answer for the object id of the activity; its last one, with `asKnown`, while it cannot
 * be asked. The tenant was checked before the turn.
 */
export async function personOf(directory: Directory, activity: Activity): Promise<Person | undefined> {
  const id = activity.from.aadObjectId;
  return id === undefined ? undefined : directory.lastKnown(id);
}

/** Where an activity comes from. A group chat counts as a channel: others read along. */
export function placeOf(activity: Activity): Place {
  if (activity.conversation.conversationType === 'personal') return { kind: 'personal' };
  const data: unknown = activity.channelData;
  const team: unknown = typeof data === 'object' && data !== null && 'team' in data ? data.team : undefined;
  const read = typeof team === 'object' && team !== null ? team : {};
  const teamId = 'aadGroupId' in read && typeof read.aadGroupId === 'string' ? read.aadGroupId : undefined;
  const threadId = 'id' in read && typeof read.id === 'string' ? read.id : undefined;
  return {
    kind: 'channel',
    ...(teamId === undefined ? {} : { teamId }),
    ...(threadId === undefined ? {} : { teamThreadId: threadId }),
    ...(isShared(data) ? { isShared: true } : {}),
  };
}

function isShared(data: unknown): boolean {
  if (typeof data !== 'object' || data === null || !('channel' in data)) return false;
  const { channel } = data;
  return typeof channel === 'object' && channel !== null && 'type' in channel && channel.type === 'shared';
}
