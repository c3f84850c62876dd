import { accessLog } from '../../../../src/accessLog.ts';
import { packGrant, saveCase } from '../../../../src/caseFacts.ts';
import type { Stores } from '../../../../src/storePorts.ts';
import { chanceFrom, depsOn, keepStoreKey, record, recordSeeded, seededKeys } from '../../../evidence/aSeededStore.ts';

const AT = '2026-11-23T14:05:00.000Z';
const sealed = (text: string): Uint8Array => new Uint8Array(Buffer.from(`sealed ${text}`));

/** Fills a store with something of every kind; `few` with as little as there can be of each. */
export async function fillStore(stores: Stores, seed: string, few = false): Promise<void> {
  const chance = chanceFrom(seed);
  if (few) {
    await keepStoreKey(stores, chance);
    const deps = depsOn(stores, chance);
    for (const reference of ['XX-1', 'XX-2']) await record(deps, chance, reference);
  } else await recordSeeded(stores, chance);
  for (const nth of few ? [1] : [1, 2, 3]) await fillRest(stores, nth);
  await fillLog(stores, seed, few ? 2 : 40);
}

async function fillRest(
  { cases, drafts, conversations, notices, nudges, records }: Stores,
  nth: number,
): Promise<void> {
  const caseKey = `case-of-${nth}`;
  const personId = `person-${nth}`;
  const keys = seededKeys(chanceFrom(`rest ${nth}`));
  const [north, south] = [{ teamId: 'team-north', at: AT }, { teamId: 'team-south', at: AT }] as const; // prettier-ignore
  await saveCase({ cases, keys }, { caseKey, revision: 0, teams: [north] });
  const restriction = { state: 'requested' as const, people: [personId], by: personId, at: AT };
  await saveCase({ cases, keys }, { caseKey, revision: 1, teams: [south, north], restriction }); // prettier-ignore
  await cases.grant(packGrant(keys, { grantId: `grant-${nth}`, personId, caseKey, until: AT, at: AT, reason: 'A visit.' })); // prettier-ignore
  const [linked] = (await Promise.all(['person-asha', 'person-bo'].map((id) => records.byAuthor(id, { limit: 1 })))).flatMap(({ items }) => items); // prettier-ignore
  if (linked === undefined) throw new Error('Nothing was recorded that could be linked.');
  await records.linkInto(caseKey, linked.header.recordId, linked.caseKey);
  await records.linkInto(caseKey, `record-here-${nth}`, caseKey);
  const ofAlias = await records.caseKeyFor(`a11a5${nth}`, 1, `case-of-alias-${nth}`);
  await records.linkInto(ofAlias, linked.header.recordId, linked.caseKey);
  await drafts.create({
    draftId: `draft-${nth}`,
    personId,
    status: 'open',
    revision: 1,
    touchedAt: AT,
    body: sealed(''),
  });
  await conversations.save({ personId, savedAt: AT, reference: sealed(personId) });
  const notice = { what: 'urgent', about: `SL-${nth}`, audience: { kind: 'recordsOfficers' }, queuedAt: AT, attempts: 0 } as const; // prettier-ignore
  const ids = [`SL-${nth}:urgent/officers`, `SL-${nth}:sent`, `SL-${nth}:tried`] as const;
  await notices.queue(ids.map((noticeId) => ({ ...notice, noticeId })));
  await notices.settle(ids[1], 'sent');
  await notices.claim({ ...notice, noticeId: ids[2] });
  for (const date of ['2026-11-23', '2026-11-24'])
    await nudges.create({ personId, date, status: 'claimed', revision: 1, changedAt: AT });
  const counts = { own: nth, team: 2, escalated: 0, drafts: 1, basis: 0 };
  await nudges.save({
    personId,
    date: '2026-11-24',
    status: 'waiting',
    revision: 2,
    changedAt: AT,
    retryAt: AT,
    counts,
  });
  await nudges.saveItem({ recordId: `record-${nth}`, kind: 'outcome', pausedDays: 2, note: 'bm90ZQ==', revision: 1 });
  await nudges.saveItem({ recordId: `record-${nth}`, kind: 'completion', pausedDays: 0, firstStoodOn: '2026-11-23', revision: 1 }); // prettier-ignore
  await nudges.saveDeputy({ managerId: personId, deputyId: 'person-mo', until: '2020-01-01' });
  await nudges.setReachable(personId, false);
}

/** Two processes at once, the one that began last not being the one that wrote last. */
async function fillLog(stores: Stores, seed: string, entries: number): Promise<void> {
  const chance = chanceFrom(`${seed} log`);
  let nowMs = Date.UTC(2026, 10, 24);
  const clock = { now: () => new Date((nowMs += 60_000)).toISOString() };
  const processes = [1, 2].map(() =>
    accessLog({ store: stores.access, keys: seededKeys(chance), clock, random: chance }),
  );
  for (let nth = 0; nth < entries; nth += 1) {
    const action = nth % 2 === 0 ? 'record.open' : 'case.refused';
    const entry = { at: clock.now(), personId: 'person-asha', action, subject: `SL-${nth} case-${nth}` } as const;
    for (const log of processes) await log.append(nth % 3 === 0 ? { ...entry, grantId: 'grant-1' } : entry);
  }
  await processes[0]?.append({ at: clock.now(), personId: 'person-bo', action: 'log.read', subject: 'person-asha' });
}
