import type { Deputy, ItemState, Nudge, NudgeStore } from '../../nudgePorts.ts';
import type { Connection, On } from './connection.ts';
import type { Query } from './documents.ts';
import type { Revisioned, Revisions } from './revisions.ts';
import { settled } from './settled.ts';
import { idOf, inChunks, listOf } from './text.ts';

/** What the bot asks in one IN at most. */
const ASKED_AT_ONCE = 100;

/** Keeps in Cosmos DB the cards of people and days, what is known of open items, deputies and who cannot be reached. */
export function nudgeStore(connection: Connection, revisions: Revisions): NudgeStore {
  return {
    ...nudges(connection, revisions),
    ...itemStates(connection, revisions),
    ...deputies(connection),
    ...unreachable(connection),
  };
}

export interface NudgeDoc extends Omit<Nudge, 'personId'>, Revisioned {
  readonly owner: string;
  readonly doc: 'nudge';
}

const placeOf = ({ nudges, deadline }: On, owner: string) => ({ documents: nudges, deadline, partition: owner });

type Nudges = Pick<NudgeStore, 'create' | 'save' | 'read' | 'ofDay' | 'latest' | 'latestOf'>;

const NEWEST_FIRST = 'ORDER BY c.date DESC, c.changedAt DESC, c.owner';

function nudges({ call }: Connection, revisions: Revisions): Nudges {
  return {
    create: (nudge) => call((on) => revisions.create(placeOf(on, nudge.personId), nudgeDoc(nudge))),
    save: (nudge) => call((on) => revisions.replace(placeOf(on, nudge.personId), nudgeDoc(nudge))),
    read: (personId, date) =>
      call(async (on) => {
        const found = await revisions.read<NudgeDoc>(placeOf(on, personId), nudgeId(date));
        return found && asNudge(found);
      }),
    ofDay: (date) =>
      call(async ({ nudges }) => {
        const sql = `SELECT * FROM c WHERE c.doc = 'nudge' AND c.date = @date ORDER BY c.owner`;
        return (await nudges.query<NudgeDoc>({ sql, values: { date } })).map(asNudge);
      }),
    latest: (limit) =>
      call(async ({ nudges }) => {
        const sql = `SELECT TOP @limit * FROM c WHERE c.doc = 'nudge' ${NEWEST_FIRST}`;
        const { items, isCutShort } = await nudges.list<NudgeDoc>({ sql, values: { limit } });
        return { items: items.map(asNudge), isCutShort };
      }),
    latestOf: (owner, limit) =>
      call(async ({ nudges }) => {
        const sql = `SELECT TOP @limit * FROM c WHERE c.doc = 'nudge' AND c.owner = @owner ${NEWEST_FIRST}`;
        return (await nudges.query<NudgeDoc>({ sql, values: { owner, limit } }, owner)).map(asNudge);
      }),
  };
}

const nudgeId = (date: string): string => idOf('nudge', date);

export function nudgeDoc({ personId, ...nudge }: Nudge): NudgeDoc {
  return { ...{ id: nudgeId(nudge.date), owner: personId, doc: 'nudge' }, ...nudge };
}

export function asNudge({ owner, date, status, revision, changedAt, retryAt, counts }: NudgeDoc): Nudge {
  return {
    ...{ personId: owner, date, status, revision, changedAt },
    ...(retryAt === undefined ? {} : { retryAt }),
    ...(counts === undefined ? {} : { counts }),
  };
}

export interface ItemDoc extends Omit<ItemState, 'kind'>, Revisioned {
  readonly owner: string;
  readonly doc: 'item';
  readonly item: ItemState['kind'];
}

function itemStates({ call }: Connection, revisions: Revisions): Pick<NudgeStore, 'item' | 'items' | 'saveItem'> {
  async function some({ nudges }: On, recordIds: readonly string[]): Promise<readonly ItemState[]> {
    const list = listOf('record', recordIds);
    const query: Query = {
      sql: `SELECT * FROM c WHERE c.doc = 'item' AND c.recordId IN (${list.sql}) ORDER BY c.recordId, c.item`,
      values: list.values,
    };
    return (await nudges.query<ItemDoc>(query)).map(asItemState);
  }

  return {
    item: (recordId, kind) =>
      call(async (on) => {
        const found = await revisions.read<ItemDoc>(placeOf(on, recordId), itemId(kind));
        return found && asItemState(found);
      }),
    items: (recordIds) =>
      call(async (on) => {
        const chunks = inChunks([...recordIds].sort(), ASKED_AT_ONCE);
        return (await Promise.all(chunks.map((chunk) => some(on, chunk)))).flat();
      }),
    saveItem: (item) =>
      call((on) => {
        const doc = itemDoc(item);
        const place = placeOf(on, item.recordId);
        return item.revision === 1 ? revisions.create(place, doc) : revisions.replace(place, doc);
      }),
  };
}

const itemId = (kind: string): string => idOf('item', kind);

export function itemDoc({ kind, ...item }: ItemState): ItemDoc {
  return { id: itemId(kind), owner: item.recordId, doc: 'item', item: kind, ...item };
}

export function asItemState(doc: ItemDoc): ItemState {
  const { recordId, item, firstStoodOn, snoozedUntil, pausedDays, remindedOn, note, revision } = doc;
  return {
    ...{ recordId, kind: item },
    ...(firstStoodOn === undefined ? {} : { firstStoodOn }),
    ...(snoozedUntil === undefined ? {} : { snoozedUntil }),
    pausedDays,
    ...(remindedOn === undefined ? {} : { remindedOn }),
    ...(note === undefined ? {} : { note }),
    revision,
  };
}

export function deputyDoc({ managerId, deputyId, until }: Deputy) {
  return { id: 'deputy', personId: managerId, doc: 'deputy', deputyId, until };
}

function deputies({ call }: Connection): Pick<NudgeStore, 'saveDeputy' | 'deputies'> {
  return {
    saveDeputy: (deputy) => call(({ people }) => people.upsert(deputy.managerId, deputyDoc(deputy))),
    deputies: (onOrAfter) =>
      call(async ({ people }) => {
        const sql = `SELECT c.personId AS managerId, c.deputyId, c.until FROM c
          WHERE c.doc = 'deputy' AND c.until >= @onOrAfter ORDER BY c.personId`;
        return people.query<Deputy>({ sql, values: { onOrAfter } });
      }),
  };
}

const UNREACHABLE = 'unreachable';

export function unreachableDoc(personId: string) {
  return { id: UNREACHABLE, personId, doc: UNREACHABLE };
}

function unreachable({ call }: Connection): Pick<NudgeStore, 'setReachable' | 'unreachable'> {
  return {
    setReachable: (personId, isReachable) =>
      call(async ({ people, deadline }) => {
        if (!isReachable) return people.upsert(personId, unreachableDoc(personId));
        await settled<true>(deadline, {
          attempt: () => people.remove(personId, UNREACHABLE),
          lookBack: async () => ((await people.read(personId, UNREACHABLE)) === undefined ? true : undefined),
        });
      }),
    unreachable: () =>
      call(async ({ people }) => {
        const sql = `SELECT c.personId FROM c WHERE c.doc = 'unreachable' ORDER BY c.personId`;
        const found = await people.query<{ readonly personId: string }>({ sql, values: {} });
        return found.map(({ personId }) => personId);
      }),
  };
}
