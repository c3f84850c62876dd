import assert from 'node:assert/strict';
import { openCase } from '../../src/caseFacts.ts';
import { FOLD_VERSION } from '../../src/caseReference.ts';
import { caseAlias, counterpartToken } from '../../src/freezing.ts';
import { knownType } from '../../src/forms.ts';
import { recordNumbers } from '../../src/ids.ts';
import { sealPayload } from '../../src/payloads.ts';
import type { Person } from '../../src/people.ts';
import type { StoredVersion, VersionHeader } from '../../src/ports.ts';
import type { Stores } from '../../src/storePorts.ts';
import { KEYS, TENANT } from './aBench.ts';
import { NOW } from './aShare.ts';
import { aCommit, aHeader } from './stores/contract/builders.ts';

/** What of a record a test cares for. */
export interface Filed {
  /** Rises with the order in which they are begun. */
  readonly nth: number;
  readonly author: Person;
  readonly teamId: string;
  readonly type?: string;
  /** The case; one of its own without. */
  readonly reference?: string | undefined;
  readonly organisation?: string;
  readonly contactAt?: string;
  readonly openItems?: VersionHeader['openItems'];
}

/** Puts a record into the store as signing does: sealed, numbered, in its case, its case open to its team. */
export async function aFiledRecord(stores: Stores, filed: Filed): Promise<StoredVersion> {
  const {
    nth,
    author,
    teamId,
    type = 'share',
    reference,
    organisation = 'Exampleshire Health',
    contactAt = NOW,
  } = filed;
  const recordId = `01KAR0${String(nth).padStart(20, '0')}`;
  const own = `01KACASE${String(nth).padStart(18, '0')}`;
  const alias = reference === undefined ? undefined : caseAlias(KEYS, TENANT, reference);
  const caseKey = alias === undefined ? own : await stores.records.caseKeyFor(alias, FOLD_VERSION, own);
  const record = knownType(type);
  const answers = {
    ...(reference === undefined ? { concerning: 'Q.Z., aged 5' } : { caseReference: reference }),
    [`${record.counterpart ?? ''}Organisation`]: organisation,
    contactAt,
  };
  const header = aHeader({
    ...{ recordId, type, contactAt, teamId, authorId: author.id, isUnlinked: reference === undefined },
    number: recordNumbers(recordId).at(-1) ?? '',
    openItems: filed.openItems ?? [],
    counterpartToken: counterpartToken(KEYS, record, answers),
  });
  const entry = { ...{ signature: author.name, personId: author.id, tenantId: TENANT, name: author.name, teamId }, ...{ jobTitle: author.jobTitle, organisation: author.organisation, roles: [...author.roles], signedAt: NOW } }; // prettier-ignore
  const version = sealPayload(KEYS, caseKey, header, { answers, entry, salt: '00'.repeat(32) });
  const { number } = header;
  assert.equal(await stores.records.reserveNumber({ number, recordId, caseKey }), 'mine');
  await openCase({ cases: stores.cases, keys: KEYS }, caseKey, teamId, NOW);
  const commit = aCommit(await stores.records.head(caseKey), header);
  assert.equal(await stores.records.commit({ ...commit, version }), 'committed');
  return version;
}
