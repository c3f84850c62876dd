import { dateOf } from '../londonTime.ts';
import type { NudgeStore } from '../nudgePorts.ts';
import type { Clock, DraftStore } from '../ports.ts';

/** Source: architecture, "Data", draft. */
const KEPT_DAYS = 28;
const REMINDERS = 2;
const DAY_MS = 24 * 3_600_000;
const LOOKED_AT = 60;
/** More than stay for want of reminders: the oldest are read first, and these would hide the others. */
const AT_ONCE = 5_000;

/**
 * Deletes drafts that nobody has touched for 28 days and of which their author was reminded twice; how many. One that is
 * touched meanwhile stays.
 */
export async function discardOldDrafts(deps: {
  readonly drafts: Pick<DraftStore, 'touchedBefore' | 'discard'>;
  readonly nudges: Pick<NudgeStore, 'latestOf'>;
  readonly clock: Clock;
}): Promise<number> {
  const before = new Date(Date.parse(deps.clock.now()) - KEPT_DAYS * DAY_MS).toISOString();
  let discarded = 0;
  for (const { personId, draftId, revision, touchedAt } of await deps.drafts.touchedBefore(before, AT_ONCE)) {
    const sent = await deps.nudges.latestOf(personId, LOOKED_AT);
    const reminders = sent.filter(
      ({ status, counts, date }) => status === 'sent' && (counts?.drafts ?? 0) > 0 && date > dateOf(touchedAt),
    );
    if (reminders.length < REMINDERS) continue;
    if ((await deps.drafts.discard(personId, draftId, revision)) === 'discarded') discarded += 1;
  }
  return discarded;
}
