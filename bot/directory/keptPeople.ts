import { z } from 'zod';
import type { Keys } from '../../src/keyPorts.ts';
import type { Person, Team } from '../../src/people.ts';
import type { ConversationStore } from '../../src/ports.ts';
import type { Known } from './remembered.ts';

/** Somebody with the names of their teams; `undefined` for somebody who is not in the directory any more. */
export type KeptPerson = { readonly person: Person; readonly teams: readonly Team[] } | undefined;

/** What was last known of those who speak to the bot, kept beyond its end. */
export interface KeptPeople {
  /** Keeps it when it differs from what is kept, or is a day younger. */
  keep(id: string, known: Known<KeptPerson>): Promise<void>;
  find(id: string): Promise<Known<KeptPerson> | undefined>;
}

const role = z.enum(['practitioner', 'manager', 'recordsOfficer']);
const keptShape = z.object({
  person: z
    .object({
      ...{ id: z.string(), tenantId: z.string(), name: z.string(), jobTitle: z.string(), organisation: z.string() },
      managerId: z.string().optional(),
      teamIds: z.array(z.string()),
      roles: z.array(role),
    })
    .optional(),
  teams: z.array(z.object({ id: z.string(), name: z.string() })),
});

const DAY_MS = 86_400_000;
const REMEMBERED = 2_000;

/**
 * Keeps it sealed beside the conversations, in a place that nobody's object id is: it goes the same ways, into backups and
 * copies.
 * Source: project decision 0019.
 */
export function keptPeople({ conversations, keys }: { conversations: ConversationStore; keys: Keys }): KeptPeople {
  const last = new Map<string, { readonly text: string; readonly atMs: number }>();

  function note(id: string, text: string, at: string): void {
    if (last.size >= REMEMBERED) last.clear();
    last.set(id, { text, atMs: Date.parse(at) });
  }

  async function find(id: string): Promise<Known<KeptPerson> | undefined> {
    const personId = placeOf(id);
    const stored = await conversations.read(personId);
    if (stored === undefined) return undefined;
    const text = Buffer.from(keys.open({ kind: 'conversation', personId }, stored.reference)).toString('utf8');
    note(id, text, stored.savedAt);
    const { person, teams } = keptShape.parse(JSON.parse(text));
    return { value: person && { person, teams }, at: stored.savedAt };
  }

  return {
    find,
    async keep(id, { value, at }) {
      const text = textOf(value);
      if (!last.has(id)) await find(id);
      const known = last.get(id);
      if (known === undefined && value === undefined) return;
      if (known?.text === text && Date.parse(at) - known.atMs < DAY_MS) return;
      const personId = placeOf(id);
      const reference = keys.seal({ kind: 'conversation', personId }, Buffer.from(text));
      await conversations.save({ personId, savedAt: at, reference });
      note(id, text, at);
    },
  };
}

function placeOf(id: string): string {
  return `known:${id}`;
}

function textOf(value: KeptPerson): string {
  if (value === undefined) return JSON.stringify({ teams: [] });
  const { id, tenantId, name, jobTitle, organisation, managerId, teamIds, roles } = value.person;
  const person = { id, tenantId, name, jobTitle, organisation, ...(managerId === undefined ? {} : { managerId }), teamIds, roles }; // prettier-ignore
  return JSON.stringify({ person, teams: value.teams });
}
