import type { Instant } from './fields.ts';

export type Role = 'practitioner' | 'manager' | 'recordsOfficer';

/** Someone in the agency's directory, as at the moment of asking. `id` is their Entra object id. */
export interface Person {
  readonly id: string;
  readonly tenantId: string;
  readonly name: string;
  readonly jobTitle: string;
  readonly organisation: string;
  readonly managerId?: string;
  readonly teamIds: readonly string[];
  readonly roles: readonly Role[];
  /**
   * Given while the directory cannot be asked and its last answer is too old for rights: role and teams as they were
   * known then. `teamIds` and `roles` are empty, so that they give no right; `signingAs` reads these.
   */
  readonly asKnown?: AsKnown;
}

/** What the directory last said of somebody, and when. */
export interface AsKnown {
  readonly at: Instant;
  readonly teamIds: readonly string[];
  readonly roles: readonly Role[];
}

/** A team; `id` is its Entra group id. */
export interface Team {
  readonly id: string;
  readonly name: string;
}

/** Somebody as they were last known: named, and able to sign for themselves, without any right by role or team. */
export function lastKnownAs(person: Person, at: Instant): Person {
  const { teamIds, roles } = person;
  return { ...person, teamIds: [], roles: [], asKnown: { at, teamIds, roles } };
}

/**
 * Role and teams to begin and to sign one's own records with, as old as they may be. For nothing else: they open nothing.
 * Source: architecture, "Who may do what"; project decision 0019.
 */
export function signingAs({ teamIds, roles, asKnown }: Person): Pick<Person, 'teamIds' | 'roles'> {
  return asKnown ?? { teamIds, roles };
}
