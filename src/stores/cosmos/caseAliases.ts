import { FOLD_VERSION } from '../../caseReference.ts';
import type { Kept } from '../../copyPorts.ts';
import type { RecordStore } from '../../ports.ts';
import type { Connection } from './connection.ts';
import type { Step } from './documents.ts';
import { remembered } from './remembered.ts';
import { idOf, partsOf } from './text.ts';

/**
 * Says which case file an alias stands for. It stands in the partition that a case file of that alias would be, and mostly is:
 * so it is found by one key, and is made in the batch that makes the case file. One that came from another store may stand
 * for a case file elsewhere.
 * Source: project decision 0016.
 */
export interface AliasDoc {
  readonly id: string;
  readonly caseKey: string;
  readonly doc: 'alias';
  readonly foldVersion: number;
  readonly standsFor: string;
}

const OWN = 'alias-';
const ownFileOf = (alias: string): string => `${OWN}${alias}`;
const aliasId = (alias: string): string => idOf('alias', alias);

export function aliasDoc({ alias, foldVersion, caseKey }: Kept['alias']): AliasDoc {
  return { id: aliasId(alias), caseKey: ownFileOf(alias), doc: 'alias', foldVersion, standsFor: caseKey };
}

export function asAlias({ id, foldVersion, standsFor }: AliasDoc): Kept['alias'] {
  return { alias: partsOf(id)[1] ?? '', foldVersion, caseKey: standsFor };
}

/** What has a case file found by its alias; to be written with its head. None where it has no reference. */
export function aliasSteps(caseKey: string): readonly Step[] {
  if (!caseKey.startsWith(OWN)) return [];
  const alias = caseKey.slice(OWN.length);
  return [{ upsert: aliasDoc({ alias, foldVersion: FOLD_VERSION, caseKey }) }];
}

/** An alias stands for the same case file for ever: it is looked up once in a process. */
export function aliases({ call }: Connection): Pick<RecordStore, 'caseKeyFor' | 'findCaseKey'> {
  const known = remembered<string>();
  const missed = remembered<true>();

  async function find(alias: string): Promise<string | undefined> {
    const there = known.get(alias);
    if (there !== undefined) return there;
    const found = await call(({ cases }) => cases.read<AliasDoc>(ownFileOf(alias), aliasId(alias)));
    if (found === undefined) missed.set(alias, true);
    else known.set(alias, found.standsFor);
    return found?.standsFor;
  }

  return {
    findCaseKey: find,
    // A bot makes aliases of case files in their own partitions only: one that was not there cannot have come to stand elsewhere.
    caseKeyFor: async (alias) => {
      const found = missed.get(alias) === true ? undefined : await find(alias);
      return found ?? ownFileOf(alias);
    },
  };
}
