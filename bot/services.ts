import type { ListingDeps } from '../src/listing.ts';
import type { ActingDeps } from '../src/nudging/acting.ts';
import { overseers } from '../src/nudging/overseers.ts';
import type { NudgeRules } from '../src/nudging/plan.ts';
import type { DigestDeps } from '../src/nudging/digest.ts';
import type { OpeningDeps } from '../src/opening.ts';
import type { RecordingDeps } from '../src/recording/deps.ts';
import type { Keys } from '../src/keyPorts.ts';
import type { Clock, Directory, Random, Stores } from '../src/ports.ts';
import type { RecordingSettings } from '../src/recordType.ts';
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
  readonly nudging: DigestDeps & ActingDeps;
  /** Called after a signature: sends what somebody must be told of it, outside the turn. */
  readonly signed: () => void;
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
  readonly signed: () => void;
}): Services {
  const { tenantId, stores, keys, clock, random, signed } = outside;
  const rules = rulesOf(outside.settings);
  const directory = {
    ...outside.directory,
    ...overseers({ nudges: stores.nudges, directory: outside.directory, clock }, rules),
  };
  const { drafts, records, cases, access, notices } = stores;
  const settings = recordingSettings(outside.settings);
  return {
    tenantId,
    stores,
    directory,
    clock,
    recording: { drafts, records, cases, access, notices, directory, keys, clock, random, settings },
    opening: { records, cases, access, directory, keys, clock },
    listing: { records, cases, access, directory, keys, clock },
    nudging: { ...stores, directory, keys, clock, rules },
    keys,
    signed,
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
