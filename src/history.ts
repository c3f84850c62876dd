import { accessOf, markedUntil, underGrant } from './access.ts';
import { owned } from './caseFacts.ts';
import { changesBetween, type Change } from './changes.ts';
import type { Entry } from './drafts.ts';
import { endorsementText, endorsementsIn } from './endorsements.ts';
import type { Instant } from './fields.ts';
import { knownType } from './forms.ts';
import { findRecord, type OpeningDeps } from './opening.ts';
import { slowed } from './pacing.ts';
import { unpackPayload } from './payloads.ts';
import type { Person } from './people.ts';
import type { StoredVersion, VersionHeader } from './ports.ts';
import { saidIn, type Said } from './said.ts';
import { storedWording } from './wording.ts';

/** One version of a record: who made it, when, why, and what it changed. */
export interface HistoryPage {
  readonly kind: 'history';
  readonly header: VersionHeader;
  /** How many versions there are. */
  readonly versions: number;
  readonly entry: Entry;
  /** What was said with it, such as the reason; absent where nothing was. */
  readonly said: Said | undefined;
  /** What a manager said of its endorsement with it: "Endorsed by Mo Pretend, …, on …". */
  readonly endorsement: string | undefined;
  /** Against the version before; empty for the first. */
  readonly changes: readonly Change[];
  /** When the urgent access ends by which alone they see it; absent for everybody else. */
  readonly urgentUntil?: Instant;
}

/**
 * One version of a record with what it changed, for someone who may see the record; the latest unless told otherwise, and
 * one past the end is the latest. Noted in the access log before it is shown.
 */
export async function readHistory(
  deps: OpeningDeps,
  person: Person,
  number: string,
  version?: number,
): Promise<HistoryPage | { readonly kind: 'nothing' }> {
  const latest = await findRecord(deps, number);
  const footing = latest && (await accessOf(deps, person).footing('record.history', owned(latest)));
  await deps.access.append({
    at: deps.clock.now(),
    personId: person.id,
    action: footing === undefined ? 'record.refused' : 'record.open',
    subject: number,
    ...underGrant(footing),
  });
  await slowed(deps, person);
  if (latest === undefined || footing === undefined) return { kind: 'nothing' };
  const all = await deps.records.versions(latest.caseKey, latest.header.recordId);
  const at = Math.min(Math.max(1, version ?? all.length), all.length) - 1;
  const shown = all[at] ?? latest;
  const { entry } = unpackPayload(deps.keys, shown);
  const endorsed = endorsementsIn(deps.keys, knownType(shown.header.type), all);
  const endorsement = endorsed.find((each) => each.version === shown.header.version);
  return {
    kind: 'history',
    header: shown.header,
    versions: all.length,
    entry,
    said: await saidIn(deps, shown),
    endorsement: endorsement === undefined ? undefined : endorsementText(endorsement),
    changes: await changesIn(deps, all[at - 1], shown),
    ...markedUntil(footing),
  };
}

async function changesIn(
  deps: OpeningDeps,
  before: StoredVersion | undefined,
  shown: StoredVersion,
): Promise<readonly Change[]> {
  if (before === undefined) return [];
  const wording = await storedWording(deps.records, shown.header.wordingHash);
  const type = knownType(shown.header.type);
  return changesBetween(
    type,
    wording,
    unpackPayload(deps.keys, before).answers,
    unpackPayload(deps.keys, shown).answers,
  );
}
