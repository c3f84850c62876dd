import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { isBuiltin } from 'node:module';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { validate } from 'dockerfile-utils';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

const TEXT = read('infra/Containerfile');
const ABOUT = JSON.parse(read('package.json')) as {
  readonly dependencies: Record<string, string>;
  readonly devDependencies: Record<string, string>;
}; // npm keeps both

/** Instructions and what follows each, in their order; a line that goes on is one with the next. */
const INSTRUCTIONS = TEXT.replace(/^#.*\n/gmu, '')
  .replace(/\\\n/gu, ' ')
  .split('\n')
  .flatMap((line) => {
    const [, name, rest] = /^([A-Z]+)\s+(.*)$/u.exec(line) ?? [];
    return name === undefined || rest === undefined ? [] : [{ name, rest: rest.replace(/\s+/gu, ' ') }];
  });
const following = (name: string): readonly string[] =>
  INSTRUCTIONS.filter((each) => each.name === name).map(({ rest }) => rest);

/** Copies from this repository, not from another stage. */
const COPIED = following('COPY')
  .filter((rest) => !rest.startsWith('--from'))
  .flatMap((rest) => rest.split(' ').slice(0, -1));

function commandOf(rest = ''): readonly string[] {
  const list: unknown = JSON.parse(rest.slice(rest.indexOf('[')));
  return list as readonly string[]; // the form without a shell is a list of words
}

describe('the container file', () => {
  it('is one, by the rules of the format', () => {
    assert.deepEqual(validate(TEXT), []);
    assert.ok(validate('FROM node:24\nUSERS 1000\n').length > 0);
  });

  it('is built on the Node that the tests run on', () => {
    const tags = following('FROM').map((rest) => /node:(\S+?)-bookworm-slim\b/u.exec(rest)?.[1]);
    assert.deepEqual(new Set(tags), new Set([ABOUT.devDependencies.node]));
  });

  it('runs as nobody in particular, who owns none of the code', () => {
    assert.match(following('USER').at(-1) ?? '', /^[1-9]\d*:[1-9]\d*$/u);
    assert.deepEqual(
      following('COPY').filter((rest) => rest.includes('--ch')),
      [],
    );
  });

  it('installs what the lockfile says for production, and runs no script for it', () => {
    assert.deepEqual(
      following('RUN').filter((rest) => /\bnpm (?:i|install|add)\b/u.test(rest)),
      [],
    );
    assert.ok(following('RUN').includes('npm ci --omit=dev --ignore-scripts'));
  });

  it('starts the bot in a tenant, without a shell between it and the signal to stop', () => {
    const [program, file, ...more] = commandOf(following('CMD').at(-1));
    assert.deepEqual([program, more], ['node', []]);
    assert.ok(file !== undefined && existsSync(join(ROOT, file)), file);
    assert.deepEqual(following('STOPSIGNAL'), ['SIGTERM']);
  });

  for (const { status, exit } of [
    { status: 200, exit: 0 },
    { status: 503, exit: 1 },
  ])
    it(`is ${exit === 0 ? 'well' : 'unwell'} when the bot answers ${status}`, async () => {
      const asked: (string | undefined)[] = [];
      const server = createServer((request, response) => {
        asked.push(request.url);
        response.writeHead(status);
        response.end();
      });
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      const port = String((server.address() as AddressInfo).port); // it listens on a port
      assert.equal(await exitOfCheck(port), exit);
      server.close();
      assert.deepEqual(asked, ['/health/live']);
      assert.ok(read('bot/server.ts').includes("'/health/live'"));
    });

  it('is unwell when nothing answers', async () => {
    assert.equal(await exitOfCheck('1'), 1);
  });
});

/** What Docker or Podman would learn of a bot on that port. */
async function exitOfCheck(port: string): Promise<number | string | undefined> {
  const [, ...args] = commandOf(following('HEALTHCHECK').at(-1));
  return new Promise((resolve) => {
    execFile(process.execPath, args, { env: { PORT: port } }, (error) => resolve(error?.code ?? (error ? 1 : 0)));
  });
}

describe('what goes into the image', () => {
  it('is there, and is all that may be sent to be built', () => {
    assert.deepEqual(COPIED.filter((path) => !existsSync(join(ROOT, path))), []); // prettier-ignore
    const [all, ...allowed] = read('.dockerignore').split('\n').filter((line) => line !== '' && !line.startsWith('#')); // prettier-ignore
    assert.equal(all, '*');
    assert.deepEqual(allowed.map((line) => line.replace(/^!|\/$/gu, '')).toSorted(), [...new Set(COPIED)].toSorted());
  });

  it('holds every package that its code asks for, with nothing for developers alone', () => {
    const sources = ['bot', 'cards', 'src'].flatMap((folder) =>
      readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
        .filter((file) => /\.(?:ts|js)$/u.test(file) && !file.endsWith('.d.ts'))
        .map((file) => join(folder, file)),
    );
    assert.ok(sources.length > 100);
    const missing = sources.flatMap((path) =>
      packagesIn(read(path))
        .filter((name) => !(name in ABOUT.dependencies))
        .map((name) => `${path}: ${name}`),
    );
    assert.deepEqual(missing, []);
  });

  it('would be found to lack what only developers have', () => {
    assert.deepEqual(packagesIn("import type { A } from 'a';\nimport { b } from '@c/d/e.js';\nawait import('f/g');"), [
      '@c/d',
      'f',
    ]);
  });
});

/** Packages that a file asks for when it runs: no types, nothing of Node's own or of this project. */
function packagesIn(text: string): readonly string[] {
  const code = text.replace(/^(?:import|export) type [^;]*;/gmu, '').replace(/^\s*(?:\/\/|\*).*$/gmu, '');
  return [...code.matchAll(/(?:\bfrom|\bimport\(?|\brequire\(|\b(?:meta|require)\.resolve\()\s*'([^'\s]+)'/gu)]
    .map(([, name = '']) => name)
    .filter((name) => /^[@a-z]/u.test(name) && !isBuiltin(name))
    .map((name) => name.split('/').slice(0, name.startsWith('@') ? 2 : 1).join('/')); // prettier-ignore
}
