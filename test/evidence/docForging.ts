import { keyId, versionId } from '../../src/stores/cosmos/caseDocs.ts';
import { idOf } from '../../src/stores/cosmos/text.ts';
import type { DocAttacker, DocEntry, DocLink } from './aDocAttacker.ts';
import { change, draftOf, numberOf, type DocTamper } from './docTamperSteps.ts';

export function duplicateEntry(place: 'same' | 'end'): DocTamper {
  return (attacker) => {
    const link = attacker.anyLink();
    const seq = place === 'same' ? link.seq : attacker.chain(link.caseKey).length + 1;
    attacker.addAlone({ ...link, seq }, place === 'same' ? 'another' : undefined);
    return { caseKey: link.caseKey, seq };
  };
}

/** The document of a version once more, with its entry. */
export const duplicateVersion: DocTamper = change((attacker, link) => {
  attacker.docs.cases.push({ ...structuredClone(attacker.version(link)), id: 'another' });
});

const FORGED = 'F0RGED00000000000000000001';

/** A version of a record that there is not, with this entry. */
function copyVersion(attacker: DocAttacker, link: DocLink, chained: DocEntry | undefined): void {
  const version = structuredClone(attacker.version(link));
  const header = version.header as Record<string, unknown>; // every version has one
  Object.assign(header, { recordId: FORGED, version: 1, kind: 'recorded', number: 'SL-F0RGED00' });
  const place = { recordId: FORGED, version: 1 };
  const { chained: _copied, ...rest } = version;
  attacker.docs.cases.push({
    ...rest,
    ...place,
    id: versionId(FORGED, 1),
    ...(chained === undefined ? {} : { chained }),
  });
  attacker.docs.cases.push({ ...attacker.key(link), ...place, id: keyId(FORGED, 1) });
}

/** A version that no entry names: without one, or with that of another. */
export function insertUnchained(withEntry: boolean): DocTamper {
  return (attacker) => {
    const link = attacker.anyLink();
    copyVersion(attacker, link, withEntry ? { ...attacker.entry(link) } : undefined);
    return { caseKey: link.caseKey, recordId: FORGED };
  };
}

/** A record that nobody signed, as near to a real one as can be made without keys. */
export function forge(place: 'middle' | 'end'): DocTamper {
  return (attacker) => {
    const link = attacker.anyLink(2);
    const { caseKey } = link;
    const chain = attacker.chain(caseKey);
    const seq = place === 'end' ? chain.length + 1 : 2;
    const copied = { ...attacker.entry(link) };
    for (const { seq: from } of chain.toReversed().filter((each) => each.seq >= seq))
      attacker.entry({ caseKey, seq: from }).seq = from + 1;
    const forged = { recordId: FORGED, version: 1, kind: 'recorded', draftId: FORGED };
    copyVersion(attacker, link, { ...copied, ...forged, seq });
    const key = idOf('number', 'SL-F0RGED00');
    attacker.docs.lookups.push({ ...numberOf(attacker, link), id: key, key, number: 'SL-F0RGED00', recordId: FORGED });
    attacker.docs.drafts.push({ ...draftOf(attacker, link), id: FORGED, draftId: FORGED });
    return { caseKey, seq, recordId: FORGED };
  };
}
