import assert from 'node:assert/strict';
import { globSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join, normalize, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { RECORD_TYPES } from '../src/records/registry.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const LINES_AT_MOST = 300;

interface SourceFile {
  /** Relative to the repository, with forward slashes. */
  readonly path: string;
  readonly text: string;
  /** The text without comments. */
  readonly code: string;
  /** Package names as imported, and repository paths for relative imports. */
  readonly imports: readonly string[];
}

const files = ['bot', 'cards', 'src', 'bench', 'manifest', 'infra', 'test'].flatMap(filesUnder).map(readSource);

function filesUnder(folder: string): readonly string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(ts|js|mjs)$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name).slice(ROOT.length).split(sep).join('/'));
}

function readSource(path: string): SourceFile {
  const text = readFileSync(join(ROOT, path), 'utf8');
  const code = text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '$1');
  const named = [...code.matchAll(/(?:\bfrom|\bimport|\bimport\(|\brequire\()\s*['"]([^'"]+)['"]/g)];
  const imports = named.map(([, name]) => {
    const target = name ?? '';
    return target.startsWith('.')
      ? normalize(join(dirname(path), target))
          .split(sep)
          .join('/')
      : target;
  });
  return { path, text, code, imports };
}

const within = (path: string, ...folders: readonly string[]): boolean =>
  folders.some((folder) => path.startsWith(`${folder}/`));
const folderOf = (path: string): string => path.split('/')[0] ?? '';

/** Which folders each folder may import from. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  src: ['src'],
  cards: ['cards', 'src'],
  bot: ['bot', 'cards', 'src'],
  manifest: ['manifest', 'bot', 'src'],
  infra: ['infra', 'src'],
  bench: ['bench', 'bot', 'cards', 'src', 'test'],
  test: ['test', 'bot', 'cards', 'src', 'bench', 'manifest', 'infra'],
};

/** Which folders a package may be imported in. */
const KEPT_TO: readonly { readonly packages: RegExp; readonly folders: readonly string[] }[] = [
  { packages: /^(botbuilder|botframework|restify)/, folders: ['bot', 'test/bot', 'test/journeys', 'bench'] },
  { packages: /^(node:sqlite|@azure\/(cosmos|core-rest-pipeline))/, folders: ['src/stores', 'test'] },
  { packages: /^(node:)?https?$/, folders: ['bot', 'test', 'bench'] },
  { packages: /^prom-client/, folders: ['bot'] },
  { packages: /^adaptivecards/, folders: ['bot/local', 'test'] },
];

/** The clock and chance are handed in; only the edge reads them. */
const CLOCK_OR_CHANCE =
  /\bDate\.now\b|\bnew Date\(\s*\)|\bMath\.random\b|\brandomBytes\b|\brandomUUID\b|\bTemporal\.Now\b|\bgetRandomValues\b/;

function offending(wrong: (file: SourceFile) => readonly string[] | boolean): readonly string[] {
  return files.flatMap((file) => {
    const found = wrong(file);
    if (typeof found === 'boolean') return found ? [file.path] : [];
    return found.map((what) => `${file.path}: ${what}`);
  });
}

describe('the structure of the sources', () => {
  it('is looked at in full', () => {
    assert.ok(files.length > 80, `${files.length} files`);
    assert.ok(files.some(({ path, imports }) => path === 'bot/actions.ts' && imports.includes('src/ids.ts')));
  });

  it('lets imports run from bot to cards to src, and no other way', () => {
    assert.deepEqual(
      offending(({ path, imports }) =>
        imports.filter((name) => folderOf(name) in MAY_IMPORT && !MAY_IMPORT[folderOf(path)]?.includes(folderOf(name))),
      ),
      [],
    );
  });

  it('lets only bot/ start a store of its own choosing: src outside src/stores knows no adapter', () => {
    assert.deepEqual(
      offending(({ path, imports }) =>
        within(path, 'src') && !within(path, 'src/stores') ? imports.filter((name) => within(name, 'src/stores')) : [],
      ),
      [],
    );
  });

  for (const { packages, folders } of KEPT_TO) {
    it(`keeps ${packages.source} to ${folders.join(', ')}`, () => {
      assert.deepEqual(
        offending(({ path, imports }) =>
          within(path, ...folders) ? [] : imports.filter((name) => packages.test(name)),
        ),
        [],
      );
    });
  }

  it('reads neither clock nor chance in src/ and cards/', () => {
    assert.deepEqual(
      offending(({ path, code }) => within(path, 'src', 'cards') && CLOCK_OR_CHANCE.test(code)),
      [],
    );
  });

  it('reads the environment in one file of bot/', () => {
    const readers = offending(({ path, code }) => within(path, 'bot', 'cards', 'src') && /\bprocess\.env\b/.test(code));
    assert.ok(readers.length <= 1, readers.join(', '));
  });

  it('keeps source files within 300 lines', () => {
    assert.deepEqual(
      offending(
        ({ path, text }) => !within(path, 'test', 'src/records') && text.trimEnd().split('\n').length > LINES_AT_MOST,
      ),
      [],
    );
  });

  it('has no `any`, no switched-off rule and nothing left to do', () => {
    const anyType = /(?::|\bas|<|\|)\s*any\b(?!\s*:)/;
    const unfinished = new RegExp(
      ['eslint' + '-disable', '@ts-' + 'ignore', '@ts-' + 'nocheck', '\\bTO' + 'DO\\b', '\\bFIX' + 'ME\\b'].join('|'),
    );
    assert.deepEqual(
      offending(({ text, code }) => anyType.test(code.replace(/'[^'\n]*'|`[^`]*`/g, "''")) || unfinished.test(text)),
      [],
    );
  });

  it('has no test that is left out or runs alone', () => {
    const held = /\b(?:it|describe|context)\.(?:skip|only)\b|\bthis\.skip\(/;
    assert.deepEqual(
      offending(({ path, code }) => within(path, 'test') && held.test(code)),
      [],
    );
  });

  it('has the part of the tests for Cosmos DB run what the other part leaves to it', () => {
    const [all, cosmos] = ['.mocharc.json', '.mocharc.cosmos.json'].map(partOfTests);
    assert.deepEqual(all?.spec, ['test/**/*.test.ts']);
    const left = globSync([...(all.ignore ?? [])], { cwd: ROOT });
    const run = new Set(globSync([...(cosmos?.spec ?? [])], { cwd: ROOT }));
    assert.ok(left.length > 20, `${left.length} files`);
    assert.deepEqual(left.filter((path) => !run.has(path)), []); // prettier-ignore
  });
});

function partOfTests(path: string): { readonly spec: readonly string[]; readonly ignore?: readonly string[] } {
  return JSON.parse(readFileSync(join(ROOT, path), 'utf8')) as { spec: string[]; ignore?: string[] }; // as mocha takes it
}

describe('the declarations', () => {
  for (const type of RECORD_TYPES) {
    it(`of ${type.id} give every field a question, a way to mend it and a source`, () => {
      const wanting = Object.entries(type.fields).filter(([, { label, mend, source }]) =>
        [label, mend, source].some((text) => text.trim() === ''),
      );
      assert.deepEqual(
        wanting.map(([name]) => name),
        [],
      );
    });

    it(`of ${type.id} give every rule and every open item a source`, () => {
      assert.deepEqual(
        [...type.checks, ...type.opens].filter(({ source }) => source.trim() === ''),
        [],
      );
    });

    it(`of ${type.id} end no label with a full stop, and no way to mend it either`, () => {
      const dotted = Object.entries(type.fields).filter(([, { label, mend }]) => /\.$/.test(label) || /\.$/.test(mend));
      assert.deepEqual(
        dotted.map(([name]) => name),
        [],
      );
    });
  }

  it('name no field twice with different kinds', () => {
    const kinds = new Map<string, string>();
    for (const [name, { kind }] of RECORD_TYPES.flatMap((type) => Object.entries(type.fields))) {
      assert.equal(kinds.get(name) ?? kind, kind, name);
      kinds.set(name, kind);
    }
  });
});
