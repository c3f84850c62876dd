import type { Stores } from '../../src/storePorts.ts';

/** Where a process may be killed while a record, or a further version of one, is signed. */
export const KILL_POINTS = [
  'after the draft is saved',
  'before the freeze',
  'after the freeze',
  'before the number is reserved',
  'after the number is reserved',
  'before it is saved who may see the case',
  'after it is saved who may see the case',
  'before the commit',
  'after the commit',
  'before the draft is closed',
  'after the draft is closed',
  'before the receipt',
  'after the receipt',
] as const;

export type KillPoint = (typeof KILL_POINTS)[number];

/** Puts a call before and after each step of signing that the store sees. */
export function atPoints(stores: Stores, reached: (point: KillPoint) => void): Stores {
  const { drafts, records, cases } = stores;
  const around = async <T>(before: KillPoint, after: KillPoint, call: () => Promise<T>): Promise<T> => {
    reached(before);
    const result = await call();
    reached(after);
    return result;
  };
  return {
    ...stores,
    drafts: {
      ...drafts,
      create: async (draft) => {
        const result = await drafts.create(draft);
        reached('after the draft is saved');
        return result;
      },
      save: (draft) => {
        if (draft.status === 'committing') {
          return around('before the freeze', 'after the freeze', () => drafts.save(draft));
        }
        if (draft.status === 'committed') {
          return around('before the draft is closed', 'after the draft is closed', () => drafts.save(draft));
        }
        return drafts.save(draft);
      },
    },
    cases: {
      ...cases,
      save: (wanted) =>
        around('before it is saved who may see the case', 'after it is saved who may see the case', () =>
          cases.save(wanted),
        ),
    },
    records: {
      ...records,
      reserveNumber: (wanted) =>
        around('before the number is reserved', 'after the number is reserved', () => records.reserveNumber(wanted)),
      commit: (wanted) => around('before the commit', 'after the commit', () => records.commit(wanted)),
    },
  };
}
