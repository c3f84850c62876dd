import { CodedError, codeOf } from '../../src/errors.ts';
import { provision } from '../../src/stores/cosmos/provision.ts';
import { environment } from '../environment.ts';
import { clientIdIn } from '../keyHolder.ts';
import { cosmosPlaceOf, readSettings } from '../settings.ts';

/**
 * Makes the database that the settings name, with its containers, as an operator asked: 0 when all is as this release
 * needs it, 2 when it could not be done, which is said in one sentence. May be repeated.
 */
export async function cosmosProvision(env: ReturnType<typeof environment>): Promise<0 | 2> {
  try {
    const place = cosmosPlaceOf(readSettings(env), clientIdIn(env));
    await provision(place, (name, what) => console.log(`${name}: ${what}`));
    console.log(`The database ${place.database} is ready: start the bot with STORE=cosmos.`);
    return 0;
  } catch (error) {
    console.error(error instanceof CodedError ? error.message : `This could not be done (${codeOf(error)}).`);
    return 2;
  }
}

if (import.meta.main) process.exitCode = await cosmosProvision(environment());
