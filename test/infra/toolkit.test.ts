import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { readProductionSettings } from '../../bot/productionSettings.ts';
import { readPackageSettings } from '../../manifest/packageSettings.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

interface Step {
  readonly uses: string;
  readonly with: {
    readonly args?: string;
    readonly appPackagePath?: string;
    readonly target?: string;
    readonly envs?: Record<string, string | number>;
  };
  readonly env?: Record<string, string>;
  readonly writeToEnvironmentFile?: Record<string, string>;
}

interface Workflow {
  readonly version: string;
  readonly environmentFolderPath: string;
  readonly provision?: readonly Step[];
  readonly deploy?: readonly Step[];
  readonly publish?: readonly Step[];
}

const workflow = (path: string): Workflow => parse(read(path)) as Workflow; // checked against Microsoft's schema by hand
const local = workflow('m365agents.local.yml');
const remote = workflow('m365agents.yml');
const stepsOf = ({ provision = [], deploy = [], publish = [] }: Workflow): readonly Step[] => [
  ...provision,
  ...deploy,
  ...publish,
];

const { scripts } = JSON.parse(read('package.json')) as { readonly scripts: Record<string, string> }; // npm keeps them
const tasks = (JSON.parse(read('.vscode/tasks.json')) as { readonly tasks: readonly Task[] }).tasks; // VS Code's form

interface Task {
  readonly label: string;
  readonly command?: string;
  readonly dependsOn?: readonly string[];
  readonly args?: { readonly ports?: readonly { readonly writeToEnvironmentFile: Record<string, string> }[] };
  readonly problemMatcher?: { readonly background: { readonly endsPattern: string } } | string;
}

/** Settings of the example file, as the Toolkit reads them. */
const EXAMPLE = Object.fromEntries(
  [...read('infra/env/.env.local.example').matchAll(/^(\w+)=(.*)$/gmu)].map(([, name = '', value = '']) => [
    name,
    value,
  ]),
);

/** What the Toolkit and Microsoft make, by the variable that it is written to. */
const MADE: Readonly<Record<string, string>> = {
  TEAMS_APP_ID: '6f0c4bb6-2b0e-4c5e-9d51-0f6a3c1f7a10',
  BOT_ID: '2c9d8a51-7f43-4b86-8f5e-1a2b3c4d5e6f',
  BOT_TENANT_ID: '7d1f2c40-0000-4000-8000-5a1e00000001',
  SECRET_BOT_PASSWORD: 'made-up',
  BOT_ENDPOINT: 'https://tunnel.example.com',
  BOT_DOMAIN: 'tunnel.example.com',
};

const filled = (settings: Record<string, string | number> = {}): Record<string, string> =>
  Object.fromEntries(
    Object.entries(settings).map(([name, value]) => [
      name,
      String(value).replace(
        /\$\{\{(\w+)\}\}/gu,
        (_whole, asked: string) => MADE[asked] ?? EXAMPLE[asked] ?? `no ${asked}`,
      ),
    ]),
  );

describe('F5 with the Microsoft 365 Agents Toolkit', () => {
  it('asks for nothing that nobody makes', () => {
    const asked = [...read('m365agents.local.yml').matchAll(/\$\{\{(\w+)\}\}/gu)].map(([, name = '']) => name);
    const tunnel = tasks.flatMap(({ args }) => args?.ports ?? []).map((port) => port.writeToEnvironmentFile);
    const written = [...stepsOf(local).map((step) => step.writeToEnvironmentFile ?? {}), ...tunnel].flatMap((each) =>
      Object.values(each),
    );
    const known = [...written, ...Object.keys(EXAMPLE)];
    assert.ok(asked.length > 10);
    assert.deepEqual(asked.filter((name) => !known.includes(name)), []); // prettier-ignore
    assert.deepEqual(written.filter((name) => !(name in MADE) && name !== 'BOT_OBJECT_ID'), []); // prettier-ignore
  });

  it('gives “npm run package” all that it needs', () => {
    const step = local.provision?.find(({ with: { args } }) => args === 'run package');
    assert.equal(readPackageSettings(filled(step?.env)).BOT_DOMAIN, MADE.BOT_DOMAIN);
  });

  it('gives the bot settings with which it starts in a tenant', () => {
    const step = local.deploy?.find(({ uses }) => uses === 'file/createOrUpdateEnvironmentFile');
    const { account, directory, settings } = readProductionSettings(filled(step?.with.envs));
    assert.equal(account.kind, 'SingleTenant');
    assert.equal(directory.kind, 'file');
    assert.equal(settings.STORE, 'sqlite');
    assert.ok(scripts['start:teams']?.includes(`--env-file=${step?.with.target?.replace('./', '') ?? 'none'} `));
  });

  it('hands over the package that “npm run package” writes, by scripts that there are', () => {
    const steps = [...stepsOf(local), ...stepsOf(remote)];
    const packages = steps.flatMap(({ with: { appPackagePath } }) => appPackagePath ?? []);
    assert.deepEqual(new Set(packages), new Set(['./sharing-log.zip']));
    assert.ok(read('manifest/package.ts').includes("'sharing-log.zip'"));
    const run = [...steps.flatMap(({ with: { args } }) => args ?? []), ...tasks.flatMap(({ command = '' }) => command)]
      .flatMap((command) => /\brun (\S+)/u.exec(command)?.[1] ?? []); // prettier-ignore
    assert.ok(run.length > 2);
    assert.deepEqual(run.filter((name) => !(name in scripts)), []); // prettier-ignore
  });

  it('waits for the words that the bot says when it is ready', () => {
    const matcher = tasks.find(({ label }) => label === 'Start the bot')?.problemMatcher;
    assert.ok(typeof matcher === 'object');
    assert.match(read('bot/main.ts'), new RegExp(`console\\.log\\(\`${matcher.background.endsPattern} on port`, 'u'));
  });

  it('runs tasks that there are, and debugs where the bot listens for it', () => {
    const labels = tasks.map(({ label }) => label);
    const launch = read('.vscode/launch.json');
    const asked = [
      ...tasks.flatMap(({ dependsOn = [] }) => dependsOn),
      ...[...launch.matchAll(/"preLaunchTask": "([^"]+)"/gu)].map(([, label = '']) => label),
    ];
    assert.ok(asked.length > 5);
    assert.deepEqual(asked.filter((label) => !labels.includes(label)), []); // prettier-ignore
    const port = /--inspect=(\d+)/u.exec(scripts['start:teams'] ?? '')?.[1] ?? 'none';
    assert.ok(launch.includes(`"port": ${port},`));
  });

  it('keeps what it writes out of git, but for the example', () => {
    assert.equal(local.environmentFolderPath, './infra/env');
    assert.equal(remote.environmentFolderPath, './infra/env');
    const ignored = read('.gitignore').split('\n');
    for (const line of ['/infra/env/*', '!/infra/env/.env.local.example', '/.localConfigs', '/tmp/'])
      assert.ok(ignored.includes(line), line);
    assert.ok(existsSync(join(ROOT, 'infra/env/.env.local.example')));
  });
});
