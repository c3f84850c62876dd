import { randomBytes } from 'node:crypto';
import { pino } from 'pino';
import { codeOf, CodedError } from '../src/errors.ts';
import { useBankHolidays } from '../src/workingDays.ts';
import { openAppInstalls } from './appInstalls.ts';
import { inRealTime } from './waiting.ts';
import { readBankHolidays } from './bankHolidaysFile.ts';
import { tokenSourceOf } from './botTokens.ts';
import { closeAtSignal } from './closeAtSignal.ts';
import { endAtFault } from './endAtFault.ts';
import { environment } from './environment.ts';
import { vaultAccess } from './keyVault.ts';
import { loadPeople } from './local/people.ts';
import { startLocal } from './localStart.ts';
import { createMetrics } from './metrics.ts';
import { openStore } from './openStore.ts';
import { readProductionSettings } from './productionSettings.ts';
import { startProduction } from './productionStart.ts';
import { readSettings } from './settings.ts';
import { createLog, personHash, type LogParts } from './log.ts';
import { makeFolder, notesOn } from './starting.ts';
import { tenantDirectory } from './tenantDirectory.ts';

/**
 * Starts the bot from the command line. What stops it from starting is said in one sentence, without a stack, and the
 * process ends with exit code 1.
 */
export async function main(args: readonly string[]): Promise<void> {
  endAtFault();
  try {
    const env = environment();
    await (args.includes('--local') ? runLocal(env) : runInTenant(env));
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
  const settings = readSettings(env);
  const bot = await startLocal(settings, toStderr());
  for (const note of bot.notes) console.log(note);
  console.log(`Sharing Log is ready. Open ${bot.url}/ in a browser. ${STAYS[settings.STORE]}`);
  closeAtSignal(bot);
}

async function runInTenant(env: ReturnType<typeof environment>): Promise<void> {
  const production = readProductionSettings(env);
  const { settings, account } = production;
  const people = production.directory.kind === 'file' ? loadPeople(settings.PEOPLE_FILE) : undefined;
  if (people !== undefined && people.tenantId !== account.tenantId)
    throw new CodedError('setting', 'MicrosoftAppTenantId should be the tenant of the people in PEOPLE_FILE.');
  if (settings.BANK_HOLIDAYS_FILE !== undefined) useBankHolidays(readBankHolidays(settings.BANK_HOLIDAYS_FILE));
  if (settings.STORE === 'sqlite') makeFolder(settings.DATA_DIR);
  const metrics = createMetrics();
  const clientId = account.kind === 'UserAssignedMSI' ? account.appId : undefined;
  const opened = await openStore(settings, {
    tenantId: account.tenantId,
    random: { bytes: (length) => randomBytes(length) },
    observe: metrics.requested,
    ...{ access: vaultAccess(clientId), clientId },
  });
  for (const note of notesOn(opened, new Date().toISOString())) console.log(note);
  const log = createLog({ write: toStderr(), hash: personHash(opened.keys), dropped: metrics.dropped });
  const clock = { now: () => new Date().toISOString() };
  const credential = tokenSourceOf(account);
  const found = await tenantDirectory(production, { people, opened, credential, clock, wait: inRealTime, log });
  const { teamsAppId } = production;
  const installs =
    teamsAppId === undefined ? undefined : openAppInstalls({ teamsAppId, credential, clock, wait: inRealTime });
  const bot = await startProduction(production, { opened, directory: found, log, metrics, installs });
  console.log(`Sharing Log is ready on port ${bot.port}. ${STAYS[settings.STORE]}`);
  closeAtSignal(bot);
}

/** One line of JSON each. Lines that are not out when the process is killed are lost; at a tidy end none are. */
function toStderr(): LogParts['write'] {
  const logger = pino({ base: null }, pino.destination({ dest: 2, sync: false }));
  return (line, level) => logger[level](line);
}
