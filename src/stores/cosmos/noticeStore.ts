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

  async function settle(on: On, noticeId: string, how: 'again' | 'sent' | 'givenUp'): Promise<void> {
    const key = keyOf(noticeId);
    const place = { documents: on.lookups, deadline: on.deadline, partition: key };
    for (;;) {
      const found = await revisions.read<NoticeDoc>(place, key);
      if (found?.status !== 'pending') return;
      const { _etag, ...kept } = found;
      const status = how === 'again' ? 'pending' : how;
      const next: NoticeDoc = { ...kept, status, attempts: found.attempts + 1, revision: found.revision + 1 };
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
    settle: (noticeId, how) => call((on) => settle(on, noticeId, how)),
  };
}

const keyOf = (noticeId: string): string => idOf('notice', noticeId);

export function noticeDoc(notice: StoredNotice, status: Status): NoticeDoc {
  const key = keyOf(notice.noticeId);
  return { id: key, key, doc: 'notice', revision: notice.attempts + 1, status, ...notice };
}

export function asNotice({ noticeId, what, about, audience, queuedAt, attempts }: NoticeDoc): StoredNotice {
  return { noticeId, what, about, audience, queuedAt, attempts };
}
