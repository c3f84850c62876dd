import { mkdirSync } from 'node:fs';
import type { Server } from 'restify';
import { CodedError } from '../src/errors.ts';
import type { Instant } from '../src/fields.ts';
import { dateOf } from '../src/londonTime.ts';
import { bankHolidaysEnding } from '../src/workingDays.ts';
import type { OpenedStore } from './openStore.ts';

/** Listens, or throws `CodedError('setting')` with one sentence. Without a host: on every address of this machine. */
export function listen(server: Server, port: number, host?: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause: Error & { code?: string }) => {
      const why =
        cause.code === 'EADDRINUSE'
          ? `Port ${port} is in use: stop what uses it, or set PORT to another.`
          : `Port ${port} cannot be used: set PORT to another.`;
      reject(new CodedError('setting', why, { cause }));
    });
    if (host === undefined) server.listen(port, () => resolve());
    else server.listen(port, host, () => resolve());
  });
}

/** Resolves when every answer that was begun is given. */
export function stopListening(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => {
      resolve();
    });
  });
}

const MADE_IN_VAULT =
  'Made keys for the records, which only the key in your vault opens. Turn on purge protection there: without that key, no record can be found or read.';

/** What an operator should read at a start, in local mode or in a tenant. */
export function notesOn({ madeKeyFile, madeInVault = false }: OpenedStore, now: Instant): readonly string[] {
  const ending = bankHolidaysEnding(dateOf(now));
  const made =
    madeKeyFile === undefined
      ? []
      : [
          `Made a key file, ${madeKeyFile}, that only you may read. Keep a copy apart from your backups: without it, no record can be found or read.`,
        ];
  return [...made, ...(madeInVault ? [MADE_IN_VAULT] : []), ...(ending === undefined ? [] : [ending])];
}

/** Makes the folder for the data where there is none. Throws `CodedError('store.missing')`. */
export function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  } catch (cause) {
    throw new CodedError(
      'store.missing',
      `The data folder ${folder} cannot be made. Set DATA_DIR to a folder that you may write to.`,
      { cause },
    );
  }
}
