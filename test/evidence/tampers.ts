import { duplicateEntry, forge, insertUnchained } from './forging.ts';
import {
  andRehash,
  change,
  changeLast,
  deleteEntry,
  deleteReceipts,
  deleteRecord,
  doubleHeaderField,
  editEntry,
  editHeader,
  flipBlob,
  moveToOtherFile,
  onWording,
  reorder,
  reseal,
  rewriteTime,
  rollBackHead,
  swapCaseFiles,
  swapPayloads,
  type Tamper,
} from './tamperSteps.ts';

/** Every class of change, by what was done. */
export const TAMPERS: Readonly<Record<string, Tamper>> = {
  'an edited byte of a payload': (attacker) => flipBlob(attacker, 'versions', 'payload'),
  'an edited byte of a key': (attacker) => flipBlob(attacker, 'versionKeys', 'wrapped'),
  'an edited field of a header': (attacker) => editHeader(attacker),
  'an edited field of a header, hashes computed anew': andRehash((attacker) => editHeader(attacker)),
  'a header that says two things': doubleHeaderField,
  'an edited field of an entry': editEntry('kind', 'at', 'actor', 'draftId', 'commitment', 'prev', 'hash'),
  'an edited field of an entry, hashes computed anew': andRehash(editEntry('kind', 'at', 'actor', 'draftId', 'commitment')),
  'an edited commitment': change(`UPDATE versions SET commitment = lower(hex(zeroblob(32))) WHERE recordId = :recordId AND version = :version`),
  'a deleted first entry': deleteEntry('first', false),
  'a deleted middle entry': deleteEntry('middle', false),
  'a deleted last entry': deleteEntry('last', false),
  'a first entry deleted with all behind it': deleteEntry('first', true),
  'a middle entry deleted with all behind it': deleteEntry('middle', true),
  'a last entry deleted with all behind it': deleteEntry('last', true),
  'a deleted first entry, hashes computed anew': andRehash(deleteEntry('first', false)),
  'a deleted middle entry, hashes computed anew': andRehash(deleteEntry('middle', false)),
  'a deleted last entry, hashes computed anew': andRehash(deleteEntry('last', false)),
  'a whole record deleted with all behind it, hashes computed anew': andRehash(deleteRecord),
  'reordered entries': reorder,
  'reordered entries, hashes computed anew': andRehash(reorder),
  'reordered entries, hashes computed anew and receipts deleted': andRehash(deleteReceipts),
  'reordered entries, hashes computed anew and drafts made to look unfinished': andRehash((attacker) => {
    const where = reorder(attacker);
    attacker.run(`UPDATE drafts SET status = 'committing'`);
    return where;
  }),
  'swapped case files': swapCaseFiles,
  'swapped case files, hashes computed anew': (attacker) => {
    const where = swapCaseFiles(attacker);
    for (const { caseKey } of attacker.all('SELECT caseKey FROM heads')) attacker.rehash(String(caseKey));
    return where;
  },
  'an entry moved to another case file': moveToOtherFile,
  'an entry moved to another case file, hashes computed anew': (attacker) => {
    const where = moveToOtherFile(attacker);
    for (const { caseKey } of attacker.all('SELECT DISTINCT caseKey FROM chain')) attacker.rehash(String(caseKey));
    return where;
  },
  'a duplicate in the same place': duplicateEntry('same'),
  'a duplicate at the end, hashes computed anew': andRehash(duplicateEntry('end')),
  'a forgery inserted in the middle': forge('middle'),
  'a forgery inserted in the middle, hashes computed anew': andRehash(forge('middle')),
  'a forgery added at the end, hashes computed anew': andRehash(forge('end')),
  'a version without an entry': insertUnchained,
  'a rolled-back head': rollBackHead,
  'a deleted head': change('DELETE FROM heads WHERE caseKey = :caseKey'),
  'swapped payloads': swapPayloads(['payload']),
  'swapped payloads with their keys': swapPayloads(['payload', 'wrapped']),
  'swapped payloads with their keys and commitments': swapPayloads(['payload', 'wrapped', 'commitment']),
  'swapped headers': swapPayloads(['header']),
  'a changed salt': reseal((payload) => ({ ...payload, salt: 'ab'.repeat(32) })),
  'a changed answer, sealed with the keys': reseal((payload) => ({ ...payload, answers: { reason: 'Another reason.' } })),
  'a rewritten time': rewriteTime,
  'a rewritten time, hashes computed anew': andRehash(rewriteTime),
  'a deleted version': change('DELETE FROM versions WHERE recordId = :recordId AND version = :version'),
  'a deleted key': change('DELETE FROM versionKeys WHERE recordId = :recordId AND version = :version'),
  'a deleted number': change('DELETE FROM numbers WHERE recordId = :recordId'),
  'another number': change(`UPDATE numbers SET number = 'SL-F0RGED00' WHERE recordId = :recordId`),
  'a number of another case file': change(`UPDATE numbers SET caseKey = 'elsewhere' WHERE recordId = :recordId`),
  'a deleted last receipt': changeLast('DELETE FROM drafts WHERE draftId = ?'),
  'an edited last receipt': changeLast('UPDATE drafts SET body = zeroblob(80) WHERE draftId = ?'),
  'edited words of the questions': onWording(`UPDATE wordings SET body = replace(body, 'label', 'Label') WHERE hash = ?`),
  'deleted words of the questions': onWording('DELETE FROM wordings WHERE hash = ?'),
}; // prettier-ignore
