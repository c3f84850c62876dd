import { randomBytes } from 'node:crypto';
import { makeKeyFile, readKeyFile } from '../bot/keyFile.ts';
import { loadPeople } from '../bot/local/people.ts';
import { CHECK } from '../src/drafts.ts';
import { openKeys } from '../src/keyring.ts';
import type { RecordingDeps } from '../src/recording/deps.ts';
import { createDraft, newDraft } from '../src/recording/drafting.ts';
import { sign } from '../src/recording/signing.ts';
import { share } from '../src/records/share.ts';
import { openSqlite } from '../src/stores/sqlite/openSqlite.ts';
import { aShare, SETTINGS } from '../test/src/aShare.ts';
import { buildStore } from './aStoreToSweep.ts';

export const CASE = 'RFS-50050';
export const RECORDS_IN_CASE = 50;
const MINUTE_MS = 60_000;

/**
 * Makes the store of a local bot: so many records in bulk, and one case of fifty, signed by the first of the people with
 * the functions that the bot itself uses, each answer as long as a careful person writes it.
 */
export async function buildCase(dataDir: string, records: number): Promise<void> {
  const path = `${dataDir}/sharing-log.sqlite`;
  const { tenantId, people } = loadPeople(undefined);
  await buildStore(path, records, tenantId);
  makeKeyFile(`${dataDir}.key`);
  const stores = await openSqlite({ path, tenantId });
  try {
    const [found] = people;
    if (found === undefined) throw new Error('There are no people to record.');
    const { email: _email, ...rest } = found;
    const author = { ...rest, tenantId };
    const random = { bytes: (length: number) => randomBytes(length) };
    const keys = await openKeys(stores.storeKey, readKeyFile(`${dataDir}.key`), tenantId, random);
    const deps: RecordingDeps = {
      ...stores,
      ...{ keys, random, settings: SETTINGS },
      clock: { now: () => new Date().toISOString() },
      directory: {
        person: async () => author,
        team: async () => undefined,
        recordsOfficers: async () => [],
        managersOf: async () => [],
        personNamed: async () => undefined,
        reportsOf: async () => [],
      },
    };
    for (let nth = 0; nth < RECORDS_IN_CASE; nth += 1) {
      const contactAt = new Date(Date.now() - (nth * 7 * 24 * 60 + 5) * MINUTE_MS).toISOString();
      const answers = aShare({ ...LONG, caseReference: CASE, contactAt, consentOn: contactAt.slice(0, 10) });
      const view = await createDraft(deps, author, { ...newDraft(deps, author, share), section: CHECK, answers });
      if (view.kind !== 'check') throw new Error(`The record came to ${view.kind}.`);
      const { draftId, revision } = view.draft;
      const signed = await sign(deps, author, { draftId, revision, section: CHECK, typed: { ...view.typed, signature: author.name } }); // prettier-ignore
      if (signed.kind !== 'receipt') throw new Error(`The record came to ${JSON.stringify(signed).slice(0, 600)}.`);
    }
  } finally {
    await stores.close();
  }
}

const SENTENCE = 'The allocated worker rang the school about the visit that was booked for Thursday afternoon. ';

const LONG = {
  informationShared: SENTENCE.repeat(6),
  reason: SENTENCE.repeat(4),
  outcome: SENTENCE.repeat(3),
  nextAction: SENTENCE.repeat(2),
};
