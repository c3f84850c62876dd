import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { LICENCES_PAGE, licenceProblems, licencesPage } from '../../infra/supplyChain/licences.ts';
import { lockedPackages, type LockedPackage } from '../../infra/supplyChain/lockfile.ts';
import { billOfMaterials } from '../../infra/supplyChain/sbom.ts';

const ABOUT = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
  readonly dependencies: Record<string, string>;
  readonly devDependencies: Record<string, string>;
  readonly allowScripts: Record<string, boolean>;
}; // npm keeps these three

const packages = lockedPackages();
const EXACT = /^\d+\.\d+\.\d+(?:-[0-9A-Za-z.-]+)?$/u;
const SHA512 = /^sha512-[A-Za-z0-9+/]{86}==$/u;

/** What is wrong with a locked package; empty when it can only be what was locked. */
function faultsOf({ name, version, integrity = '', resolved, link }: LockedPackage): readonly string[] {
  return [
    ...(EXACT.test(version) ? [] : [`${name}: ${version} is no version`]),
    ...(SHA512.test(integrity) ? [] : [`${name}: no sha512`]),
    ...(resolved === undefined && link === undefined ? [] : [`${name}: comes from an address of its own`]),
  ];
}

const aPackage = (changes: Partial<LockedPackage> = {}): LockedPackage => ({
  ...{ name: 'fictional', version: '1.2.3', license: 'MIT', integrity: `sha512-${'A'.repeat(86)}==` },
  ...changes,
});

describe('the packages that the project is built from', () => {
  it('are asked for in one exact version each', () => {
    const asked = Object.entries({ ...ABOUT.dependencies, ...ABOUT.devDependencies });
    assert.ok(asked.length > 30);
    assert.deepEqual(asked.filter(([, version]) => !EXACT.test(version)), []); // prettier-ignore
  });

  it('are locked by their content, and come from no address of their own', () => {
    assert.ok(packages.length > 200);
    assert.deepEqual(packages.flatMap(faultsOf), []);
  });

  for (const changed of [
    { version: 'git+ssh://git@example.com/fictional.git' },
    { version: 'file:../fictional' },
    { integrity: `sha1-${'A'.repeat(27)}=` },
    { resolved: 'https://example.com/fictional.tgz' },
    { link: true },
  ])
    it(`would not be let in with ${JSON.stringify(changed)}`, () => {
      assert.equal(faultsOf(aPackage(changed)).length, 1);
    });

  it('would not be let in without their content’s hash', () => {
    const { integrity: _integrity, ...without } = aPackage();
    assert.deepEqual(faultsOf(without), ['fictional: no sha512']);
  });

  it('run a script when they are installed only where somebody decided so', () => {
    const running = packages.filter(({ hasInstallScript }) => hasInstallScript).map(({ name }) => name);
    assert.ok(running.includes('node'));
    assert.deepEqual([...new Set(running)].toSorted(), Object.keys(ABOUT.allowScripts).toSorted());
  });

  it('are not installed at all while nobody has decided about a script', () => {
    const kept = readFileSync(new URL('../../.npmrc', import.meta.url), 'utf8').split('\n');
    assert.ok(kept.includes('strict-allow-scripts=true'), 'without it npm runs such a script, and says so');
  });

  it('need no such script in production', () => {
    const needed = packages.filter(({ dev, name }) => dev !== true && ABOUT.allowScripts[name]);
    assert.deepEqual(needed, []);
  });
});

describe('the licences of what runs in production', () => {
  it('are all allowed', () => {
    assert.deepEqual(licenceProblems(packages), []);
  });

  it('stand in docs/licences.md as they are', () => {
    assert.equal(
      readFileSync(LICENCES_PAGE, 'utf8'),
      licencesPage(packages),
      'docs/licences.md is stale: run `npm run licences`',
    );
  });

  it('are refused when they ask for more than is allowed, cannot be read, or are missing', () => {
    const { license: _license, ...without } = aPackage({ name: 'bare' });
    const wrong = ['GPL-3.0-only', 'MIT AND AGPL-3.0-only', 'SEE LICENSE IN LICENSE', 'UNLICENSED'];
    const given = [...wrong.map((license) => aPackage({ name: license, license })), without];
    assert.deepEqual(licenceProblems(given).length, 5);
    assert.ok(licenceProblems(given).includes('bare@1.2.3 names no licence.'));
  });

  it('are taken by the choice that is allowed, and do not matter of what only developers use', () => {
    assert.deepEqual(licenceProblems([aPackage({ license: '(GPL-2.0-only OR MIT)' })]), []);
    assert.deepEqual(licenceProblems([aPackage({ license: 'GPL-3.0-only', dev: true })]), []);
  });
});

interface Bill {
  readonly bomFormat: string;
  readonly metadata: { readonly component: { readonly name: string } };
  readonly components: readonly { readonly name: string; readonly version: string; readonly licenses?: object[] }[];
}

describe('the bill of materials', () => {
  let text = '';
  let bill: Bill;

  before(() => {
    text = billOfMaterials();
    bill = JSON.parse(text) as Bill; // it is read to see whether it is so
  });

  it('is CycloneDX of this project, with every package that runs in production and no other', () => {
    assert.equal(bill.bomFormat, 'CycloneDX');
    assert.equal(bill.metadata.component.name, 'sharing-log');
    const listed = bill.components.map(({ name, version }) => `${name}@${version}`);
    const locked = packages.filter(({ dev }) => dev !== true).map(({ name, version }) => `${name}@${version}`);
    assert.deepEqual([...new Set(listed)].toSorted(), [...new Set(locked)].toSorted());
  });

  it('names a licence for each', () => {
    assert.deepEqual(bill.components.filter(({ licenses }) => licenses === undefined), []); // prettier-ignore
  });

  it('names no address but that of its own format', () => {
    const addresses = [...text.matchAll(/\b\w+:\/\/[^"\s]*/gu)].map(([address]) => address);
    assert.deepEqual(addresses, ['http://cyclonedx.org/schema/bom-1.5.schema.json']);
  });

  it('is the same whenever it is made', () => {
    assert.equal(billOfMaterials(), text);
  });
});
