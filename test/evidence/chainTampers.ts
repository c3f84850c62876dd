import type { TamperClass } from './tamperedCopies.ts';
import type { TamperedAt } from './tamperSteps.ts';

type Of<By> = (attacker: By) => TamperedAt;

/** What an attacker of either store can do to a chain and its payloads. */
interface ChainSteps<By> {
  readonly andRehash: (tamper: Of<By>) => Of<By>;
  readonly editEntry: (...names: readonly string[]) => Of<By>;
  readonly editLink: Of<By>;
  readonly deleteEntry: (place: 'first' | 'middle' | 'last', withAll: boolean) => Of<By>;
  readonly duplicateEntry: (place: 'same' | 'end') => Of<By>;
  readonly rollBackHead: Of<By>;
  readonly reseal: (changed: (payload: Record<string, unknown>) => Record<string, unknown>) => Of<By>;
}

/** Classes of change that are told in the same way of every store, by what was done. */
// prettier-ignore
export function chainTampers<By>({ andRehash, editEntry, editLink, deleteEntry, duplicateEntry, rollBackHead, reseal }: ChainSteps<By>): Readonly<Record<string, TamperClass<TamperedAt, By>>> {
  return {
    'an edited field of an entry': { tamper: editEntry('kind', 'at', 'actor', 'draftId', 'commitment', 'prev'), says: ['chain.hash'] },
    'an edited hash of an entry': { tamper: editEntry('hash'), says: ['chain.hash'] },
    'an edited kind of an entry, hashes computed anew': { tamper: andRehash(editEntry('kind')), says: ['entry.mismatch', 'receipt.mismatch'] },
    'an edited time of an entry, hashes computed anew': { tamper: andRehash(editEntry('at')), says: ['entry.mismatch', 'receipt.mismatch'] },
    'an edited actor of an entry, hashes computed anew': { tamper: andRehash(editEntry('actor')), says: ['entry.mismatch', 'receipt.mismatch'] },
    'an edited commitment of an entry, hashes computed anew': { tamper: andRehash(editEntry('commitment')), says: ['entry.mismatch', 'receipt.mismatch'] },
    'an edited draft of an entry, hashes computed anew': { tamper: andRehash(editEntry('draftId')), says: ['receipt.missing', 'receipt.mismatch'] },
    'an entry that follows another one, its own hash computed anew': { tamper: editLink, says: ['chain.prev', 'receipt.mismatch'] },
    'a deleted first entry': { tamper: deleteEntry('first', false), says: ['chain.gap', 'version.unchained'] },
    'a deleted middle entry': { tamper: deleteEntry('middle', false), says: ['chain.gap', 'version.unchained'] },
    'a deleted last entry': { tamper: deleteEntry('last', false), says: ['chain.short', 'version.unchained'] },
    'a deleted first entry, hashes computed anew': { tamper: andRehash(deleteEntry('first', false)), says: ['version.unchained', 'version.order', 'receipt.mismatch'] },
    'a deleted middle entry, hashes computed anew': { tamper: andRehash(deleteEntry('middle', false)), says: ['version.unchained', 'version.order', 'receipt.mismatch'] },
    'a deleted last entry, hashes computed anew': { tamper: andRehash(deleteEntry('last', false)), says: ['version.unchained'] },
    'a duplicate at the end, hashes computed anew': { tamper: andRehash(duplicateEntry('end')), says: ['version.order', 'receipt.mismatch'] },
    'a rolled-back head': { tamper: rollBackHead, says: ['head.behind'] },
    'a changed salt': { tamper: reseal((payload) => ({ ...payload, salt: 'ab'.repeat(32) })), says: ['version.changed'] },
    'a changed answer, sealed with the keys': { tamper: reseal((payload) => ({ ...payload, answers: { reason: 'Another reason.' } })), says: ['version.changed'] },
  };
}
