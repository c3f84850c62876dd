import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { environment } from '../bot/environment.ts';
import { CodedError, codeOf } from '../src/errors.ts';
import { packageFiles, zipped } from './packaging.ts';

const PACKAGE = 'sharing-log.zip';

/** Builds the app package in the working folder. What is wrong is named in a sentence, and then nothing is written; exit code 2. */
async function main(): Promise<void> {
  const about = readFileSync(new URL('../package.json', import.meta.url), 'utf8');
  const { version } = JSON.parse(about) as { version: string }; // npm reads no package without one
  try {
    const files = await packageFiles(environment(), version);
    replaceWhole(PACKAGE, zipped(files));
    console.log(`${PACKAGE} is built: ${Object.keys(files).join(', ')}.`);
  } catch (error) {
    console.error(error instanceof CodedError ? error.message : `${PACKAGE} could not be built (${codeOf(error)}).`);
    process.exitCode = 2;
  }
}

/** Puts a file in its place at once: where that cannot be, the one before stays, and nothing half is left. */
function replaceWhole(path: string, bytes: Uint8Array): void {
  const part = `${path}.part`;
  try {
    writeFileSync(part, bytes);
    renameSync(part, path);
  } catch (error) {
    rmSync(part, { force: true });
    throw error;
  }
}

await main();
