import type { Revisioned } from './revisions.ts';

/** Who may see a case: one document in the case’s own partition. */
export interface CaseDoc extends Revisioned {
  readonly id: 'case';
  readonly caseKey: string;
  readonly doc: 'case';
  readonly teamIds: readonly string[];
  readonly undecidedSince?: string;
  readonly body: string;
}
