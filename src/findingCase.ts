import { caseOf, owned } from './caseFacts.ts';
import { caseAlias } from './freezing.ts';
import type { Keys } from './keyPorts.ts';
import { findRecord } from './opening.ts';
import type { Person } from './people.ts';
import type { RecordStore, StoredVersion } from './ports.ts';

/** What a case is asked for by: its reference as typed, or a record that belongs to it. */
export type CaseAsked = { readonly reference: string } | { readonly number: string };

/** The case that is asked for, whoever asks: nothing is known yet of whether they may see it. */
export interface FoundCase {
  /** `undefined` when there is no such case. */
  readonly caseKey: string | undefined;
  /** What the log says of a refusal: ids, never what was typed. */
  readonly subject: string;
  /** The record that it was asked for by. */
  readonly record?: StoredVersion | undefined;
}

/** Looks up the case that is asked for. */
export async function findCase(
  deps: { readonly records: RecordStore; readonly keys: Keys },
  person: Person,
  asked: CaseAsked,
): Promise<FoundCase> {
  if ('reference' in asked) {
    const alias = caseAlias(deps.keys, person.tenantId, asked.reference);
    return { caseKey: await deps.records.findCaseKey(alias), subject: alias };
  }
  const record = await findRecord(deps, asked.number);
  return { caseKey: record && caseOf(owned(record)), subject: asked.number, record };
}
