import { writeFileSync } from 'node:fs';
import satisfies from 'spdx-satisfies';
import { lockedPackages, type LockedPackage } from './lockfile.ts';

export const LICENCES_PAGE = new URL('../../docs/licences.md', import.meta.url);

/** Licences that ask for their text and names to be passed on, and for nothing else. */
const ALLOWED = ['MIT', 'ISC', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', '0BSD', 'BlueOak-1.0.0', 'Unlicense'];

/** Of packages that name no licence where npm reads it: what their own readme says, read for these versions alone. */
const READ_IN_README: ReadonlyMap<string, string> = new Map([
  ['escape-regexp-component@1.0.2', 'MIT'],
  ['semaphore@1.1.0', 'MIT'],
]);

/** The licence of a package as an SPDX expression; `undefined` when it names none and nobody has looked. */
export function licenceOf({ name, version, license }: LockedPackage): string | undefined {
  return license ?? READ_IN_README.get(`${name}@${version}`);
}

/** A sentence for each package that runs in production under a licence that is not allowed, or under none; empty when all are. */
export function licenceProblems(packages: readonly LockedPackage[]): readonly string[] {
  return inProduction(packages).flatMap((each) => {
    const licence = licenceOf(each);
    if (licence === undefined) return [`${idOf(each)} names no licence.`];
    return isAllowed(licence) ? [] : [`${idOf(each)} is under ${licence}, which is not allowed.`];
  });
}

/** The page on the licences of what runs in production. */
export function licencesPage(packages: readonly LockedPackage[]): string {
  const byLicence = Map.groupBy(inProduction(packages), (each) => licenceOf(each) ?? 'none');
  const sections = [...byLicence]
    .toSorted(([one], [other]) => one.localeCompare(other, 'en'))
    .map(([licence, found]) => `## ${licence}\n\n${found.map((each) => `- ${idOf(each)}`).join('\n')}\n`);
  return `# Licences

Sharing Log is under the MIT licence. It runs on these packages, each under the licence that its author gave it. Made by
\`npm run licences\` from \`package-lock.json\`; what is used in development alone is left out.

Allowed are ${ALLOWED.join(', ')}, and what offers one
of them as a choice. A package under another licence, or under none, fails the tests.

${sections.join('\n')}`;
}

function inProduction(packages: readonly LockedPackage[]): readonly LockedPackage[] {
  const found = new Map(packages.filter(({ dev }) => dev !== true).map((each) => [idOf(each), each]));
  return [...found.values()].toSorted((one, other) => idOf(one).localeCompare(idOf(other), 'en'));
}

const idOf = ({ name, version }: LockedPackage): string => `${name}@${version}`;

function isAllowed(licence: string): boolean {
  try {
    return satisfies(licence, ALLOWED);
  } catch {
    return false; // What is no SPDX expression cannot be compared, and so is not allowed.
  }
}

if (import.meta.main) {
  const packages = lockedPackages();
  const problems = licenceProblems(packages);
  for (const problem of problems) console.error(problem);
  if (problems.length === 0) writeFileSync(LICENCES_PAGE, licencesPage(packages));
  else process.exitCode = 2;
}
