import type { DraftStatus, DraftStore, StoredDraft } from '../../ports.ts';
import type { Connection, On } from './connection.ts';
import type { Revisioned, Revisions } from './revisions.ts';
import { settled } from './settled.ts';
import { idOf, packBytes, unpackBytes } from './text.ts';

export interface DraftDoc extends Revisioned {
  readonly personId: string;
  readonly draftId: string;
  readonly status: DraftStatus;
  readonly touchedAt: string;
  readonly body: string;
}

/** Keeps drafts in Cosmos DB, those of a person in one partition. */
export function draftStore({ call }: Connection, revisions: Revisions): DraftStore {
  const placeOf = ({ drafts, deadline }: On, personId: string) => ({
    documents: drafts,
    deadline,
    partition: personId,
  });

  async function everybodys(on: On, where: string, values: Readonly<Record<string, string | number>>) {
    const sql = `SELECT TOP @limit * FROM c WHERE ${where} ORDER BY c.touchedAt, c.draftId`;
    return (await on.drafts.query<DraftDoc>({ sql, values })).map(asDraft);
  }

  return {
    create: (draft) => call((on) => revisions.create(placeOf(on, draft.personId), draftDoc(draft))),
    save: (draft) => call((on) => revisions.replace(placeOf(on, draft.personId), draftDoc(draft))),
    read: (personId, draftId) =>
      call(async (on) => {
        const doc = await revisions.read<DraftDoc>(placeOf(on, personId), idOf(draftId));
        return doc && asDraft(doc);
      }),
    unfinished: (personId) =>
      call(async ({ drafts }) => {
        const sql = `SELECT * FROM c WHERE c.personId = @personId AND c.status IN ('open', 'committing')
          ORDER BY c.touchedAt DESC, c.draftId DESC`;
        return (await drafts.query<DraftDoc>({ sql, values: { personId } }, personId)).map(asDraft);
      }),
    committing: (limit) => call((on) => everybodys(on, `c.status = 'committing'`, { limit })),
    touchedBefore: (instant, limit) =>
      call((on) => everybodys(on, `c.status = 'open' AND c.touchedAt < @instant`, { instant, limit })),
    countOpen: () =>
      call(async ({ drafts }) => {
        const sql = `SELECT VALUE COUNT(1) FROM c WHERE c.status = 'open'`;
        return (await drafts.query<number>({ sql, values: {} })).reduce((sum, each) => sum + each, 0);
      }),
    discard: (personId, draftId, revision) =>
      call((on) => {
        const place = placeOf(on, personId);
        const find = () => revisions.read<DraftDoc>(place, idOf(draftId));
        let isTried = false;
        return settled<'discarded' | 'conflict'>(on.deadline, {
          async attempt() {
            const found = await find();
            if (found === undefined && isTried) return 'discarded';
            if (found?.revision !== revision || found.status !== 'open') return 'conflict';
            isTried = true;
            const isGone = await on.drafts.remove(personId, found.id, found._etag);
            return isGone && 'discarded';
          },
          // Whoever took it away: what was asked for has been done.
          lookBack: async () => ((await find()) === undefined ? 'discarded' : undefined),
        });
      }),
  };
}

export function draftDoc({ draftId, personId, status, revision, touchedAt, body }: StoredDraft): DraftDoc {
  return { id: idOf(draftId), personId, draftId, status, revision, touchedAt, body: packBytes(body) };
}

export function asDraft({ draftId, personId, status, revision, touchedAt, body }: DraftDoc): StoredDraft {
  return { draftId, personId, status, revision, touchedAt, body: unpackBytes(body) };
}
