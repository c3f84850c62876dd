import type { Rights } from '../access.ts';
import type { Draft } from '../drafts.ts';
import { dateOf } from '../londonTime.ts';
import type { PacingDeps } from '../pacing.ts';
import type { AccessLog, DraftStore, Random, RecordStore } from '../ports.ts';
import type { NoticeStore } from '../noticePorts.ts';
import type { RecordingSettings, RecordType, Situation } from '../recordType.ts';

/** All that recording needs from outside. */
export interface RecordingDeps extends Rights, PacingDeps {
  readonly drafts: DraftStore;
  readonly records: RecordStore;
  readonly access: AccessLog;
  readonly notices: NoticeStore;
  readonly random: Random;
  readonly settings: RecordingSettings;
  /** Called when a signed draft could not be brought to its end, for `finishDraft` to be tried soon. */
  readonly unfinished: (signed: Pick<Draft, 'personId' | 'draftId'>) => void;
}

/** What the rules may know of a draft at this moment. */
export function situationOf(
  deps: Pick<RecordingDeps, 'clock' | 'settings'>,
  { startedAt, base }: Pick<Draft, 'startedAt' | 'base'>,
): Situation {
  const now = deps.clock.now();
  const before = base === undefined ? {} : { before: base.answers };
  return { now, today: dateOf(now), startedAt, settings: deps.settings, ...before };
}

/** A draft with its record type, as loaded for one press. */
export interface Loaded {
  readonly draft: Draft;
  readonly type: RecordType;
}
