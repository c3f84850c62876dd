import { accessLog } from '../src/accessLog.ts';
import type { ListingDeps } from '../src/listing.ts';
import type { ActingDeps } from '../src/nudging/acting.ts';
import { overseers } from '../src/nudging/overseers.ts';
import type { NudgeRules } from '../src/nudging/plan.ts';
import type { DigestDeps } from '../src/nudging/digest.ts';
import type { OpeningDeps } from '../src/opening.ts';
import { pacingMemory } from '../src/pacing.ts';
import type { SearchDeps } from '../src/search.ts';
import type { ReadingAccessDeps } from '../src/readingAccess.ts';
import type { RecordingDeps } from '../src/recording/deps.ts';
import type { Keys } from '../src/keyPorts.ts';
import type { NoticeStore } from '../src/noticePorts.ts';
import type { Clock, Directory, Random } from '../src/ports.ts';
import type { Stores } from '../src/storePorts.ts';
import type { RecordingSettings } from '../src/recordType.ts';
import type { IsAllowedUrl } from './serviceUrls.ts';
import type { Settings } from './settings.ts';

/** Everything that a turn may use. */
export interface Services {
  readonly tenantId: string;
  readonly stores: Stores;
  readonly directory: Directory;
  readonly clock: Clock;
  readonly recording: RecordingDeps;
  readonly keys: Keys;
  readonly opening: OpeningDeps;
  readonly listing: ListingDeps;
  readonly searching: SearchDeps;
  readonly nudging: DigestDeps & ActingDeps;
  readonly readingAccess: ReadingAccessDeps;
  /** Where a kept conversation may stand. */
  readonly isAllowedUrl: IsAllowedUrl;
  /** Hears from which address of Teams a person spoke. */
  readonly spokeFrom: (serviceUrl: string) => void;
}

/** Wires plain values; nothing is started here. */
export function services(outside: {
  readonly tenantId: string;
  readonly stores: Stores;
  readonly directory: Directory;
  readonly keys: Keys;
  readonly clock: Clock;
  readonly random: Random;
  readonly settings: Settings;
  /** Called when a message to somebody was queued: sends it, outside the turn. */
  readonly queued: () => void;
  readonly unfinished: RecordingDeps['unfinished'];
  readonly isAllowedUrl: IsAllowedUrl;
  readonly spokeFrom?: ((serviceUrl: string) => void) | undefined;
  readonly wait: (durationMs: number) => Promise<void>;
}): Services {
  const {
    tenantId,
    stores,
    keys,
    clock,
    random,
    queued,
    unfinished,
    wait,
    isAllowedUrl,
    spokeFrom = () => undefined,
  } = outside;
  const rules = rulesOf(outside.settings);
  const directory = {
    ...outside.directory,
    ...overseers({ nudges: stores.nudges, directory: outside.directory, clock }, rules),
  };
  const { drafts, records, cases } = stores;
  // Most signatures tell nobody: the queue is looked through when something was put into it.
  const notices: NoticeStore = {
    ...stores.notices,
    async queue(wanted) {
      await stores.notices.queue(wanted);
      queued();
    },
  };
  const access = accessLog({ store: stores.access, keys, clock, random });
  const pacing = { access: stores.access, notices: stores.notices, clock, wait, queued, memory: pacingMemory() };
  const settings = recordingSettings(outside.settings);
  return {
    tenantId,
    stores,
    directory,
    clock,
    recording: {
      drafts,
      records,
      cases,
      access,
      notices,
      directory,
      keys,
      clock,
      random,
      settings,
      pacing,
      unfinished,
    },
    opening: { records, cases, access, directory, keys, clock, pacing },
    listing: { records, cases, access, directory, keys, clock },
    searching: {
      ...{ records, cases, access, search: stores.search, directory, keys, clock, pacing },
      caseReferencePattern: settings.caseReferencePattern,
    },
    nudging: { ...stores, access, directory, keys, clock, rules },
    readingAccess: { log: stores.access, access, records, directory, keys, clock },
    keys,
    isAllowedUrl,
    spokeFrom,
  };
}

/** How soon an open item goes further up. */
export function rulesOf({ ESCALATE_AFTER_DAYS }: Settings): NudgeRules {
  return { escalateAfterDays: ESCALATE_AFTER_DAYS };
}

function recordingSettings(settings: Settings): RecordingSettings {
  return {
    defaultLawfulBasis: settings.DEFAULT_LAWFUL_BASIS,
    publicAuthority: settings.PUBLIC_AUTHORITY === 'yes',
    ...(settings.DUTY_TO_SHARE_FROM === undefined ? {} : { dutyToShareFrom: settings.DUTY_TO_SHARE_FROM }),
    ...(settings.CASE_REFERENCE_PATTERN === undefined
      ? {}
      : { caseReferencePattern: new RegExp(settings.CASE_REFERENCE_PATTERN, 'u') }),
  };
}
