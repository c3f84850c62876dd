import { duplicateEntry, forge, insertUnchained } from './forging.ts';
import { chainTampers } from './chainTampers.ts';
import type { TamperClass } from './tamperedCopies.ts';
import {
  change,
  changeLast,
  deleteEntry,
  deleteReceipts,
  deleteRecord,
  editEntry,
  editHeader,
  editLink,
  flipBlob,
  moveToOtherFile,
  onWording,
  reorder,
  reseal,
  rewriteHeader,
  rewriteTime,
  rollBackHead,
  swapCaseFiles,
  swapPayloads,
  type Tamper,
  type TamperedAt,
} from './tamperSteps.ts';

/** The same, by an attacker who then computes the hashes of the chain anew. */
function andRehash(tamper: Tamper): Tamper {
  return (attacker) => {
    const where = tamper(attacker);
    attacker.rehash(where.caseKey ?? '');
    return where;
  };
}

/** The same, by an attacker who then computes the hashes of every chain anew. */
function andRehashAll(tamper: Tamper): Tamper {
  return (attacker) => {
    const where = tamper(attacker);
    for (const { caseKey } of attacker.all('SELECT DISTINCT caseKey FROM chain')) attacker.rehash(String(caseKey));
    return where;
  };
}

function unfinishedDrafts(tamper: Tamper): Tamper {
  return (attacker) => {
    const where = tamper(attacker);
    attacker.run(`UPDATE drafts SET status = 'committing'`);
    return where;
  };
}

const VERSION = 'WHERE recordId = :recordId AND version = :version';

/** Every class of change, by what was done. */
// prettier-ignore
export const TAMPERS: Readonly<Record<string, TamperClass<TamperedAt>>> = {
  ...chainTampers({ andRehash, editEntry, editLink, deleteEntry, duplicateEntry, rollBackHead, reseal }),
  'an edited byte of a payload': { tamper: (attacker) => flipBlob(attacker, 'versions', 'payload'), says: ['payload.unreadable'] },
  'an edited byte of a key': { tamper: (attacker) => flipBlob(attacker, 'versionKeys', 'wrapped'), says: ['payload.unreadable'] },
  'an edited field of a header': { tamper: (attacker) => editHeader(attacker), says: ['version.changed'] },
  'an edited field of a header, hashes computed anew': { tamper: andRehash((attacker) => editHeader(attacker)), says: ['version.changed'] },
  'a header that says two things': { tamper: rewriteHeader((text) => text.replace('{', '{"teamId":"team-south",')), says: ['header.unreadable'] },
  'a header with half a character pair': { tamper: rewriteHeader((text) => text.replace('"teamId":"', '"teamId":"\\ud800')), says: ['header.unreadable'] },
  'an edited commitment of a version': { tamper: change(`UPDATE versions SET commitment = lower(hex(zeroblob(32))) ${VERSION}`), says: ['commitment.changed'] },
  'a first entry deleted with all behind it': { tamper: deleteEntry('first', true), says: ['chain.gap'] },
  'a middle entry deleted with all behind it': { tamper: deleteEntry('middle', true), says: ['chain.gap'] },
  'a last entry deleted with all behind it': { tamper: deleteEntry('last', true), says: ['chain.short'] },
  'a whole record deleted with all behind it, hashes computed anew': { tamper: andRehash(deleteRecord), says: ['receipt.mismatch'] },
  'reordered entries': { tamper: reorder, says: ['chain.hash', 'version.order'] },
  'reordered entries, hashes computed anew': { tamper: andRehash(reorder), says: ['receipt.mismatch', 'version.order'] },
  'reordered entries, hashes computed anew and receipts deleted': { tamper: andRehash(deleteReceipts), says: ['receipt.missing', 'version.order'] },
  'reordered entries, hashes computed anew and drafts made to look unfinished': { tamper: unfinishedDrafts(andRehash(reorder)), says: ['receipt.mismatch', 'version.order'] },
  'swapped case files': { tamper: swapCaseFiles, says: ['chain.hash', 'payload.unreadable'] },
  'swapped case files, hashes computed anew': { tamper: andRehashAll(swapCaseFiles), says: ['payload.unreadable', 'receipt.mismatch'] },
  'an entry moved to another case file': { tamper: moveToOtherFile, says: ['chain.hash', 'payload.unreadable', 'head.behind', 'head.stray', 'chain.gap', 'chain.short', 'version.order'] },
  'an entry moved to another case file, hashes computed anew': { tamper: andRehashAll(moveToOtherFile), says: ['payload.unreadable', 'receipt.mismatch', 'head.stray', 'version.order'] },
  'a version moved to another case file': { tamper: change(`UPDATE versions SET caseKey = 'elsewhere' ${VERSION}`), says: ['version.elsewhere'] },
  'a duplicate in the same place': { tamper: duplicateEntry('same'), says: ['chain.extra'] },
  'a forgery inserted in the middle': { tamper: forge('middle'), says: ['payload.unreadable', 'chain.hash', 'head.behind'] },
  'a forgery inserted in the middle, hashes computed anew': { tamper: andRehash(forge('middle')), says: ['payload.unreadable', 'receipt.unreadable', 'receipt.mismatch'] },
  'a forgery added at the end, hashes computed anew': { tamper: andRehash(forge('end')), says: ['payload.unreadable', 'receipt.unreadable'] },
  'a version without an entry': { tamper: insertUnchained, says: ['version.unchained'] },
  'a head with another hash': { tamper: change(`UPDATE heads SET hash = lower(hex(zeroblob(32))) WHERE caseKey = :caseKey`), says: ['head.hash'] },
  'a deleted head': { tamper: change('DELETE FROM heads WHERE caseKey = :caseKey'), says: ['head.missing'] },
  'swapped payloads': { tamper: swapPayloads(['payload']), says: ['payload.unreadable'] },
  'swapped payloads with their keys': { tamper: swapPayloads(['payload', 'wrapped']), says: ['payload.unreadable'] },
  'swapped payloads with their keys and commitments': { tamper: swapPayloads(['payload', 'wrapped', 'commitment']), says: ['payload.unreadable'] },
  'swapped headers': { tamper: swapPayloads(['header']), says: ['version.changed'] },
  'a rewritten time': { tamper: rewriteTime, says: ['chain.hash', 'version.changed'] },
  'a rewritten time, hashes computed anew': { tamper: andRehash(rewriteTime), says: ['version.changed', 'receipt.mismatch'] },
  'a deleted version': { tamper: change(`DELETE FROM versions ${VERSION}`), says: ['version.missing'] },
  'a deleted key': { tamper: change(`DELETE FROM versionKeys ${VERSION}`), says: ['key.missing'] },
  'a deleted number': { tamper: change('DELETE FROM numbers WHERE recordId = :recordId'), says: ['number.missing'] },
  'another number': { tamper: change(`UPDATE numbers SET number = 'SL-F0RGED00' WHERE recordId = :recordId`), says: ['number.mismatch'] },
  'a number of another case file': { tamper: change(`UPDATE numbers SET caseKey = 'elsewhere' WHERE recordId = :recordId`), says: ['number.mismatch'] },
  'a deleted last receipt': { tamper: changeLast('DELETE FROM drafts WHERE draftId = ?'), says: ['receipt.missing'] },
  'an edited last receipt': { tamper: changeLast('UPDATE drafts SET body = zeroblob(80) WHERE draftId = ?'), says: ['receipt.unreadable'] },
  'edited bytes of who may see a case': { tamper: change('UPDATE cases SET body = zeroblob(80) WHERE caseKey = :caseKey'), says: ['case.unreadable'] },
  'an older state of who may see a case': { tamper: change('UPDATE cases SET revision = revision + 1 WHERE caseKey = :caseKey'), says: ['case.unreadable'] },
  'a case found by another team': { tamper: change(`UPDATE caseTeams SET teamId = 'team-south' WHERE caseKey = :caseKey`), says: ['case.mismatch'] },
  'a case made to look undecided': { tamper: change(`UPDATE cases SET undecidedSince = '2026-01-01T09:00:00.000Z' WHERE caseKey = :caseKey`), says: ['case.mismatch'] },
  'edited words of the questions': { tamper: onWording(`UPDATE wordings SET body = replace(body, 'label', 'Label') WHERE hash = ?`), says: ['wording.changed'] },
  'deleted words of the questions': { tamper: onWording('DELETE FROM wordings WHERE hash = ?'), says: ['wording.missing'] },
};
