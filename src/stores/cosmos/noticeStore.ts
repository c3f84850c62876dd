import type { NoticeStore, StoredNotice } from '../../noticePorts.ts';
import type { Connection, On } from './connection.ts';
import { keepOnce } from './once.ts';
import type { Revisioned, Revisions } from './revisions.ts';
import { idOf } from './text.ts';

type Status = 'pending' | 'sent' | 'givenUp';

export interface NoticeDoc extends StoredNotice, Revisioned {
  readonly key: string;
  readonly doc: 'notice';
  readonly status: Status;
}

/** Keeps the messages that are to be sent in Cosmos DB; what was sent or given up stays, so that it is not queued again. */
export function noticeStore({ call }: Connection, revisions: Revisions): NoticeStore {
  async function queue({ lookups, deadline }: On, notice: StoredNotice): Promise<void> {
    const doc = noticeDoc(notice, 'pending');
    await keepOnce(lookups, deadline, doc.key, doc);
  }

  const placeOf = (on: On, key: string) => ({ documents: on.lookups, deadline: on.deadline, partition: key });

  /** Whoever writes the revision that goes with the next attempt makes it. */
  async function claim(on: On, notice: StoredNotice): Promise<boolean> {
    const next = noticeDoc({ ...notice, attempts: notice.attempts + 1 }, 'pending');
    return (await revisions.replace(placeOf(on, next.key), next)) === 'saved';
  }

  async function settle(on: On, noticeId: string, status: 'sent' | 'givenUp'): Promise<void> {
    const key = keyOf(noticeId);
    const place = placeOf(on, key);
    for (;;) {
      const found = await revisions.read<NoticeDoc>(place, key);
      if (found?.status !== 'pending') return;
      const { _etag, ...kept } = found;
      const next: NoticeDoc = { ...kept, status, revision: found.revision + 1 };
      if ((await revisions.replace(place, next)) === 'saved') return;
    }
  }

  return {
    queue: (notices) =>
      call(async (on) => {
        await Promise.all(notices.map((notice) => queue(on, notice)));
      }),
    pending: (limit) =>
      call(async ({ lookups }) => {
        const sql = `SELECT TOP @limit * FROM c WHERE c.doc = 'notice' AND c.status = 'pending'
          ORDER BY c.queuedAt, c.noticeId`;
        return (await lookups.query<NoticeDoc>({ sql, values: { limit } })).map(asNotice);
      }),
    about: (about) =>
      call(async ({ lookups }) => {
        const sql = `SELECT * FROM c WHERE c.doc = 'notice' AND c.about = @about ORDER BY c.noticeId`;
        return (await lookups.query<NoticeDoc>({ sql, values: { about } })).map(asNotice);
      }),
    claim: (notice) => call((on) => claim(on, notice)),
    settle: (noticeId, how) => call((on) => settle(on, noticeId, how)),
  };
}

const keyOf = (noticeId: string): string => idOf('notice', noticeId);

/** Each attempt is a revision of its own, and so is having been sent or given up. */
export function noticeDoc(notice: StoredNotice, status: Status): NoticeDoc {
  const key = keyOf(notice.noticeId);
  const revision = notice.attempts + (status === 'pending' ? 1 : 2);
  return { id: key, key, doc: 'notice', revision, status, ...notice };
}

export function asNotice({ noticeId, what, about, audience, queuedAt, attempts }: NoticeDoc): StoredNotice {
  return { noticeId, what, about, audience, queuedAt, attempts };
}
