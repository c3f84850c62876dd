import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { unzipSync } from 'fflate';
import { useFakeTimers } from 'sinon';
import { menuOf } from '../../bot/commandList.ts';
import { readCommand } from '../../bot/commands.ts';
import { packageFiles, zipped, type ReadFile } from '../../manifest/packaging.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const MANIFEST = new URL('../../manifest/', import.meta.url);
const ENV = {
  TEAMS_APP_ID: '6f0c4bb6-2b0e-4c5e-9d51-0f6a3c1f7a10',
  MicrosoftAppId: '2c9d8a51-7f43-4b86-8f5e-1a2b3c4d5e6f',
  BOT_DOMAIN: 'sharing-log.example.gov.uk',
  AGENCY_NAME: 'Exampleshire Council',
  WEBSITE_URL: 'https://www.example.gov.uk/sharing-log',
  PRIVACY_URL: 'https://www.example.gov.uk/privacy',
  TERMS_URL: 'https://www.example.gov.uk/terms',
};

const own: ReadFile = (name) => readFileSync(new URL(name, MANIFEST));
const jsonIn = (files: Readonly<Record<string, Uint8Array>>, name: string): Record<string, unknown> =>
  JSON.parse(Buffer.from(files[name] ?? []).toString('utf8')) as Record<string, unknown>; // each of them holds an object

/** The folder as it is, but for one file. */
function but(name: string, change: (text: string) => string | Uint8Array): ReadFile {
  return (asked) => (asked === name ? Buffer.from(change(own(asked).toString())) : own(asked));
}

function damaged(bytes: Uint8Array): Uint8Array {
  return bytes.map((byte, at) => (at === 60 ? byte ^ 1 : byte));
}

function withElevenCommands(text: string): string {
  const template = JSON.parse(text) as { composeExtensions: { commands: unknown[] }[] }; // as it is written
  const [extension] = template.composeExtensions;
  extension!.commands = Array.from({ length: 11 }, () => extension!.commands[0]);
  return JSON.stringify(template);
}

const build = (env: Readonly<Record<string, string | undefined>> = ENV, read: ReadFile = own) =>
  packageFiles(env, '1.2.3', read);

describe('the app package', () => {
  it('holds the manifest, the icons, and the strings in English and Welsh', async () => {
    const files = unzipSync(zipped(await build()));
    assert.deepEqual(Object.keys(files).sort(), [
      'color.png',
      'cy-gb.json',
      'en-gb.json',
      'manifest.json',
      'outline.png',
    ]);
    const manifest = jsonIn(files, 'manifest.json');
    assert.equal(manifest.manifestVersion, '1.29');
    assert.equal(manifest.version, '1.2.3');
    assert.equal(manifest.id, ENV.TEAMS_APP_ID);
    assert.deepEqual(manifest.validDomains, [ENV.BOT_DOMAIN]);
    assert.ok(!JSON.stringify(manifest).includes('${{'));
  });

  it('is the same to the byte whenever it is built', async () => {
    const before = Buffer.from(zipped(await build()));
    const clock = useFakeTimers({ now: Date.parse('2031-07-04T12:00:00Z'), toFake: ['Date'] });
    try {
      assert.deepEqual(Buffer.from(zipped(await build())), before);
    } finally {
      clock.restore();
    }
  });

  for (const scope of ['personal', 'team', 'groupChat'] as const) {
    it(`offers commands in ${scope} that the bot reads, twelve at most`, async () => {
      const { bots } = jsonIn(await build(), 'manifest.json') as {
        bots: { commandLists: { scopes: string[]; commands: { title: string }[] }[] }[];
      }; // as the schema has it
      const lists = bots[0]?.commandLists.filter(({ scopes }) => scopes.includes(scope)) ?? [];
      const titles = lists.flatMap(({ commands }) => commands.map(({ title }) => title));
      assert.deepEqual(titles, menuOf(scope).map(({ title }) => title)); // prettier-ignore
      assert.ok(titles.length > 0 && titles.length <= 12, `${titles.length}`);
      for (const title of titles) assert.notEqual(readCommand(title).kind, 'unknown', title);
    });
  }

  it('says in Welsh everything that it says in English, and keeps the commands', async () => {
    const files = await build();
    const [english, welsh] = [jsonIn(files, 'en-gb.json'), jsonIn(files, 'cy-gb.json')];
    assert.deepEqual(Object.keys(welsh), Object.keys(english));
    const same = Object.keys(english).filter((key) => english[key] === welsh[key]);
    assert.deepEqual(same, ['name.short']);
    assert.ok(Object.keys(welsh).every((key) => !/bots.*title/u.test(key)));
  });

  it('does not translate a text that is no longer there', async () => {
    const used = new Set<string>();
    const words = JSON.parse(own('cy-gb.json').toString()) as Record<string, string>; // checked when it is read
    const files = await build();
    const welsh = new Set(Object.values(jsonIn(files, 'cy-gb.json')));
    for (const [by, text] of Object.entries(words)) if (welsh.has(text)) used.add(by);
    assert.deepEqual(Object.keys(words).filter((by) => !used.has(by)), []); // prettier-ignore
  });
});

describe('what is wrong with an app package', () => {
  for (const [variable, value] of [
    ['TEAMS_APP_ID', 'sharing-log'],
    ['TEAMS_APP_ID', ''],
    ['TEAMS_APP_ID', '00000000-0000-0000-0000-000000000000'],
    ['TEAMS_APP_ID', ENV.MicrosoftAppId.toUpperCase()],
    ['MicrosoftAppId', '2c9d8a51-7f43-4b86-8f5e'],
    ['BOT_DOMAIN', 'https://sharing-log.example.gov.uk'],
    ['BOT_DOMAIN', 'sharing-log.example.gov.uk/api'],
    ['BOT_DOMAIN', 'localhost'],
    ['BOT_DOMAIN', '10.0.0.1'],
    ['BOT_DOMAIN', '*.example.gov.uk'],
    ['BOT_DOMAIN', 'ехample.gov.uk'],
    ['BOT_DOMAIN', 'sharing-log.example.gov.uk:443'],
    ['BOT_DOMAIN', 'sharing-log.localhost'],
    ['BOT_DOMAIN', 'sharing-log.Internal'],
    ['AGENCY_NAME', '   '],
    ['AGENCY_NAME', 'A name that is a good deal longer than Teams has room for'],
    ['WEBSITE_URL', 'http://www.example.gov.uk'],
    ['PRIVACY_URL', 'javascript:alert(1)'],
    ['PRIVACY_URL', 'https://localhost/privacy'],
    ['PRIVACY_URL', 'https://10.0.0.1/privacy'],
    ['PRIVACY_URL', 'https://zebra:canary@www.example.gov.uk/'],
    ['TERMS_URL', 'no address'],
    ['TERMS_URL', undefined],
  ] as const) {
    it(`is named: ${variable} as ${String(value)}`, async () => {
      await assert.rejects(build({ ...ENV, [variable]: value }), (error: Error) => {
        assert.match(error.message, new RegExp(`^${variable} should [^.]+(?:\\.[^.\\s]+)*\\.$`, 'u'));
        assert.ok(value === undefined || value === '' || !error.message.includes(value));
        return true;
      });
    });
  }

  it('is all named at once', async () => {
    await assert.rejects(build({}), (error: Error) =>
      Object.keys(ENV).every((variable) => error.message.includes(variable)),
    );
  });

  for (const [what, read, said] of [
    [
      'a name that is too long',
      but('manifest.json', (text) => text.replace('"Sharing Log"', `"${'x'.repeat(31)}"`)),
      /name\/short/u,
    ],
    [
      'eleven commands of the message extension',
      but('manifest.json', withElevenCommands),
      /composeExtensions\/0\/commands must NOT have more than 10/u,
    ],
    [
      'a word that Teams does not know',
      but('manifest.json', (text) => text.replace('"icons"', '"icon": 1, "icons"')),
      /additional properties/u,
    ],
    ['a template that is not JSON', but('manifest.json', (text) => text.slice(0, -5)), /not JSON/u],
    ['a template without a bot', but('manifest.json', (text) => text.replace('"bots"', '"boots"')), /bots/u],
    [
      'something to be filled in that there is not',
      but('manifest.json', (text) => text.replace('${{BOT_ID}}', '${{BOT_IDD}}')),
      /BOT_IDD/u,
    ],
    [
      'an icon of another size',
      but('color.png', () => own('outline.png')),
      /color\.png should be 192 by 192 pixels; it is 32 by 32/u,
    ],
    [
      'an outline that is not seen through',
      (name: string) => own(name === 'outline.png' ? 'color.png' : name),
      /outline\.png should be/u,
    ],
    [
      'an icon that was cut off',
      but('color.png', () => own('color.png').subarray(0, 900)),
      /color\.png should be a whole/u,
    ],
    [
      'an icon without an end',
      but('color.png', () => own('color.png').subarray(0, -12)),
      /color\.png should be a whole/u,
    ],
    [
      'an icon that was damaged',
      but('outline.png', () => damaged(own('outline.png'))),
      /outline\.png should be a whole/u,
    ],
    ['an icon that is no picture', but('color.png', () => '<svg/>'), /color\.png should be a whole PNG/u],
    [
      'Welsh that says less',
      but('cy-gb.json', (text) => text.replace('"drafts"', '"draughts"')),
      /cy-gb\.json does not say “drafts”/u,
    ],
    [
      'Welsh that is too long',
      but('cy-gb.json', (text) => text.replace('"Chwilio"', `"${'x'.repeat(33)}"`)),
      /cy-gb\.json breaks the rules/u,
    ],
  ] as const) {
    it(`is named: ${what}`, async () => {
      await assert.rejects(build(ENV, read), { code: 'package', message: said });
    });
  }

  for (const name of ['color.png', 'outline.png', 'cy-gb.json', 'manifest.json']) {
    it(`is named: ${name} that is missing`, async () => {
      const read: ReadFile = (asked) => own(asked === name ? 'nowhere.png' : asked);
      await assert.rejects(build(ENV, read), { code: 'package', message: `manifest/${name} is missing or cannot be read (ENOENT).` }); // prettier-ignore
    });
  }
});

describe('npm run package', () => {
  let folder = '';
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'package-'))));
  afterEach(() => rmSync(folder, { recursive: true }));
  const run = (env: Readonly<Record<string, string>>) =>
    spawnSync(process.execPath, [join(ROOT, 'manifest/package.ts')], {
      cwd: folder,
      env: { PATH: process.env.PATH, ...env },
      encoding: 'utf8',
    });

  it('writes the package', () => {
    const { status, stdout } = run(ENV);
    assert.equal(status, 0);
    assert.match(stdout, /sharing-log\.zip is built/u);
    assert.ok(unzipSync(readFileSync(join(folder, 'sharing-log.zip')))['manifest.json'] !== undefined);
  });

  it('writes nothing when something is wrong, and says what', () => {
    const { status, stderr } = run({ ...ENV, BOT_DOMAIN: 'https://x' });
    assert.equal(status, 2);
    assert.match(stderr, /^BOT_DOMAIN should be a host name/u);
    assert.deepEqual(readdirSync(folder), []);
  });

  it('leaves the package of before as it was when something is wrong', () => {
    const path = join(folder, 'sharing-log.zip');
    writeFileSync(path, 'the one of before');
    assert.equal(run({ ...ENV, TEAMS_APP_ID: '' }).status, 2);
    assert.equal(readFileSync(path, 'utf8'), 'the one of before');
    assert.deepEqual(readdirSync(folder), ['sharing-log.zip']);
  });

  it('leaves nothing half where the package cannot be put in its place', () => {
    mkdirSync(join(folder, 'sharing-log.zip'));
    const { status, stderr } = run(ENV);
    assert.equal(status, 2);
    assert.match(stderr, /^sharing-log\.zip could not be built \(E[A-Z]+\)\.$/mu);
    assert.deepEqual(readdirSync(folder), ['sharing-log.zip']);
  });

  it('makes the same package in another time zone', () => {
    const [here, there] = ['Europe/London', 'Pacific/Auckland'].map((TZ) => {
      assert.equal(run({ ...ENV, TZ }).status, 0);
      return readFileSync(join(folder, 'sharing-log.zip'));
    });
    assert.deepEqual(here, there);
  });
});
