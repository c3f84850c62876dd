import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { CodedError } from '../../src/errors.ts';

/** Who manages whom where the directory is wrong; `null` for somebody whom nobody manages. Ids in lower case. */
export type Managers = ReadonlyMap<string, string | null>;

export const NO_OVERRIDES: Managers = new Map();

const BYTES_AT_MOST = 1_000_000;

const file = z.strictObject({
  managers: z.record(z.guid().toLowerCase(), z.union([z.guid().toLowerCase(), z.null()])),
});

/**
 * Reads the table of managers. Throws `CodedError('setting')` with one sentence when it cannot be read, is not of the
 * form, or has somebody manage themselves at any remove.
 * Source: issue “In a real tenant”, 3.
 */
export function readManagers(path: string): Managers {
  const read = file.safeParse(jsonIn(path));
  if (!read.success)
    throw new CodedError(
      'setting',
      'MANAGERS_FILE should hold {"managers": {"<object id>": "<object id of the manager>" or null}} and nothing else.',
    );
  const managers = new Map(Object.entries(read.data.managers));
  if ([...managers.keys()].some((id) => leadsBack(managers, id)))
    throw new CodedError('setting', 'MANAGERS_FILE should not have anybody manage themselves, at any remove.');
  return managers;
}

function jsonIn(path: string): unknown {
  try {
    const bytes = readFileSync(path);
    if (bytes.byteLength > BYTES_AT_MOST) throw new CodedError('setting', 'MANAGERS_FILE should be at most 1 MB long.');
    return JSON.parse(bytes.toString('utf8'));
  } catch (error) {
    if (error instanceof CodedError) throw error;
    throw new CodedError('setting', 'MANAGERS_FILE should name a file that can be read and holds JSON.');
  }
}

function leadsBack(managers: Managers, id: string): boolean {
  let at = managers.get(id);
  for (let step = 0; typeof at === 'string' && step <= managers.size; step += 1) {
    if (at === id) return true;
    at = managers.get(at);
  }
  return false;
}
