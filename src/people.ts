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
}

/** A team; `id` is its Entra group id. */
export interface Team {
  readonly id: string;
  readonly name: string;
}
