import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pageAt, ROOT } from './pages.ts';

const EXAMPLES = ['field', 'type', 'command'] as const;
const COPIED = ['bot', 'cards', 'src', 'test', 'docs', 'manifest', 'package.json', 'tsconfig.json', '.env.example'];
/** What the examples concern, of the tests that take no server. */
const CONCERNED = [
  'test/declarations/golden.test.ts',
  'test/declarations/recordTypesPage.test.ts',
  'test/src/completeness.test.ts',
  'test/bot/commands.test.ts',
  'test/manifest/packaging.test.ts',
  'test/docs/guides.test.ts',
];

const { text } = pageAt('CONTRIBUTING.md');

/** What is compiled: the sources, and what the examples change of the tests. */
const COMPILED = {
  extends: './tsconfig.json',
  include: ['bot/*.ts', 'cards/**/*.ts', 'src/**/*.ts', 'test/bot/commands.test.ts', 'test/src/completeAnswers.ts', 'test/src/oracles/*.ts'], // prettier-ignore
};

/** The difference that stands under this name, as `git apply` takes it. */
function differenceOf(example: string): string {
  const found = new RegExp(`<!-- example: ${example} -->\\s+\`\`\`diff\\n([\\s\\S]*?)\`\`\``, 'u').exec(text);
  assert.ok(found?.[1] !== undefined, `no example: ${example}`);
  return found[1];
}

describe('the examples of how to contribute', function () {
  this.timeout(120_000);
  let tree: string;

  function run(program: string, ...args: readonly string[]): void {
    const done = spawnSync(program, args, { cwd: tree, encoding: 'utf8' });
    assert.equal(done.status, 0, `${program} ${args.join(' ')}\n${done.stdout}\n${done.stderr}`);
  }

  function written(example: string): string {
    const path = join(tree, `${example}.diff`);
    writeFileSync(path, differenceOf(example));
    return path;
  }

  before(() => {
    tree = mkdtempSync(join(tmpdir(), 'sharing-log-'));
    for (const name of COPIED) cpSync(join(ROOT, name), join(tree, name), { recursive: true });
    symlinkSync(join(ROOT, 'node_modules'), join(tree, 'node_modules'), 'junction');
  });

  after(() => {
    rmSync(tree, { recursive: true, force: true });
  });

  for (const example of EXAMPLES) {
    it(`apply to the sources as they stand: ${example}`, () => {
      run('git', 'apply', '--check', written(example));
    });
  }

  it('pass the tests that they concern, together and after the two commands that they name', () => {
    run('git', 'apply', ...EXAMPLES.map(written));
    run(process.execPath, 'bot/cli/recordTypesPage.ts');
    run(process.execPath, 'test/declarations/acceptGolden.ts');
    run(process.execPath, 'node_modules/mocha/bin/mocha.js', '--no-config', '--timeout', '60000', ...CONCERNED);
  });

  it('compile', () => {
    writeFileSync(join(tree, 'tsconfig.examples.json'), JSON.stringify(COMPILED));
    run(process.execPath, 'node_modules/typescript/bin/tsc', '--noEmit', '-p', 'tsconfig.examples.json');
  });
});
