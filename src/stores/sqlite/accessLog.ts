import type { AccessLog } from '../../ports.ts';
import type { Connection } from './connection.ts';

/** Keeps the access log in SQLite; entries stand in the order in which they were appended. */
export function accessLog({ db, write }: Connection): AccessLog {
  const insert = db.prepare('INSERT INTO accessLog (at, personId, action, subject) VALUES (?, ?, ?, ?)');
  return {
    append: ({ at, personId, action, subject }) =>
      write(() => {
        insert.run(at, personId, action, subject);
      }),
  };
}
