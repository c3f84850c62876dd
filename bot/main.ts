import { pino } from 'pino';
import { codeOf, CodedError } from '../src/errors.ts';
import { environment } from './environment.ts';
import { startLocal } from './localStart.ts';
import { readSettings } from './settings.ts';

/**
 * Starts the bot from the command line. What stops it from starting is said in one sentence, without a stack, and the
 * process ends with exit code 1.
 */
export async function main(args: readonly string[]): Promise<void> {
  try {
    const env = environment();
    if (!args.includes('--local')) {
      if ((env.KEY_FILE ?? '') === '') {
        throw new CodedError('setting', 'KEY_FILE should name the file that holds the keys of the records.');
      }
      throw new CodedError(
        'setting',
        'This release runs in local mode only: start it with "npm start". Running in a tenant comes with a later release.',
      );
    }
    await runLocal(env);
  } catch (error) {
    const known = error instanceof CodedError || codeOf(error).endsWith('_UNUSABLE');
    console.error(known && error instanceof Error ? error.message : `Sharing Log could not start (${codeOf(error)}).`);
    process.exitCode = 1;
  }
}

const STAYS = {
  sqlite: 'The data stays on this machine.',
  cosmos: 'The data is kept in the Cosmos DB account.',
} as const;

async function runLocal(env: ReturnType<typeof environment>): Promise<void> {
  const logger = pino({ base: null }, pino.destination({ dest: 2, sync: false }));
  const settings = readSettings(env);
  const bot = await startLocal(settings, (code, counts) => logger.warn({ code, ...counts }));
  for (const note of bot.notes) console.log(note);
  console.log(`Sharing Log is ready. Open ${bot.url}/ in a browser. ${STAYS[settings.STORE]}`);
  const stop = (): void => void bot.close().then(() => process.exit(0));
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
}
