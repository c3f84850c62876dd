import { evaluate } from './conditions.ts';
import { FOLD_VERSION, foldCaseReference } from './caseReference.ts';
import { effectiveAnswers } from './completeness.ts';
import type { Draft, Entry, Frozen } from './drafts.ts';
import { textIn } from './fields.ts';
import { newCaseKey } from './ids.ts';
import { openItems } from './openItems.ts';
import type { Person } from './people.ts';
import { foldWords } from './placeholders.ts';
import type { Keys, Random, RecordStore } from './ports.ts';
import type { RecordType, Situation } from './recordType.ts';
import { wordingOf } from './wording.ts';

export interface FreezingDeps {
  readonly records: RecordStore;
  readonly keys: Keys;
  readonly random: Random;
}

/** What signing fixes, besides the answers. */
export interface Signing {
  readonly person: Person;
  readonly signature: string;
  readonly teamId: string;
}

const SALT_BYTES = 32;

/**
 * Fixes what is signed: the answers that apply, who signed and when, the case file, and what can be read without the
 * keys. Finds or makes the case file of the reference; a record without one gets a case file of its own.
 * Source: architecture, "Committing exactly once", step 2.
 */
export async function freeze(
  deps: FreezingDeps,
  draft: Draft,
  type: RecordType,
  situation: Situation,
  signing: Signing,
): Promise<Frozen> {
  const answers = effectiveAnswers(type, draft.answers);
  const caseKey = await caseKeyOf(deps, signing.person.tenantId, textIn(answers.caseReference));
  const organisation = textIn(answers[`${type.counterpart ?? ''}Organisation`]) ?? '';
  return {
    caseKey,
    answers: Object.fromEntries(Object.entries(answers).map(([name, answer]) => [name, mutable(answer)])),
    entry: entryOf(signing, situation),
    salt: Buffer.from(deps.random.bytes(SALT_BYTES)).toString('hex'),
    header: {
      recordId: draft.draftId,
      version: 1,
      kind: 'recorded',
      type: type.id,
      contactAt: textIn(answers.contactAt) ?? draft.startedAt,
      savedAt: situation.now,
      authorId: signing.person.id,
      teamId: signing.teamId,
      openItems: openItems(type, answers, situation),
      consentLimited: type.limitedWhen !== undefined && evaluate(type.limitedWhen, answers, () => 'settled') === 'yes',
      counterpartToken: organisation === '' ? '' : deps.keys.lookupHash('organisation', foldWords(organisation)),
      wordingHash: wordingOf(type).hash,
    },
  };
}

function entryOf(
  { person, signature, teamId }: Signing,
  situation: Situation,
): Entry & { roles: Person['roles'][number][] } {
  return {
    signature: signature.trim(),
    personId: person.id,
    tenantId: person.tenantId,
    name: person.name,
    jobTitle: person.jobTitle,
    organisation: person.organisation,
    roles: [...person.roles],
    teamId,
    signedAt: situation.now,
  };
}

/** The alias by which a case file is found. Reveals nothing without the lookup key. */
export function caseAlias(keys: Keys, tenantId: string, reference: string): string {
  return keys.lookupHash('case', `${tenantId}\n${foldCaseReference(reference)}`);
}

async function caseKeyOf(deps: FreezingDeps, tenantId: string, reference: string | undefined): Promise<string> {
  const fresh = newCaseKey(deps.random);
  if (reference === undefined) return fresh;
  return deps.records.caseKeyFor(caseAlias(deps.keys, tenantId, reference), FOLD_VERSION, fresh);
}

function mutable(answer: string | readonly string[]): string | string[] {
  return typeof answer === 'string' ? answer : [...answer];
}
