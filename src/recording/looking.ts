import { onTheCase } from '../earlier.ts';
import type { FrozenNotice } from '../drafts.ts';
import type { JourneyCard } from '../journey.ts';
import type { Person } from '../people.ts';
import type { Situation } from '../recordType.ts';
import { situationOf, type RecordingDeps } from './deps.ts';
import type { Loaded } from './deps.ts';

/**
 * What may be known when a card is shown; with what earlier records of the case say, where one of its questions wants to
 * know. Without a card, for the check card: what is shown there of another record's limits is noted in the access log
 * first.
 */
export async function situationFor(
  deps: RecordingDeps,
  person: Person,
  { draft, type }: Loaded,
  card: JourneyCard | undefined,
): Promise<Situation> {
  const situation = situationOf(deps, draft);
  const wanted = card === undefined || card.asked.some(({ name }) => type.looksBack.includes(name));
  if (!wanted) return situation;
  const { earlier } = await onTheCase(deps, person, draft, type);
  if (card === undefined && earlier.limits.length > 0) {
    await logConsentSeen(
      deps,
      person,
      earlier.limits.map(({ number }) => number),
    );
  }
  return { ...situation, earlier };
}

/** Notes whose consent is about to be shown. Resolves when that is durable. */
export async function logConsentSeen(deps: RecordingDeps, person: Person, numbers: readonly string[]): Promise<void> {
  await deps.access.append({
    at: deps.clock.now(),
    personId: person.id,
    action: 'consent.see',
    subject: numbers.join(' '),
  });
}

/**
 * Whom a signature must tell of limits on the case that its author may not see: the managers of those who recorded them,
 * each once; of a restricted case those who are named, for nobody else could read it. Source: record-types, rule 5.
 */
export async function noticesOnTheCase(
  deps: RecordingDeps,
  person: Person,
  { draft, type }: Loaded,
): Promise<readonly FrozenNotice[]> {
  const { hiddenLimits, named } = await onTheCase(deps, person, draft, type);
  const [hidden] = hiddenLimits;
  if (named !== undefined && hidden !== undefined) {
    const others = named.filter((personId) => personId !== person.id);
    return others.map((personId) => ({
      what: 'earlierLimits',
      number: hidden.number,
      audience: { kind: 'person', personId },
    }));
  }
  const firstOf = new Map(hiddenLimits.map(({ authorId, number }) => [authorId, number]));
  return [...firstOf].map(([authorId, number]) => ({
    what: 'earlierLimits',
    number,
    audience: { kind: 'managerOf', personId: authorId },
  }));
}
