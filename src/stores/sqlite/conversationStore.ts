import type { ConversationStore } from '../../ports.ts';
import { bytes, text } from './columns.ts';
import type { Connection } from './connection.ts';

/** Keeps one conversation a person in SQLite: the one saved last. */
export function conversationStore({ db, read, write }: Connection): ConversationStore {
  const replace = db.prepare(
    `INSERT INTO conversations (personId, savedAt, reference) VALUES (?, ?, ?)
      ON CONFLICT (personId) DO UPDATE SET savedAt = excluded.savedAt, reference = excluded.reference`,
  );
  const one = db.prepare('SELECT personId, savedAt, reference FROM conversations WHERE personId = ?');
  return {
    save: ({ personId, savedAt, reference }) =>
      write(() => {
        replace.run(personId, savedAt, reference);
      }),
    read: (personId) =>
      read(() => {
        const row = one.get(personId);
        return (
          row && { personId: text(row, 'personId'), savedAt: text(row, 'savedAt'), reference: bytes(row, 'reference') }
        );
      }),
  };
}
