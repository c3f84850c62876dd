import type { Purpose } from './drafts.ts';
import { additionOf } from './forms.ts';
import { unpackPayload } from './payloads.ts';
import type { StoredVersion, VersionKind } from './ports.ts';
import { readAnswers, type Line } from './reading.ts';
import type { Keys } from './keyPorts.ts';
import type { RecordStore } from './ports.ts';
import { storedWording } from './wording.ts';

/** What was said with a version beside its answers, question by question. */
export interface Said {
  readonly title: string;
  readonly lines: readonly Line[];
}

/** What was said with a version; `undefined` when nothing was. */
export async function saidIn(
  deps: { readonly records: Pick<RecordStore, 'wording'>; readonly keys: Keys },
  stored: StoredVersion,
): Promise<Said | undefined> {
  const { said } = unpackPayload(deps.keys, stored);
  const purpose = purposeOf(stored.header.kind);
  const addition = purpose === undefined ? undefined : additionOf(purpose);
  if (said === undefined || addition === undefined) return undefined;
  const wording = await storedWording(deps.records, said.wordingHash);
  return { title: wording.title, lines: readAnswers(addition, wording, said.answers).flatMap(({ lines }) => lines) };
}

function purposeOf(kind: VersionKind): Purpose | undefined {
  switch (kind) {
    case 'recorded':
      return undefined;
    case 'completed':
    case 'outcome':
    case 'amended':
    case 'endorsed':
    case 'commented':
    case 'linked':
    case 'withdrawn':
    case 'disputed':
      return kind;
    default:
      return kind satisfies never;
  }
}
