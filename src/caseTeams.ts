import { mayWithCase } from './access.ts';
import { changeCase, type CaseFacts } from './caseFacts.ts';
import { allowedCase } from './managing.ts';
import type { OpeningDeps } from './opening.ts';
import type { Person } from './people.ts';
import type { CaseAsked } from './findingCase.ts';

/** A longer name is nobody's. */
const NAME_CHARACTERS = 200;

/** What `case team add` came to. */
export type TeamAdded = 'nothing' | 'noTeam' | 'there' | 'added';

/**
 * Makes another team a case team, by its name in any case or by its id. Adding it again changes nothing. Noted in the
 * access log before it is done.
 * Source: architecture, "Who may do what".
 */
export async function addCaseTeam(
  deps: OpeningDeps,
  person: Person,
  asked: CaseAsked,
  nameOrId: string,
): Promise<TeamAdded> {
  const team = nameOrId.length > NAME_CHARACTERS ? undefined : await deps.directory.teamNamed(nameOrId);
  const found = await allowedCase(deps, person, asked, 'case.addTeam', () => 'case.addTeam', team?.id);
  if (found === undefined) return 'nothing';
  if (team === undefined) return 'noTeam';
  const isThere = ({ teams }: CaseFacts): boolean => teams.some(({ teamId }) => teamId === team.id);
  const added = { teamId: team.id, at: deps.clock.now(), addedBy: person.id };
  const after = await changeCase(deps, found.caseKey, (facts) =>
    isThere(facts) || !mayWithCase('case.addTeam', person, facts)
      ? facts
      : { ...facts, teams: [...facts.teams, added] },
  );
  // Somebody else may have restricted the case since it was looked at.
  if (after === undefined || !mayWithCase('case.addTeam', person, after)) return 'nothing';
  return isThere(found.facts) ? 'there' : 'added';
}
