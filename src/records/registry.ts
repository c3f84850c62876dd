import type { RecordType } from '../recordType.ts';
import { notShared } from './notShared.ts';
import { requestMade } from './requestMade.ts';
import { requestReceived } from './requestReceived.ts';
import { share } from './share.ts';

/** Every record type, in the order in which help lists them. */
export const RECORD_TYPES: readonly RecordType[] = [share, requestReceived, requestMade, notShared];

/** The record type with this id, if there is one. */
export function recordType(id: string): RecordType | undefined {
  return RECORD_TYPES.find((type) => type.id === id);
}
