import { z } from 'zod';
import type { CaseStore, StoredCase, StoredGrant } from './casePorts.ts';
import { CodedError } from './errors.ts';
import type { Instant } from './fields.ts';
import type { Keys } from './keyPorts.ts';
import type { StoredVersion } from './ports.ts';

const asked = z.object({
  personId: z.string(),
  at: z.string(),
  recordId: z.string(),
  version: z.number(),
  number: z.string(),
  teamId: z.string(),
});

const restriction = z.object({
  /** `requested` by the author of a record, until a manager confirms or lifts it; it holds either way. */
  state: z.enum(['requested', 'confirmed']),
  /** Ids of those who may see the case: nobody else may. */
  people: z.array(z.string()),
  by: z.string(),
  at: z.string(),
  /** Who asked for it when signing which record; absent where nobody did. */
  asked: asked.exactOptional(),
  /** The records officers were told that nobody had decided. */
  isOverdueTold: z.literal(true).exactOptional(),
});

const body = z.object({
  /** The team of the first record, then those that were added. */
  teams: z.array(z.object({ teamId: z.string(), at: z.string(), addedBy: z.string().exactOptional() })).min(1),
  restriction: restriction.exactOptional(),
});

/** Who may see a case. Source: architecture, "Who may do what". */
export type CaseFacts = z.infer<typeof body> & { readonly caseKey: string; readonly revision: number };

/** Only these people may see a case. */
export type Restriction = z.infer<typeof restriction>;

const grantBody = z.object({ at: z.string(), reason: z.string() });

/**
 * Urgent access to a case: for whom, why, and until when. One that ended as it began was asked for and not given, because
 * only certain people may see the case: it is kept so that they can read why it was asked for.
 */
export type Grant = z.infer<typeof grantBody> & Pick<StoredGrant, 'grantId' | 'personId' | 'caseKey' | 'until'>;

export interface CaseDeps {
  readonly cases: CaseStore;
  readonly keys: Keys;
}

/** The case file that a record belongs to now; `caseKey` is the one that it stands in. */
export function caseOf({
  caseKey,
  linkedTo,
}: {
  readonly caseKey: string;
  readonly linkedTo?: string | undefined;
}): string {
  return linkedTo ?? caseKey;
}

/** A stored version as rights see it. */
export function owned({ caseKey, header }: Pick<StoredVersion, 'caseKey' | 'header'>) {
  return { ...header, caseKey };
}

/** Who may see a case; `undefined` for one in which nothing was recorded yet. Throws `CodedError('store.broken')`. */
export async function caseFacts({ cases, keys }: CaseDeps, caseKey: string): Promise<CaseFacts | undefined> {
  const stored = await cases.read(caseKey);
  return stored && readCase(keys, stored);
}

/** Who may see a case, as it comes from the store. Throws `CodedError('store.broken')` when it was not made with our keys. */
export function readCase(keys: Keys, { caseKey, revision, body: sealed }: StoredCase): CaseFacts {
  const read = body.safeParse(readBody(keys.open({ kind: 'case', caseKey, revision }, sealed)));
  if (!read.success) throw broken(read.error);
  return { ...read.data, caseKey, revision };
}

/** Replaces what was read; resolves only when it is durable. `conflict` when somebody else was quicker. */
export function saveCase({ cases, keys }: CaseDeps, facts: CaseFacts): Promise<'saved' | 'conflict'> {
  return cases.save(packNext(keys, facts));
}

/** The revision that follows what was read, sealed. */
function packNext(keys: Keys, facts: CaseFacts): StoredCase {
  const { caseKey } = facts;
  const revision = facts.revision + 1;
  const plain = Buffer.from(JSON.stringify(body.parse(facts)));
  return {
    caseKey,
    revision,
    ...storedBy(facts),
    body: keys.seal({ kind: 'case', caseKey, revision }, plain),
  };
}

/**
 * What is known of a case once its first record is saved: the team of that record is the case team.
 * Source: architecture, "Who may do what".
 */
export function openedCase(keys: Keys, caseKey: string, teamId: string, at: Instant): StoredCase {
  return packNext(keys, { caseKey, revision: 0, teams: [{ teamId, at }] });
}

/** What a case is found by. */
export function storedBy({ teams, restriction: held }: CaseFacts): Pick<StoredCase, 'teamIds' | 'undecidedSince'> {
  const isWaiting = held?.state === 'requested' && held.isOverdueTold !== true;
  return { teamIds: teams.map(({ teamId }) => teamId), ...(isWaiting ? { undecidedSince: held.at } : {}) };
}

/**
 * Makes the team of the first record the case team, if nothing is known of the case yet. May be repeated.
 * Source: architecture, "Who may do what".
 */
export async function openCase(deps: CaseDeps, caseKey: string, teamId: string, at: Instant): Promise<void> {
  if (await deps.cases.has(caseKey)) return;
  await deps.cases.save(openedCase(deps.keys, caseKey, teamId, at));
}

/** Changes what is known of a case, again on top of whatever somebody else has just changed; how it stands then. */
export async function changeCase(
  deps: CaseDeps,
  caseKey: string,
  change: (facts: CaseFacts) => CaseFacts,
): Promise<CaseFacts | undefined> {
  const facts = await caseFacts(deps, caseKey);
  if (facts === undefined) return undefined;
  const changed = change(facts);
  if (changed === facts) return facts;
  const isSaved = (await saveCase(deps, changed)) === 'saved';
  return isSaved ? { ...changed, revision: facts.revision + 1 } : changeCase(deps, caseKey, change);
}

/** Seals a grant for the store. */
export function packGrant(keys: Keys, grant: Grant): StoredGrant {
  const { grantId, personId, caseKey, until, at, reason } = grant;
  const plain = Buffer.from(JSON.stringify({ at, reason }));
  return { grantId, personId, caseKey, until, body: keys.seal(grantPlace(grant), plain) };
}

/** A grant as it comes from the store. Throws `CodedError('store.broken')` for one that was not made with our keys. */
export function readGrant(keys: Keys, stored: StoredGrant): Grant {
  const { grantId, personId, caseKey, until } = stored;
  const read = grantBody.safeParse(readBody(keys.open(grantPlace(stored), stored.body)));
  if (!read.success) throw broken(read.error);
  return { ...read.data, grantId, personId, caseKey, until };
}

function grantPlace({ grantId, personId, caseKey, until }: Omit<StoredGrant, 'body'>) {
  return { kind: 'grant', grantId, personId, caseKey, until } as const;
}

function readBody(plain: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(plain).toString('utf8'));
  } catch (cause) {
    throw broken(cause);
  }
}

function broken(cause: unknown): CodedError {
  return new CodedError('store.broken', 'What is kept of who may see a case cannot be read.', { cause });
}
