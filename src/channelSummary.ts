import { mayRecord } from './access.ts';
import { caseFacts } from './caseFacts.ts';
import type { Instant } from './fields.ts';
import { knownType } from './forms.ts';
import { caseAlias } from './freezing.ts';
import type { OpeningDeps } from './opening.ts';
import { slowed } from './pacing.ts';
import { unpackPayload } from './payloads.ts';
import type { Person } from './people.ts';
import type { StoredVersion } from './ports.ts';

/** A case as a whole channel may see it: counts, dates and types. */
export interface ChannelSummary {
  readonly kind: 'channelSummary';
  readonly records: number;
  readonly firstContact: Instant;
  readonly lastContact: Instant;
  /** How many records of which type, the most frequent first. */
  readonly types: readonly { readonly title: string; readonly count: number }[];
  /** Records in which the family was asked, by what came of it. */
  readonly consent: Readonly<Record<'yes' | 'no' | 'partly', number>>;
  /** Records with an outcome, and those that wait for one. */
  readonly outcomes: Readonly<Record<'yes' | 'no', number>>;
}

/** Where it was asked for. */
export interface AskedInChannel {
  /** The channel's own team. */
  readonly teamId: string;
  readonly reference: string;
}

/**
 * Counts the records of a case for the channel of one of its case teams; `nothing` for any other team, for a case that
 * only certain people may see, for a case that there is not, and when a member of another team asks. Noted in the access
 * log before it is shown.
 * Source: issue "Case summary", 2.
 */
export async function channelSummary(
  deps: OpeningDeps,
  person: Person,
  { teamId, reference }: AskedInChannel,
): Promise<ChannelSummary | { readonly kind: 'nothing' }> {
  const alias = caseAlias(deps.keys, person.tenantId, reference);
  const caseKey = await deps.records.findCaseKey(alias);
  const all = caseKey !== undefined && (await isOpenTo(deps, person, teamId, caseKey)) ? await deps.records.caseFile(caseKey) : []; // prettier-ignore
  const isShown = caseKey !== undefined && all.length > 0;
  await deps.access.append({
    at: deps.clock.now(),
    personId: person.id,
    action: isShown ? 'case.channel' : 'case.refused',
    subject: isShown ? `${caseKey} ${teamId}` : alias,
  });
  await slowed(deps, person);
  return isShown ? counted(deps, all) : { kind: 'nothing' };
}

async function isOpenTo(deps: OpeningDeps, person: Person, teamId: string, caseKey: string): Promise<boolean> {
  const facts = await caseFacts(deps, caseKey);
  const isCaseTeam = facts?.teams.some((team) => team.teamId === teamId) === true;
  const isMember = mayRecord(person) && person.teamIds.includes(teamId);
  return isCaseTeam && isMember && facts.restriction === undefined;
}

function counted(deps: OpeningDeps, all: readonly StoredVersion[]): ChannelSummary {
  const contacts = all.map(({ header }) => header.contactAt).sort();
  const types = new Map<string, number>();
  const consent = { yes: 0, no: 0, partly: 0 };
  const outcomes = { yes: 0, no: 0 };
  for (const stored of all) {
    const type = knownType(stored.header.type);
    types.set(type.title, (types.get(type.title) ?? 0) + 1);
    const { answers } = unpackPayload(deps.keys, stored);
    const consented = type.says.consented?.(answers);
    if (consented !== undefined) consent[consented] += 1;
    outcomes[stored.header.openItems.some(({ kind }) => kind === 'outcome' || kind === 'completion') ? 'no' : 'yes'] +=
      1;
  }
  return {
    kind: 'channelSummary',
    records: all.length,
    firstContact: contacts[0] ?? '',
    lastContact: contacts.at(-1) ?? '',
    types: [...types].map(([title, count]) => ({ title, count })).sort((a, b) => b.count - a.count),
    consent,
    outcomes,
  };
}
