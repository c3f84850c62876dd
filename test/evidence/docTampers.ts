import type { DocAttacker } from './aDocAttacker.ts';
import { duplicateEntry, duplicateVersion, forge, insertUnchained } from './docForging.ts';
import {
  andRehash,
  andRehashAll,
  change,
  changeLast,
  deleteEntry,
  deleteRecord,
  deleteVersion,
  draftOf,
  editEntry,
  editHeader,
  editLink,
  flipBytes,
  moveElsewhere,
  moveToOtherFile,
  numberOf,
  onWording,
  reorder,
  replaceEntry,
  reseal,
  rollBackHead,
  setApart,
  swap,
  swapCaseFiles,
  swapEntries,
  type DocTamper,
} from './docTamperSteps.ts';
import { chainTampers } from './chainTampers.ts';
import type { TamperClass } from './tamperedCopies.ts';
import type { TamperedAt } from './tamperSteps.ts';

const ZEROS = '0'.repeat(64);
/** How it is told that there is no entry for a version; where it was the only one, there is no chain. */
const NO_ENTRY = ['version.unchained', 'chain.gap', 'chain.short', 'head.stray', 'case.unfiled'] as const;
const NOTHING = Buffer.alloc(80).toString('base64');

const deleteReceipts: DocTamper = (attacker) => {
  const where = reorder(attacker);
  for (const link of attacker.chain(where.caseKey ?? '')) attacker.remove('drafts', draftOf(attacker, link));
  return where;
};

/** A case as a whole: findings of who may see it have no entry. */
const ofCase = ({ caseKey }: { readonly caseKey: string }): TamperedAt => ({ caseKey });

/** Every class of change, by what was done: what can be done to a file, as far as documents allow, and to what lists go by. */
// prettier-ignore
export const DOC_TAMPERS: Readonly<Record<string, TamperClass<TamperedAt, DocAttacker>>> = {
  ...chainTampers({ andRehash, editEntry, editLink, deleteEntry, duplicateEntry, rollBackHead, reseal }),
  'an edited byte of a payload': { tamper: change((attacker, link) => flipBytes(attacker, attacker.version(link), 'payload')), says: ['payload.unreadable'] },
  'an edited byte of a key': { tamper: change((attacker, link) => flipBytes(attacker, attacker.key(link), 'wrapped')), says: ['payload.unreadable'] },
  'an edited field of a header': { tamper: editHeader(), says: ['version.changed', 'case.unfiled'] },
  'an edited field of a header, hashes computed anew': { tamper: andRehash(editHeader()), says: ['version.changed', 'case.unfiled'] },
  'an edited commitment of a version': { tamper: change((attacker, link) => { attacker.version(link).commitment = ZEROS; }), says: ['commitment.changed'] },
  'a first entry deleted with all behind it': { tamper: deleteEntry('first', true), says: ['chain.gap', 'case.unfiled'] },
  'a middle entry deleted with all behind it': { tamper: deleteEntry('middle', true), says: ['chain.gap', 'case.unfiled'] },
  'a last entry deleted with all behind it': { tamper: deleteEntry('last', true), says: ['chain.short', 'case.unfiled'] },
  'a whole record deleted with all behind it, hashes computed anew': { tamper: andRehash(deleteRecord), says: ['receipt.mismatch', 'case.unfiled'] },
  'reordered entries': { tamper: reorder, says: ['chain.hash', 'version.order'] },
  'reordered entries, hashes computed anew': { tamper: andRehash(reorder), says: ['receipt.mismatch', 'version.order'] },
  'reordered entries, hashes computed anew and receipts deleted': { tamper: andRehash(deleteReceipts), says: ['receipt.missing', 'version.order'] },
  'entries that stand with the versions of one another': { tamper: swapEntries, says: ['version.unchained', 'case.unfiled'] },
  'an entry that stands by itself': { tamper: setApart, says: ['case.unfiled'] },
  'words where an entry should stand': { tamper: replaceEntry(() => 'none'), says: NO_ENTRY },
  'nothing where an entry should stand': { tamper: replaceEntry(() => null), says: NO_ENTRY },
  'a list where an entry should stand': { tamper: replaceEntry((entry) => [entry]), says: NO_ENTRY },
  'half of an entry': { tamper: replaceEntry(({ seq, recordId, version }) => ({ seq, recordId, version })), says: NO_ENTRY },
  'more in an entry than an entry holds': { tamper: replaceEntry((entry) => ({ ...entry, caseKey: 'elsewhere' })), says: ['case.unfiled'] },
  'swapped case files': { tamper: swapCaseFiles, says: ['chain.hash', 'payload.unreadable', 'case.unreadable', 'case.unfiled'] },
  'swapped case files, hashes computed anew': { tamper: andRehashAll(swapCaseFiles), says: ['payload.unreadable', 'receipt.mismatch', 'case.unreadable', 'case.unfiled'] },
  'an entry moved to another case file': { tamper: moveToOtherFile, says: ['chain.hash', 'payload.unreadable', 'head.behind', 'head.stray', 'chain.gap', 'chain.short', 'version.order', 'case.unfiled'] },
  'an entry moved to another case file, hashes computed anew': { tamper: andRehashAll(moveToOtherFile), says: ['payload.unreadable', 'receipt.mismatch', 'head.stray', 'version.order', 'case.unfiled'] },
  'a version moved to another case file': { tamper: moveElsewhere(false), says: ['version.elsewhere', 'case.unfiled'] },
  'a version moved to another case file, with its entry': { tamper: moveElsewhere(true), says: ['chain.gap', 'chain.hash', 'key.missing', 'head.missing', 'case.unfiled'] },
  'a duplicate in the same place': { tamper: duplicateEntry('same'), says: ['chain.extra', 'case.unfiled'] },
  'a duplicate of a version with its entry': { tamper: duplicateVersion, says: ['chain.extra', 'version.unchained', 'case.unfiled'] },
  'a forgery inserted in the middle': { tamper: forge('middle'), says: ['payload.unreadable', 'chain.hash', 'head.behind', 'case.unfiled'] },
  'a forgery inserted in the middle, hashes computed anew': { tamper: andRehash(forge('middle')), says: ['payload.unreadable', 'receipt.unreadable', 'receipt.mismatch', 'case.unfiled'] },
  'a forgery added at the end, hashes computed anew': { tamper: andRehash(forge('end')), says: ['payload.unreadable', 'receipt.unreadable', 'case.unfiled'] },
  'a version without an entry': { tamper: insertUnchained(false), says: ['version.unchained', 'case.unfiled'] },
  'a version with the entry of another': { tamper: insertUnchained(true), says: ['version.unchained', 'chain.extra', 'case.unfiled'] },
  'a head with another hash': { tamper: change((attacker, { caseKey }) => { attacker.head(caseKey).hash = ZEROS; }, ofCase), says: ['head.hash'] },
  'a deleted head': { tamper: change((attacker, { caseKey }) => attacker.remove('cases', attacker.head(caseKey)), ofCase), says: ['head.missing', 'case.unfiled'] },
  'swapped payloads': { tamper: swap('payload'), says: ['payload.unreadable'] },
  'swapped payloads with their keys': { tamper: swap('payload', 'wrapped'), says: ['payload.unreadable'] },
  'swapped payloads with their keys and commitments': { tamper: swap('payload', 'wrapped', 'commitment'), says: ['payload.unreadable'] },
  'swapped headers': { tamper: swap('header'), says: ['version.changed', 'case.unfiled'] },
  'a deleted version': { tamper: deleteVersion(false), says: ['version.missing', 'case.unfiled'] },
  'a deleted version, with its entry': { tamper: deleteVersion(true), says: ['chain.gap', 'case.unfiled'] },
  'a deleted key': { tamper: change((attacker, link) => attacker.remove('cases', attacker.key(link))), says: ['key.missing'] },
  'a deleted number': { tamper: change((attacker, link) => attacker.remove('lookups', numberOf(attacker, link))), says: ['number.missing'] },
  'another number': { tamper: change((attacker, link) => { numberOf(attacker, link).number = 'SL-F0RGED00'; }), says: ['number.mismatch'] },
  'a number of another record': { tamper: change((attacker, link) => { numberOf(attacker, link).recordId = 'another'; }), says: ['number.missing'] },
  'a number of another case file': { tamper: change((attacker, link) => { numberOf(attacker, link).caseKey = 'elsewhere'; }), says: ['number.mismatch'] },
  'a deleted last receipt': { tamper: changeLast((attacker, draft) => attacker.remove('drafts', draft)), says: ['receipt.missing'] },
  'an edited last receipt': { tamper: changeLast((_, draft) => { draft.body = NOTHING; }), says: ['receipt.unreadable'] },
  'a last receipt given to somebody else': { tamper: changeLast((_, draft) => { draft.personId = 'person-zed'; }), says: ['receipt.unreadable'] },
  'edited words of the questions': { tamper: onWording((_, wording) => { wording.body = String(wording.body).replace('label', 'Label'); }), says: ['wording.changed'] },
  'deleted words of the questions': { tamper: onWording((attacker, wording) => attacker.remove('lookups', wording)), says: ['wording.missing'] },
  'words of the questions under another hash': { tamper: onWording((_, wording) => { wording.hash = ZEROS; }), says: ['wording.missing'] },
  'a record taken out of the lists': { tamper: change((attacker, { recordId }) => attacker.remove('cases', attacker.one({ doc: 'record', recordId }))), says: ['case.unfiled'] },
  'a record that is found by nobody': { tamper: change((attacker, { recordId }) => { attacker.one({ doc: 'record', recordId }).keys = []; }), says: ['case.unfiled'] },
  'an older header of a record in the lists': { tamper: change((attacker, { recordId }) => { attacker.one({ doc: 'record', recordId }).version = 0; }), says: ['case.unfiled'] },
  'other case teams in the head': { tamper: change((attacker, { caseKey }) => { attacker.head(caseKey).teamIds = ['team-south']; }, ofCase), says: ['case.unfiled'] },
  'other case teams': { tamper: change((attacker, { caseKey }) => { attacker.one({ doc: 'case', caseKey }).teamIds = ['team-south']; }, ofCase), says: ['case.mismatch', 'case.unfiled'] },
  'who may see a case taken away': { tamper: change((attacker, { caseKey }) => attacker.remove('cases', attacker.one({ doc: 'case', caseKey })), ofCase), says: ['case.unfiled'] },
  'edited bytes of who may see a case': { tamper: change((attacker, { caseKey }) => flipBytes(attacker, attacker.one({ doc: 'case', caseKey }), 'body'), ofCase), says: ['case.unreadable'] },
};
