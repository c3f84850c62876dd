import { mayWithCase, type CaseAction } from './access.ts';
import { caseFacts, caseOf, owned, type CaseFacts } from './caseFacts.ts';
import { caseAlias } from './freezing.ts';
import { findRecord, type OpeningDeps } from './opening.ts';
import { slowed } from './pacing.ts';
import type { Person } from './people.ts';
import type { AccessEntry, StoredVersion } from './ports.ts';
import type { CaseAsked } from './summary.ts';

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
  const { caseKey, subject } = await caseAskedFor(deps, person, asked);
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

/** The case that is asked for, whoever asks, and what the log says of a refusal: ids, never what was typed. */
async function caseAskedFor(
  deps: OpeningDeps,
  person: Person,
  asked: CaseAsked,
): Promise<{ readonly caseKey: string | undefined; readonly subject: string }> {
  if ('reference' in asked) {
    const alias = caseAlias(deps.keys, person.tenantId, asked.reference);
    return { caseKey: await deps.records.findCaseKey(alias), subject: alias };
  }
  const stored = await findRecord(deps, asked.number);
  return { caseKey: stored && caseOf(owned(stored)), subject: asked.number };
}
