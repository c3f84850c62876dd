import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { licenceOf } from './licences.ts';
import { lockedPackages } from './lockfile.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const BILL = 'sharing-log.cdx.json';

interface Component {
  readonly 'bom-ref': string;
  readonly name: string;
  readonly version: string;
  readonly licenses?: readonly { readonly license: { readonly id: string } }[];
}

interface Bill {
  readonly serialNumber?: string;
  readonly metadata: { readonly timestamp?: string; readonly component: Component };
  readonly components: readonly Component[];
  readonly dependencies: readonly { readonly ref: string; readonly dependsOn: readonly string[] }[];
}

/**
 * The bill of materials of what runs in production, in CycloneDX, as npm makes it from `package-lock.json` without the
 * network. The same lockfile and npm give the same text: without npm's number and time, and with this project's name
 * in the place of its folder's.
 */
export function billOfMaterials(): string {
  const { serialNumber: _number, metadata, ...all } = billOfEverything();
  const { timestamp: _time, component, ...about } = metadata;
  const used = new Set(lockedPackages().flatMap((each) => (each.dev === true ? [] : [idOf(each)])));
  const components = all.components.filter((each) => used.has(idOf(each))).map(withLicence);
  const refs = new Set([component, ...components].map((each) => each['bom-ref']));
  const dependencies = all.dependencies
    .filter(({ ref }) => refs.has(ref))
    .map(({ ref, dependsOn }) => ({ ref, dependsOn: dependsOn.filter((each) => refs.has(each)) }));
  const own = { ...component, name: 'sharing-log' };
  return `${JSON.stringify({ ...all, metadata: { ...about, component: own }, components, dependencies }, undefined, 2)}\n`;
}

const idOf = ({ name, version }: { readonly name: string; readonly version: string }): string => `${name}@${version}`;

/** With what only developers use: npm's own `--omit=dev` leaves out what production uses as well (seen in 11.19.1). */
function billOfEverything(): Bill {
  const asked = ['sbom', '--sbom-format=cyclonedx', '--sbom-type=application', '--package-lock-only'];
  const made = execFileSync('npm', asked, {
    ...{ cwd: ROOT, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 },
    shell: process.platform === 'win32',
  });
  return JSON.parse(made) as Bill; // npm writes no other
}

function withLicence(component: Component): Component {
  const id = component.licenses === undefined ? licenceOf(component) : undefined;
  return id === undefined ? component : { ...component, licenses: [{ license: { id } }] };
}

if (import.meta.main) {
  writeFileSync(BILL, billOfMaterials());
  console.log(`${BILL} lists what runs in production.`);
}
