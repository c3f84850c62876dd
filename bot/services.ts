import type { OpeningDeps } from '../src/opening.ts';
import type { RecordingDeps } from '../src/recording/deps.ts';
import type { Clock, Directory, Keys, Random, Stores } from '../src/ports.ts';
import type { RecordingSettings } from '../src/recordType.ts';
import type { Settings } from './settings.ts';

/** Everything that a turn may use. */
export interface Services {
  readonly tenantId: string;
  readonly stores: Stores;
  readonly directory: Directory;
  readonly clock: Clock;
  readonly recording: RecordingDeps;
  readonly opening: OpeningDeps;
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
}): Services {
  const { tenantId, stores, directory, keys, clock, random } = outside;
  const settings = recordingSettings(outside.settings);
  return {
    tenantId,
    stores,
    directory,
    clock,
    recording: { drafts: stores.drafts, records: stores.records, directory, keys, clock, random, settings },
    opening: { records: stores.records, access: stores.access, directory, clock },
  };
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
