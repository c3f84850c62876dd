import { z } from 'zod';
import { menuOf, type MenuScope } from '../bot/commandList.ts';
import { CodedError } from '../src/errors.ts';
import type { PackageSettings } from './packageSettings.ts';

const command = z.object({ title: z.string(), description: z.string() });
const titled = z.looseObject({ title: z.string(), description: z.string().optional() });

/** What is read of a manifest here; the schema of Teams checks the rest. */
const manifest = z.looseObject({
  name: z.looseObject({ short: z.string(), full: z.string() }),
  description: z.looseObject({ short: z.string(), full: z.string() }),
  icons: z.looseObject({ color: z.string(), outline: z.string() }),
  bots: z
    .array(
      z.looseObject({
        scopes: z.array(z.enum(['personal', 'team', 'groupChat'])),
        commandLists: z.array(z.looseObject({ scopes: z.array(z.string()), commands: z.array(command) })),
      }),
    )
    .length(1),
  composeExtensions: z
    .array(
      z.looseObject({
        commands: z.array(titled.extend({ id: z.string(), parameters: z.array(titled).optional() })),
      }),
    )
    .length(1),
});

/** The manifest of the Teams app. */
export type AppManifest = z.infer<typeof manifest>;

/**
 * The manifest of one agency’s app: the template with its ids and addresses, and the commands of the registry, in the menu
 * of each scope. Throws `CodedError('package')` for a template that asks for something that there is not.
 */
export function appManifest(template: string, settings: PackageSettings, version: string): AppManifest {
  const values: Readonly<Record<string, string>> = {
    ...settings,
    BOT_ID: settings.MicrosoftAppId,
    APP_VERSION: version,
  };
  const text = template.replace(/\$\{\{([A-Z_]+)\}\}/gu, (_, name: string) => {
    const value = values[name];
    if (value === undefined) throw new CodedError('package', `manifest.json asks for ${name}, which is not set.`);
    return JSON.stringify(value).slice(1, -1);
  });
  return withCommands(parsed(text));
}

function parsed(text: string): AppManifest {
  try {
    const read = manifest.safeParse(JSON.parse(text));
    if (read.success) return read.data;
    const [first] = read.error.issues;
    throw new CodedError(
      'package',
      `manifest.json is not a manifest of this app: look at ${first?.path.join('.') ?? 'it'}.`,
    );
  } catch (error) {
    if (error instanceof SyntaxError) throw new CodedError('package', 'manifest.json is not JSON.', { cause: error });
    throw error;
  }
}

function withCommands(read: AppManifest): AppManifest {
  return {
    ...read,
    bots: read.bots.map((bot) => ({
      ...bot,
      commandLists: bot.scopes.map((scope: MenuScope) => ({ scopes: [scope], commands: [...menuOf(scope)] })),
    })),
  };
}
