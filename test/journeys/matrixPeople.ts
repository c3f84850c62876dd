import { writeFileSync } from 'node:fs';
import { TENANT } from './aBot.ts';

const team = (nth: number): string => `7d1f2c40-0000-4000-8000-7ea00000000${nth}`;
const id = (nth: number): string => `7d1f2c40-0000-4000-8000-9e00000000${String(nth).padStart(2, '0')}`;

/** North began the cases, East was added to them, South only recorded on them, West has nothing to do with them. */
export const TEAMS = { North: team(1), East: team(2), South: team(3), West: team(4) } as const;

interface Member {
  readonly what: string;
  readonly team: keyof typeof TEAMS | undefined;
  readonly roles: readonly ('practitioner' | 'manager' | 'recordsOfficer')[];
  readonly manager?: string;
}

/** Everybody who may or may not see a case, one for each thing that one can be to it. */
export const MEMBERS = {
  ann: { what: 'practitioner of the case team, author of the first record', team: 'North', roles: ['practitioner'], manager: 'lou' },
  nia: { what: 'practitioner of the case team', team: 'North', roles: ['practitioner'] },
  max: { what: 'manager of the case team', team: 'North', roles: ['manager'] },
  nob: { what: 'somebody of the case team without a role', team: 'North', roles: [] },
  eve: { what: 'practitioner of an added team', team: 'East', roles: ['practitioner'] },
  eli: { what: 'manager of an added team', team: 'East', roles: ['manager'] },
  sam: { what: 'author of the second record, of a team that only recorded', team: 'South', roles: ['practitioner'], manager: 'sue' },
  sid: { what: 'practitioner of a team that only recorded', team: 'South', roles: ['practitioner'] },
  sue: { what: 'manager of a team that only recorded', team: 'South', roles: ['manager'] },
  lou: { what: 'manager of the first author, of another team', team: 'West', roles: ['manager'] },
  dee: { what: 'deputy of the first author’s manager', team: 'West', roles: ['practitioner'] },
  wes: { what: 'practitioner of another team', team: 'West', roles: ['practitioner'] },
  win: { what: 'manager of another team', team: 'West', roles: ['manager'] },
  uma: { what: 'practitioner of another team, with urgent access', team: 'West', roles: ['practitioner'] },
  rio: { what: 'records officer', team: undefined, roles: ['recordsOfficer'] },
} as const satisfies Readonly<Record<string, Member>>; // prettier-ignore

export type MemberName = keyof typeof MEMBERS;

export const MEMBER_NAMES = Object.keys(MEMBERS) as readonly MemberName[]; // the keys of the table are all there is

export function idOf(name: MemberName): string {
  return id(MEMBER_NAMES.indexOf(name) + 1);
}

/** A name as people have it: first name and surname. */
export function nameOf(name: MemberName): string {
  return `${name.charAt(0).toUpperCase()}${name.slice(1)} Madeup`;
}

/** Writes the people file of all of them. */
export function writePeopleFile(path: string): void {
  const people = MEMBER_NAMES.map((name) => {
    const { team: teamName, roles, manager }: Member = MEMBERS[name];
    return {
      ...{ id: idOf(name), name: nameOf(name), jobTitle: 'Worker', organisation: 'Exampleshire', roles },
      email: `${name}@exampleshire.example`,
      teamIds: teamName === undefined ? [] : [TEAMS[teamName]],
      ...(manager === undefined ? {} : { managerId: idOf(manager as MemberName) }), // a manager is one of the table
    };
  });
  const teams = Object.entries(TEAMS).map(([name, teamId]) => ({
    ...{ id: teamId, name, channelId: `19:${name.toLowerCase()}@thread.tacv2` },
  }));
  writeFileSync(path, JSON.stringify({ tenantId: TENANT, people, teams }));
}
