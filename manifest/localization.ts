import { z } from 'zod';
import { CodedError } from '../src/errors.ts';
import type { AppManifest } from './appManifest.ts';

/** Words in another language: by the key of the manifest for its names, else by the command or by the English words. */
export type Translation = Readonly<Record<string, string>>;

/** Where a text stands in a manifest, as the files of strings name it, and what it is translated by. */
interface Text {
  readonly key: string;
  readonly english: string;
  readonly by: string;
}

const translation = z.record(z.string(), z.string().min(1));

/** Reads a translation. Throws `CodedError('package')` that names its file. */
export function readTranslation(file: string, text: string): Translation {
  try {
    return translation.parse(JSON.parse(text));
  } catch (cause) {
    throw new CodedError('package', `${file} should hold texts by their names, as JSON.`, { cause });
  }
}

/** The strings of the manifest in its own language. */
export function englishStrings(manifest: AppManifest): Translation {
  return stringsOf(textsOf(manifest).map(({ key, english }) => [key, english]));
}

/**
 * The strings of the manifest in another language. Commands keep their English words, because those are what the bot reads;
 * what they do is translated. Throws `CodedError('package')` that names the text that is not translated.
 */
export function translatedStrings(manifest: AppManifest, file: string, words: Translation): Translation {
  return stringsOf(
    textsOf(manifest).map(({ key, by }) => {
      const said = words[by];
      if (said === undefined) throw new CodedError('package', `${file} does not say “${by}”.`);
      return [key, said];
    }),
  );
}

function stringsOf(strings: readonly (readonly [string, string])[]): Translation {
  return Object.fromEntries(strings);
}

function textsOf({ name, description, bots, composeExtensions }: AppManifest): readonly Text[] {
  const fixed = { 'name.short': name.short, 'name.full': name.full, 'description.short': description.short, 'description.full': description.full }; // prettier-ignore
  const commands = bots.flatMap(({ commandLists }, bot) =>
    commandLists.flatMap((list, at) =>
      list.commands.map(({ title, description: does }, nth) => ({
        key: `bots[${bot}].commandLists[${at}].commands[${nth}].description`,
        english: does,
        by: title,
      })),
    ),
  );
  const extended = composeExtensions.flatMap((extension, at) =>
    extension.commands.flatMap((command, nth) => {
      const place = `composeExtensions[${at}].commands[${nth}]`;
      const parameters = command.parameters ?? [];
      return [
        ...titlesOf(place, command),
        ...parameters.flatMap((parameter, last) => titlesOf(`${place}.parameters[${last}]`, parameter)),
      ];
    }),
  );
  return [...Object.entries(fixed).map(([key, english]) => ({ key, english, by: key })), ...commands, ...extended];
}

function titlesOf(
  place: string,
  { title, description }: { readonly title: string; readonly description?: string | undefined },
): readonly Text[] {
  return [
    { key: `${place}.title`, english: title, by: title },
    ...(description === undefined ? [] : [{ key: `${place}.description`, english: description, by: description }]),
  ];
}
