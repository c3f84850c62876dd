import { nothingInTime } from '../listed.ts';
import type { Nudge } from '../nudgePorts.ts';
import type { Person } from '../people.ts';
import type { NudgingDeps } from './sweep.ts';

/** One card that was sent, or was not, with whom it was for. */
export interface SentLine {
  readonly nudge: Nudge;
  readonly name: string;
}

/** The newest cards that somebody may read of. */
export interface SentCards {
  readonly lines: readonly SentLine[];
  /** Finding older ones took too long. */
  readonly isCutShort: boolean;
}

const LOOKED_AT = 400;
const SHOWN = 20;

/**
 * What was sent to whom, when, with what result, the newest first: of everybody for records officers, of themselves and
 * of those they manage for managers. `undefined` for anybody else. Throws `store.unsure` when none is found in time.
 * Source: issue "Nothing left open", 9.
 */
export async function sentNudges(deps: NudgingDeps, person: Person): Promise<SentCards | undefined> {
  const isOfficer = person.roles.includes('recordsOfficer');
  if (!isOfficer && !person.roles.includes('manager')) return undefined;
  const lines: SentLine[] = [];
  const { items, isCutShort } = await deps.nudges.latest(LOOKED_AT);
  for (const nudge of items) {
    const whom = await deps.directory.person(nudge.personId);
    const isTheirs = nudge.personId === person.id || whom?.managerId === person.id;
    if (isOfficer || isTheirs) lines.push({ nudge, name: whom?.name ?? 'Somebody who has left' });
    if (lines.length === SHOWN) return { lines, isCutShort: false };
  }
  if (isCutShort && lines.length === 0) throw nothingInTime();
  return { lines, isCutShort };
}
