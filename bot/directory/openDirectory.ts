import type { TokenCredential } from '@azure/identity';
import { z } from 'zod';
import { CodedError } from '../../src/errors.ts';
import type { Keys } from '../../src/keyPorts.ts';
import type { Role } from '../../src/people.ts';
import type { Clock, ConversationStore, Directory } from '../../src/ports.ts';
import { graphClient, TIMEOUT_MS, type GraphClient } from './graphClient.ts';
import { graphDirectory } from './graphDirectory.ts';
import type { Agency } from './graphQueries.ts';
import { GROUP_FIELDS, groupShape, mustBeTold, readAs, USER_FIELDS, userShape } from './graphShapes.ts';
import { graphTokens } from './graphToken.ts';
import { keptPeople } from './keptPeople.ts';

/** A directory with what tells whether it can be asked. */
export interface OpenedDirectory {
  readonly directory: Directory;
  /**
   * Resolves when Graph lets the bot read people and groups, and there are the three groups. Else throws the coded
   * fault of the directory, or `setting` with the variable that names no group: for the start, and for readiness.
   * Four requests.
   */
  check(): Promise<void>;
}

export interface GraphParts {
  readonly agency: Agency;
  readonly credential: TokenCredential;
  readonly clock: Clock;
  readonly wait: (durationMs: number) => Promise<void>;
  readonly conversations: ConversationStore;
  readonly keys: Keys;
  /** For tests against a loopback address; Microsoft Graph when it is left out. */
  readonly baseUrl?: string;
  readonly timeoutMs?: number;
}

/** Wires the directory on Microsoft Graph. Nothing is asked for yet. */
export function openGraphDirectory(parts: GraphParts): OpenedDirectory {
  const { agency, credential, clock, wait, timeoutMs = TIMEOUT_MS } = parts;
  const tokens = graphTokens(credential, clock, timeoutMs);
  const address = parts.baseUrl === undefined ? {} : { baseUrl: parts.baseUrl };
  const graph = graphClient({ tokens, clock, wait, timeoutMs, ...address });
  return {
    directory: graphDirectory({ graph, clock, agency, kept: keptPeople(parts) }),
    check: () => checkGraph(graph, agency.groups),
  };
}

const VARIABLES: Readonly<Record<Role, string>> = {
  practitioner: 'PRACTITIONERS_GROUP',
  manager: 'MANAGERS_GROUP',
  recordsOfficer: 'RECORDS_OFFICERS_GROUP',
};

const users = z.looseObject({ value: z.array(userShape) });

async function checkGraph(graph: GraphClient, groups: Agency['groups']): Promise<void> {
  const some = readAs(users, await graph.get(`users?$select=${USER_FIELDS}&$top=1`, 'User.Read.All'));
  for (const { accountEnabled } of some.value) mustBeTold(accountEnabled, 'User.Read.All');
  const asked = Object.entries(groups) as [Role, string][]; // the keys of a record of roles are roles
  await Promise.all(
    asked.map(async ([role, id]) => {
      const group = await graph.get(`groups/${id}?$select=${GROUP_FIELDS}`, 'GroupMember.Read.All');
      if (group === undefined)
        throw new CodedError('setting', `${VARIABLES[role]} should be a group in the directory.`);
      mustBeTold(readAs(groupShape, group).displayName, 'GroupMember.Read.All');
    }),
  );
}
