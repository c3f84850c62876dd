import { accessOf, isNamed } from './access.ts';
import { caseFacts, owned, readGrant, type Grant } from './caseFacts.ts';
import type { Instant } from './fields.ts';
import { wasTold } from './notices.ts';
import type { Person } from './people.ts';
import type { UrgentDeps } from './urgentAccess.ts';

/** Who asked for urgent access and why, for somebody who was told of it. */
export interface UrgentShown {
  readonly kind: 'urgent';
  /** `undefined` for somebody whom the directory does not know any more. */
  readonly asker: Person | undefined;
  readonly at: Instant;
  /** `undefined` when it was not given, because only certain people may see the case. */
  readonly until: Instant | undefined;
  readonly reason: string;
  /** A record of the case that this reader may see; absent where they may see none. */
  readonly number?: string;
}

/**
 * Shows who asked for urgent access, when and why: only to those who were told of it, and who would still be told – a
 * manager or a records officer who may see such a case. To everybody else it is not there. Noted in the access log before it is
 * shown.
 * Source: issue "Case summary", 5.
 */
export async function showUrgent(
  deps: UrgentDeps,
  reader: Person,
  grantId: string,
): Promise<UrgentShown | { readonly kind: 'nothing' }> {
  const stored = await deps.cases.grantById(grantId);
  const grant = stored && readGrant(deps.keys, stored);
  const isShown = grant !== undefined && (await mayRead(deps, reader, grant));
  await deps.access.append({
    at: deps.clock.now(),
    personId: reader.id,
    action: isShown ? 'urgent.show' : 'case.refused',
    subject: isShown ? `${grant.caseKey} ${grantId}` : grantId,
  });
  if (!isShown) return { kind: 'nothing' };
  const number = await numberSeen(deps, reader, grant.caseKey);
  return {
    kind: 'urgent',
    asker: await deps.directory.lastKnown(grant.personId),
    at: grant.at,
    until: isGiven(grant) ? grant.until : undefined,
    reason: grant.reason,
    ...(number === undefined ? {} : { number }),
  };
}

function isGiven({ at, until }: Grant): boolean {
  return until > at;
}

async function mayRead(deps: UrgentDeps, reader: Person, grant: Grant): Promise<boolean> {
  if (reader.asKnown !== undefined) return false;
  if (!isNamed(reader, await caseFacts(deps, grant.caseKey))) return false;
  const isResponsible = reader.roles.includes('manager') || reader.roles.includes('recordsOfficer');
  // The people whom a restriction names need have no such role.
  if (isGiven(grant) && !isResponsible) return false;
  return wasTold(deps, reader.id, grant.grantId);
}

async function numberSeen(deps: UrgentDeps, reader: Person, caseKey: string): Promise<string | undefined> {
  const access = accessOf(deps, reader);
  for (const stored of await deps.records.caseFile(caseKey))
    if ((await access.footing('record.open', owned(stored))) !== undefined) return stored.header.number;
  return undefined;
}
