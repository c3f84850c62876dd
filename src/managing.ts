import { mayWithCase, type CaseAction } from './access.ts';
import { caseFacts, type CaseFacts } from './caseFacts.ts';
import { findCase, type CaseAsked } from './findingCase.ts';
import type { OpeningDeps } from './opening.ts';
import { slowed } from './pacing.ts';
import type { Person } from './people.ts';
import type { AccessEntry, StoredVersion } from './ports.ts';

/** A case that is looked at for who may see it. */
export interface Found {
  readonly caseKey: string;
  readonly facts: CaseFacts;
  readonly records: readonly StoredVersion[];
}

/**
 * A case in which something is recorded, for somebody who may do this with it. Noted before it is answered with; the answer
 * is held back where a great many were asked for.
 */
export async function allowedCase(
  deps: OpeningDeps,
  person: Person,
  asked: CaseAsked,
  entry: AccessEntry['action'],
  actionOf: (facts: CaseFacts) => CaseAction,
  about?: string,
): Promise<Found | undefined> {
  const { caseKey, subject } = await findCase(deps, person, asked);
  const [facts, records] =
    caseKey === undefined
      ? [undefined, []]
      : await Promise.all([caseFacts(deps, caseKey), deps.records.caseFile(caseKey)]);
  const isAllowed = facts !== undefined && records.length > 0 && mayWithCase(actionOf(facts), person, facts);
  await deps.access.append({
    at: deps.clock.now(),
    personId: person.id,
    action: isAllowed ? entry : 'case.refused',
    subject: isAllowed ? [facts.caseKey, ...(about === undefined ? [] : [about])].join(' ') : subject,
  });
  await slowed(deps, person);
  return isAllowed ? { caseKey: facts.caseKey, facts, records } : undefined;
}
