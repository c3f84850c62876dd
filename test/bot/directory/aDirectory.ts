import type { TokenCredential } from '@azure/identity';
import { openGraphDirectory, type OpenedDirectory } from '../../../bot/directory/openDirectory.ts';
import type { Agency } from '../../../bot/directory/graphQueries.ts';
import type { PeopleFile } from '../../../bot/local/people.ts';
import type { ConversationStore } from '../../../src/ports.ts';
import { openSqlite } from '../../../src/stores/sqlite/openSqlite.ts';
import { KEYS } from '../../src/aBench.ts';
import { entraOf, graphDouble, GROUPS, type GraphDouble } from './graphDouble.ts';

export const guid = (last: string): string => `00000000-0000-4000-8000-${last.padStart(12, '0')}`;

export const TENANT = guid('7e');
export const NORTH = guid('a1');
export const SOUTH = guid('a2');
export const ASHA = guid('1');
export const MO = guid('2');
export const ZED = guid('3');
export const ROWAN = guid('4');
export const SAM = guid('5');
export const SAM_TOO = guid('6');
export const ORLA = guid('7');

type FilePerson = PeopleFile['people'][number];

function aFilePerson(id: string, name: string, changes: Partial<FilePerson>): FilePerson {
  return {
    ...{ id, name, jobTitle: 'Social worker', organisation: 'Exampleshire Council', email: 'made.up@example.org' },
    ...{ teamIds: [NORTH], roles: ['practitioner'], ...changes },
  };
}

/** Fictional people: two of one name, one with a quotation mark in hers, a manager and a manager's manager. */
export const PEOPLE: PeopleFile = {
  tenantId: TENANT,
  people: [
    aFilePerson(ASHA, 'Asha Invented', { managerId: MO, teamIds: [NORTH, SOUTH] }),
    aFilePerson(MO, 'Mo Pretend', { managerId: ZED, roles: ['manager'] }),
    aFilePerson(ZED, 'Zed Fiction', { teamIds: [NORTH, SOUTH], roles: ['manager'] }),
    aFilePerson(ROWAN, 'Rowan Ledger', { teamIds: [], roles: ['recordsOfficer'] }),
    aFilePerson(SAM, 'Sam Same', { managerId: MO }),
    aFilePerson(SAM_TOO, 'Sam Same', { managerId: ZED, teamIds: [SOUTH] }),
    aFilePerson(ORLA, "Orla O'Story", { managerId: ZED, teamIds: [SOUTH] }),
  ],
  teams: [
    { id: NORTH, name: 'North', channelId: '19:north@thread.tacv2' },
    { id: SOUTH, name: 'South and West', channelId: '19:south@thread.tacv2' },
  ],
};

export interface DirectoryBench extends OpenedDirectory {
  readonly graph: GraphDouble;
  readonly conversations: ConversationStore;
  /** How long each wait took that a request had to bear. */
  readonly waits: number[];
  pass(durationMs: number): void;
  /** Forgets all that the process knew, as a restart does. */
  restarted(): OpenedDirectory;
  close(): Promise<void>;
}

export interface DirectoryOptions {
  readonly agency?: Partial<Agency>;
  readonly people?: PeopleFile;
  readonly timeoutMs?: number;
  readonly credential?: TokenCredential;
}

export const START = '2026-11-23T14:05:00.000Z';

/** The directory over a double of Graph, with a clock of its own. Whoever opens it closes it. */
export async function aDirectory(options: DirectoryOptions = {}): Promise<DirectoryBench> {
  const graph = await graphDouble(entraOf(options.people ?? PEOPLE));
  let nowMs = Date.parse(START);
  const waits: number[] = [];
  const stores = await openSqlite({ path: ':memory:', tenantId: TENANT });
  const { conversations } = stores;
  const credential = options.credential ?? {
    getToken: async () => ({ token: 'a-token', expiresOnTimestamp: nowMs + 3_600_000 }),
  };
  const open = (): OpenedDirectory =>
    openGraphDirectory({
      agency: {
        ...{ tenantId: TENANT, organisation: 'Exampleshire', groups: GROUPS, teams: undefined, managers: new Map() },
        ...options.agency,
      },
      clock: { now: () => new Date(nowMs).toISOString() },
      wait: async (durationMs) => {
        waits.push(durationMs);
        nowMs += durationMs;
      },
      ...{ credential, conversations, keys: KEYS, baseUrl: graph.baseUrl, timeoutMs: options.timeoutMs ?? 10_000 },
    });
  return {
    ...open(),
    ...{ graph, conversations, waits, restarted: open },
    pass(durationMs) {
      nowMs += durationMs;
    },
    async close() {
      await graph.close();
      await stores.close();
    },
  };
}
