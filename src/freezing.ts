import { evaluate } from './conditions.ts';
import { FOLD_VERSION, foldCaseReference } from './caseReference.ts';
import { effectiveAnswers } from './completeness.ts';
import type { Base, Draft, Entry, Frozen, FrozenNotice, Purpose } from './drafts.ts';
import { textIn, type Answers } from './fields.ts';
import { additionOf, isSaidOnly, knownType } from './forms.ts';
import { newCaseKey } from './ids.ts';
import { openItems } from './openItems.ts';
import { signingAs, type Person } from './people.ts';
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
  const { base } = draft;
  const { answers, said } = signedAnswers(draft, type);
  const record = knownType(draft.type);
  const reference = textIn(answers.caseReference);
  const file = await caseFileOf(deps, signing.person.tenantId, reference, base);
  return {
    caseKey: file.caseKey,
    ...(base === undefined ? {} : { number: base.number }),
    notices: [...tellsOf(type, answers, signing.person), ...signing.notices],
    answers: mutable(answers),
    ...saidOf(draft.purpose, said),
    entry: entryOf(signing, situation),
    ...(draft.restrict === true && base === undefined ? { restrict: true as const } : {}),
    salt: Buffer.from(deps.random.bytes(SALT_BYTES)).toString('hex'),
    header: {
      recordId: base?.recordId ?? draft.draftId,
      version: (base?.version ?? 0) + 1,
      kind: draft.purpose === 'record' ? 'recorded' : draft.purpose,
      type: record.id,
      contactAt: textIn(answers.contactAt) ?? draft.startedAt,
      savedAt: situation.now,
      authorId: base?.authorId ?? signing.person.id,
      teamId: base?.teamId ?? signing.teamId,
      openItems: isSaidOnly(draft.purpose) && base !== undefined ? base.openItems : openItems(type, answers, situation),
      consentLimited: draft.purpose === 'withdrawn' || base?.consentLimited === true || isLimited(record, answers),
      isUnlinked: reference === undefined,
      ...(file.linkedTo === undefined ? {} : { linkedTo: file.linkedTo }),
      counterpartToken: counterpartToken(deps.keys, record, answers),
      // The words of the whole type: a record is read by all of its questions, those of an urgent one too.
      wordingHash: wordingOf(record).hash,
    },
  };
}

function saidOf(purpose: Purpose, said: Answers): Pick<Frozen, 'said'> {
  const addition = additionOf(purpose);
  if (addition === undefined || Object.keys(said).length === 0) return {};
  return { said: { wordingHash: wordingOf(addition).hash, answers: mutable(said) } };
}

function isLimited({ limitedWhen }: RecordType, answers: Answers): boolean {
  return limitedWhen !== undefined && evaluate(limitedWhen, answers, () => 'settled') === 'yes';
}

/**
 * What is signed: the answers of the record as they then stand, and what is said beside them. A form that does not ask
 * when the contact was takes the time at which it was started.
 */
function signedAnswers(draft: Draft, form: RecordType): { readonly answers: Answers; readonly said: Answers } {
  const given = effectiveAnswers(form, draft.answers);
  const own = knownType(draft.type).fields;
  const ofRecord = Object.entries(given).filter(([name]) => name in own);
  const said = Object.fromEntries(Object.entries(given).filter(([name]) => !(name in own)));
  if (draft.base === undefined)
    return { answers: { contactAt: draft.startedAt, ...Object.fromEntries(ofRecord) }, said };
  const stands = isSaidOnly(draft.purpose) ? draft.base.answers : {};
  return { answers: { ...stands, ...Object.fromEntries(ofRecord) }, said };
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
  return organisation === '' ? '' : counterpartTokenOf(keys, organisation);
}

/** The same for a name as it is typed. */
export function counterpartTokenOf(keys: Keys, organisation: string): string {
  return keys.lookupHash('organisation', foldWords(organisation));
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
    roles: [...signingAs(person).roles],
    teamId,
    signedAt: situation.now,
    ...(person.asKnown === undefined ? {} : { asKnownAt: person.asKnown.at }),
  };
}

/** The alias by which a case file is found. Reveals nothing without the lookup key. */
export function caseAlias(keys: Keys, tenantId: string, reference: string): string {
  return keys.lookupHash('case', `${tenantId}\n${foldCaseReference(reference)}`);
}

/** The case file that a version stands in, and the one that its record belongs to from now on, when that is another. */
async function caseFileOf(
  deps: FreezingDeps,
  tenantId: string,
  reference: string | undefined,
  base: Base | undefined,
): Promise<{ readonly caseKey: string; readonly linkedTo?: string | undefined }> {
  const of = (text: string): Promise<string> =>
    deps.records.caseKeyFor(caseAlias(deps.keys, tenantId, text), FOLD_VERSION, newCaseKey(deps.random));
  if (base === undefined) {
    return { caseKey: reference === undefined ? newCaseKey(deps.random) : await of(reference) };
  }
  const stays = reference === undefined || isSameReference(reference, textIn(base.answers.caseReference));
  return { caseKey: base.caseKey, linkedTo: stays ? base.linkedTo : await of(reference) };
}

function isSameReference(one: string, other: string | undefined): boolean {
  return other !== undefined && foldCaseReference(one) === foldCaseReference(other);
}

function mutable(answers: Answers): Record<string, string | string[]> {
  const copied = Object.entries(answers).map(([name, answer]) => [
    name,
    typeof answer === 'string' ? answer : [...answer],
  ]);
  return Object.fromEntries(copied) as Record<string, string | string[]>; // fromEntries forgets the type of its values
}
