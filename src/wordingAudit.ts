import { createHash } from 'node:crypto';
import type { FindingList } from './auditFindings.ts';
import type { AuditSource } from './auditPorts.ts';
import type { WordingPlace } from './caseFileAudit.ts';

/** Notes which words were used, each where it was used first, and then looks whether they are there as they were saved. */
export interface WordingAudit {
  readonly uses: (hash: string, place: WordingPlace) => void;
  /** Tells what is wrong, once for each. */
  check(source: Pick<AuditSource, 'wordings'>): Promise<void>;
}

/** Holds one line in memory for each wording: they are few. */
export function wordingAudit(findings: FindingList): WordingAudit {
  const used = new Map<string, WordingPlace>();
  return {
    uses(hash, place) {
      if (!used.has(hash)) used.set(hash, place);
    },
    async check(source) {
      const sound = new Map<string, boolean>();
      for await (const batch of source.wordings()) {
        for (const { hash, body } of batch) sound.set(hash, createHash('sha256').update(body).digest('hex') === hash);
      }
      for (const [wordingHash, place] of used) {
        const what = sound.has(wordingHash) ? 'wording.changed' : 'wording.missing';
        if (sound.get(wordingHash) !== true) findings.add({ what, ...place, wordingHash });
      }
    },
  };
}
