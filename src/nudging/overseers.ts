import { dateOf } from '../londonTime.ts';
import type { NudgeStore } from '../nudgePorts.ts';
import type { Clock, Directory, Overseers } from '../ports.ts';
import { addWorkingDays } from '../workingDays.ts';
import { isEscalated, stateOf, statesBy } from './facts.ts';
import { orgOn } from './org.ts';
import type { NudgeRules } from './plan.ts';

/** Source: architecture, "Who may do what": those to whom an open item escalated, and those who deputise. */
export function overseers(
  deps: { readonly nudges: NudgeStore; readonly directory: Directory; readonly clock: Clock },
  rules: NudgeRules,
): Overseers {
  return {
    async overseersOf({ recordId, authorId, teamId, openItems }) {
      const today = dateOf(deps.clock.now());
      const org = orgOn(deps.directory, today, await deps.nudges.deputies(today), await deps.nudges.unreachable());
      const manager = await org.managerFor(authorId, teamId);
      if (manager === undefined) return [];
      const states = statesBy(await deps.nudges.items([recordId]));
      const isUp = openItems.some(({ kind, due }) =>
        isEscalated(stateOf(states, { recordId, kind, dueOn: addWorkingDays(due, 0) }), today, rules.escalateAfterDays),
      );
      if (!isUp) return [manager.id];
      const above = await org.nextUp(authorId, teamId);
      return above === undefined ? [manager.id] : [manager.id, above.id];
    },
  };
}
