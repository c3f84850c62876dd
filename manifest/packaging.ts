import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { AppManifestUtils } from '@microsoft/app-manifest';
import { zipSync, type Zippable } from 'fflate';
import { z } from 'zod';
import { isPattern } from '../bot/settings.ts';
import { codeOf, CodedError } from '../src/errors.ts';
import { appManifest } from './appManifest.ts';
import { checkIcon } from './icon.ts';
import { englishStrings, readTranslation, translatedStrings } from './localization.ts';
import { readPackageSettings } from './packageSettings.ts';

const FOLDER = new URL('./', import.meta.url);
const SCHEMAS = '@microsoft/app-manifest/build/json-schemas/teams/v1.29';
const ENGLISH = 'en-gb.json';
const WELSH = 'cy-gb.json';
const [COLOUR_PIXELS, OUTLINE_PIXELS] = [192, 32];
/** The same files make the same package, to the byte, whenever it is built. */
const MADE = new Date(2026, 0, 1);

/** Reads a file of the folder `manifest/`. */
export type ReadFile = (name: string) => Uint8Array;

/** The files of the app package by name, each checked against the limits of Teams. Throws coded errors that name what is wrong. */
export async function packageFiles(
  env: Readonly<Record<string, string | undefined>>,
  version: string,
  read: ReadFile = readOwn,
): Promise<Readonly<Record<string, Uint8Array>>> {
  const settings = readPackageSettings(env);
  const text = (name: string): string => Buffer.from(found(read, name)).toString('utf8');
  const manifest = appManifest(text('manifest.json'), settings, version);
  await check('manifest.json', manifest, 'MicrosoftTeams.schema.json');
  const { color, outline } = manifest.icons;
  const icons = { [color]: found(read, color), [outline]: found(read, outline) };
  checkIcon(color, found(read, color), COLOUR_PIXELS, false);
  checkIcon(outline, found(read, outline), OUTLINE_PIXELS, true);
  const strings = {
    [ENGLISH]: englishStrings(manifest),
    [WELSH]: translatedStrings(manifest, WELSH, readTranslation(WELSH, text(WELSH))),
  };
  for (const [name, these] of Object.entries(strings))
    await check(name, these, 'MicrosoftTeams.Localization.schema.json');
  return { 'manifest.json': packed(manifest), ...mapped(strings, packed), ...icons };
}

/** The package as the one file that Teams takes. */
export function zipped(files: Readonly<Record<string, Uint8Array>>): Uint8Array {
  const entries: Zippable = mapped(files, (bytes) => [bytes, { mtime: MADE, level: 9 }]);
  return zipSync(entries);
}

function mapped<T, U>(of: Readonly<Record<string, T>>, by: (value: T) => U): Record<string, U> {
  return Object.fromEntries(Object.entries(of).map(([name, value]) => [name, by(value)]));
}

function packed(value: unknown): Uint8Array {
  return Buffer.from(`${JSON.stringify(value, undefined, 2)}\n`);
}

async function check(file: string, value: object, schemaFile: string): Promise<void> {
  const schema: unknown = createRequire(import.meta.url)(`${SCHEMAS}/${schemaFile}`);
  const [checked, by] = [value, usable(schema)] as unknown as Parameters<typeof AppManifestUtils.validateAgainstSchema>; // declared for one version of the manifest; it checks any
  const problems = await AppManifestUtils.validateAgainstSchema(checked, by);
  if (problems.length > 0)
    throw new CodedError('package', `${file} breaks the rules of Teams: ${[...new Set(problems)].join('; ')}.`);
}

const patterned = z.looseObject({ patternProperties: z.record(z.string(), z.unknown()).optional() });

/**
 * A schema without those patterns of names that are no regular expressions, as one of 1.29 is not. What only they would
 * allow is refused then.
 */
function usable(schema: unknown): unknown {
  const read = patterned.parse(schema);
  if (read.patternProperties === undefined) return read;
  const kept = Object.entries(read.patternProperties).filter(([pattern]) => isPattern(pattern));
  return { ...read, patternProperties: Object.fromEntries(kept) };
}

function found(read: ReadFile, name: string): Uint8Array {
  try {
    return read(name);
  } catch (cause) {
    throw new CodedError('package', `manifest/${name} is missing or cannot be read (${codeOf(cause)}).`, { cause });
  }
}

function readOwn(name: string): Uint8Array {
  return readFileSync(new URL(name, FOLDER));
}
