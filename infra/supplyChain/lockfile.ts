import { readFileSync } from 'node:fs';

/** A package as `package-lock.json` names it. */
export interface LockedPackage {
  readonly name: string;
  readonly version: string;
  /** An SPDX expression, if its author gave one. */
  readonly license?: string;
  readonly integrity?: string;
  readonly resolved?: string;
  readonly link?: boolean;
  /** Whether only developers need it. */
  readonly dev?: boolean;
  readonly hasInstallScript?: boolean;
}

export const LOCKFILE = new URL('../../package-lock.json', import.meta.url);

/**
 * Every package in a lockfile, in its order, this project itself left out; one that stands in several places comes several
 * times.
 */
export function lockedPackages(text: string = readFileSync(LOCKFILE, 'utf8')): readonly LockedPackage[] {
  const { packages } = JSON.parse(text) as { packages: Record<string, Omit<LockedPackage, 'name'>> }; // npm writes no other
  return Object.entries(packages)
    .filter(([path]) => path !== '')
    .map(([path, found]) => ({
      name: path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length),
      ...found,
    }));
}
