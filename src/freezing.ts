import { evaluate } from './conditions.ts';
import { FOLD_VERSION, foldCaseReference } from './caseReference.ts';
import { effectiveAnswers } from './completeness.ts';
import type { Draft, Entry, Frozen, FrozenNotice } from './drafts.ts';
import { textIn, type Answers } from './fields.ts';
import { knownType } from './forms.ts';
import { newCaseKey } from './ids.ts';
import { openItems } from './openItems.ts';
import type { Person } from './people.ts';
import { foldWords } from './placeholders.ts';
import type { Keys } from './keyPorts.ts';
import type { Random, RecordStore } from './ports.ts';
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
  /** Who must hear of it for what stands on the case already. */
  readonly notices: readonly FrozenNotice[];
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
  const answers = signedAnswers(draft, type);
  const { base } = draft;
  const reference = textIn(answers.caseReference);
  const caseKey = base?.caseKey ?? (await caseKeyOf(deps, signing.person.tenantId, reference));
  return {
    caseKey,
    ...(base === undefined ? {} : { number: base.number }),
    notices: [...tellsOf(type, answers, signing.person), ...signing.notices],
    answers: Object.fromEntries(Object.entries(answers).map(([name, answer]) => [name, mutable(answer)])),
    entry: entryOf(signing, situation),
    salt: Buffer.from(deps.random.bytes(SALT_BYTES)).toString('hex'),
    header: {
      recordId: base?.recordId ?? draft.draftId,
      version: (base?.version ?? 0) + 1,
      kind: draft.purpose === 'record' ? 'recorded' : draft.purpose,
      type: type.id,
      contactAt: textIn(answers.contactAt) ?? draft.startedAt,
      savedAt: situation.now,
      authorId: base?.authorId ?? signing.person.id,
      teamId: base?.teamId ?? signing.teamId,
      openItems: openItems(type, answers, situation),
      consentLimited: type.limitedWhen !== undefined && evaluate(type.limitedWhen, answers, () => 'settled') === 'yes',
      isUnlinked: reference === undefined,
      counterpartToken: counterpartToken(deps.keys, type, answers),
      // The words of the whole type: a record is read by all of its questions, those of an urgent one too.
      wordingHash: wordingOf(knownType(type.id)).hash,
    },
  };
}

/** What is signed. A form that does not ask when the contact was takes the time at which it was started. */
function signedAnswers(draft: Draft, type: RecordType): Answers {
  return { contactAt: draft.startedAt, ...effectiveAnswers(type, draft.answers) };
}

/** Whom the type itself says must hear of these answers. */
function tellsOf(type: RecordType, answers: Answers, author: Person): FrozenNotice[] {
  return type.tells
    .filter(({ when }) => evaluate(when, answers, () => 'settled') === 'yes')
    .map(({ what, whom }) => ({
      what,
      audience: whom === 'recordsOfficers' ? { kind: whom } : { kind: 'managerOf', personId: author.id },
    }));
}

/** A keyed hash of the other organisation's whole name, folded; empty when there is none. Source: architecture, "Data". */
export function counterpartToken(keys: Keys, type: RecordType, answers: Answers): string {
  const organisation = textIn(answers[`${type.counterpart ?? ''}Organisation`]) ?? '';
  return organisation === '' ? '' : keys.lookupHash('organisation', foldWords(organisation));
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
