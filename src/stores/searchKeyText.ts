import type { SearchKey } from '../searchPorts.ts';

/** Something that records are found under, as text: one for each. */
export function searchKeyText(key: SearchKey): string {
  return key.kind === 'everything' ? key.kind : `${key.kind} ${key.id}`;
}
