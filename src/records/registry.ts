import type { RecordType } from '../recordType.ts';
import { share } from './share.ts';

/** Every record type, in the order in which help lists them. */
export const RECORD_TYPES: readonly RecordType[] = [share];

/** The record type with this id, if there is one. */
export function recordType(id: string): RecordType | undefined {
  return RECORD_TYPES.find((type) => type.id === id);
}
