import { parseArgs } from 'node:util';
import { CodedError, codeOf } from '../../src/errors.ts';
import { environment } from '../environment.ts';
import { clientIdIn } from '../keyHolder.ts';
import { vaultAccess } from '../keyVault.ts';
import { loadPeople } from '../local/people.ts';
import { cosmosPlaceOf, placesOf, readSettings, type Settings } from '../settings.ts';
import { copyCommand, isStoreKind, type StoreKind } from './copyCommand.ts';
import type { ExitCode } from './onStore.ts';
import { isKeyPlace, rotateCommand, type KeyPlace } from './rotateCommand.ts';
import { verifyCommand } from './verifyCommand.ts';

const USAGE = `Use it so:
  npm run -s records -- verify                 checks that every record is as it was signed
  npm run -s records -- verify SL-XXXXXXXX     checks the case file of one record
  npm run -s records -- verify --json          says it for machines
  npm run -s records -- rotate-key             gives the records new keys; stop every bot first
  npm run -s records -- rotate-key --to vault  moves them into the key vault with that
  npm run -s records -- rotate-key --to file   moves them out of it, into the key file
  npm run -s records -- copy --from sqlite --to cosmos
  npm run -s records -- copy --from cosmos --to sqlite
                                               copies everything into an empty store; stop every bot first`;

/**
 * Runs one command on the records, as an operator typed it. What cannot be done is said in one sentence on the error
 * output, and with `--json` on the output as `{ "error": { "code", "message" } }`.
 */
export async function records(
  args: readonly string[],
  env: ReturnType<typeof environment>,
  access = vaultAccess(clientIdIn(env)),
): Promise<ExitCode> {
  const asked = read(args);
  if (asked === undefined) return refused(USAGE);
  try {
    const settings = readSettings(env);
    const tenantId = tenantOf(settings, env);
    if (asked.command === 'copy')
      return await copyCommand(
        { place: placesOf(settings), account: cosmosPlaceOf(settings, clientIdIn(env)), tenantId, access },
        asked,
      );
    const account = settings.STORE === 'cosmos' ? cosmosPlaceOf(settings, clientIdIn(env)) : undefined;
    const on = { place: placesOf(settings), tenantId, access, account };
    return asked.command === 'verify' ? await verifyCommand(on, asked) : await rotateCommand(on, asked.to);
  } catch (error) {
    const code = codeOf(error);
    const isKnown = error instanceof CodedError || code.endsWith('_UNUSABLE');
    const message = isKnown && error instanceof Error ? error.message : `This could not be done (${code}).`;
    if (asked.command === 'verify' && asked.json) console.log(JSON.stringify({ error: { code, message } }));
    return refused(message);
  }
}

/** Whose records they are: as the people file says, or the bot’s registration where people come from Microsoft Graph. */
function tenantOf({ PEOPLE_FILE }: Settings, { MicrosoftAppTenantId = '' }: ReturnType<typeof environment>): string {
  if (PEOPLE_FILE === undefined && MicrosoftAppTenantId !== '') return MicrosoftAppTenantId.toLowerCase();
  return loadPeople(PEOPLE_FILE).tenantId;
}

type Asked =
  | { readonly command: 'verify'; readonly number: string | undefined; readonly json: boolean }
  | { readonly command: 'rotate-key'; readonly to: KeyPlace | undefined }
  | { readonly command: 'copy'; readonly from: StoreKind; readonly to: StoreKind };

/** `undefined` when it is none of the commands. */
function read(args: readonly string[]): Asked | undefined {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: { json: { type: 'boolean', default: false }, from: { type: 'string' }, to: { type: 'string' } },
      allowPositionals: true,
    });
    const { json, from, to } = values;
    const [command, number, ...more] = positionals;
    if (more.length > 0) return undefined;
    if (command === 'verify') return from === undefined && to === undefined ? { command, number, json } : undefined;
    if (number !== undefined || json) return undefined;
    if (command === 'copy')
      return isStoreKind(from) && isStoreKind(to) && from !== to ? { command, from, to } : undefined;
    const isRotation = command === 'rotate-key' && from === undefined && (to === undefined || isKeyPlace(to));
    return isRotation ? { command, to } : undefined;
  } catch (error) {
    if (codeOf(error).startsWith('ERR_PARSE_ARGS')) return undefined;
    throw error;
  }
}

function refused(sentence: string): ExitCode {
  console.error(sentence);
  return 2;
}

if (import.meta.main) process.exitCode = await records(process.argv.slice(2), environment());
