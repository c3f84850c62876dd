import type { Base } from '../drafts.ts';
import type { Keys } from '../keyPorts.ts';
import { unpackPayload } from '../payloads.ts';
import type { StoredVersion } from '../ports.ts';

/** A stored version as a draft builds on it. */
export function baseOf(keys: Keys, stored: StoredVersion): Base {
  const { header, caseKey } = stored;
  const { recordId, number, version, authorId, teamId, openItems, consentLimited, isUnlinked, linkedTo, contactAt } =
    header;
  const { answers } = unpackPayload(keys, stored);
  return {
    ...{ caseKey, recordId, number, version, authorId, teamId, openItems, consentLimited, isUnlinked, contactAt },
    answers: Object.fromEntries(
      Object.entries(answers).map(([name, answer]) => [name, typeof answer === 'string' ? answer : [...answer]]),
    ),
    ...(linkedTo === undefined ? {} : { linkedTo }),
  };
}
