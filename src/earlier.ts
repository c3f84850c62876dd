import { accessOf, type Rights } from './access.ts';
import { owned } from './caseFacts.ts';
import { effectiveAnswers } from './completeness.ts';
import type { Draft } from './drafts.ts';
import { textIn, type Answers } from './fields.ts';
import { knownType } from './forms.ts';
import { caseAlias, counterpartToken } from './freezing.ts';
import { limitTexts, takenBack } from './limits.ts';
import { unpackPayload } from './payloads.ts';
import type { Person } from './people.ts';
import { foldWords } from './placeholders.ts';
import type { RecordStore, StoredVersion, VersionHeader } from './ports.ts';
import type { Earlier, RecordType } from './recordType.ts';

export interface EarlierDeps extends Rights {
  readonly records: RecordStore;
}

/** What the records of a draft's case say, and which of them this person may not see although they limit consent. */
export interface OnTheCase {
  readonly earlier: Earlier;
  /** Headers only: of what they say, nothing is looked at. */
  readonly hiddenLimits: readonly VersionHeader[];
  /** Ids of those who alone may see the case; absent where it is not restricted. */
  readonly named?: readonly string[];
}

const NOTHING: OnTheCase = {
  earlier: { toldOfRecords: false, limits: [], consents: [], alike: [] },
  hiddenLimits: [],
};

const DAY_MS = 24 * 3_600_000;
/** How many agreements are offered to be taken over. */
const CONSENTS_OFFERED = 3;

/**
 * Looks up what the earlier records of a draft's case say; nothing at all while the draft has no case reference. The
 * record that a draft builds on is not among them.
 * Source: record-types, rules 5 and 6.
 */
export async function onTheCase(deps: EarlierDeps, person: Person, draft: Draft, type: RecordType): Promise<OnTheCase> {
  const answers = effectiveAnswers(type, draft.answers);
  const reference = textIn(answers.caseReference);
  if (reference === undefined) return NOTHING;
  const caseKey = await deps.records.findCaseKey(caseAlias(deps.keys, person.tenantId, reference));
  if (caseKey === undefined) return NOTHING;
  const all = await deps.records.caseFile(caseKey);
  const others = all.filter(({ header }) => header.recordId !== draft.base?.recordId);
  const access = accessOf(deps, person);
  const seen = await Promise.all(others.map((stored) => access.footing('record.open', owned(stored))));
  // Urgent access is for reading: nothing that is seen by it goes into a record.
  const visible = others.filter((_, at) => seen[at]?.kind === 'standing');
  const named = (await access.facts(caseKey))?.restriction?.people;
  return {
    ...(named === undefined ? {} : { named }),
    earlier: await earlierOf(deps, visible, draft, type, answers),
    hiddenLimits: others.filter((_, at) => seen[at]?.kind !== 'standing').map(({ header }) => header).filter((header) => header.consentLimited), // prettier-ignore
  };
}

async function earlierOf(
  deps: EarlierDeps,
  visible: readonly StoredVersion[],
  draft: Draft,
  type: RecordType,
  answers: Answers,
): Promise<Earlier> {
  const read = visible.map((stored) => ({ ...stored, said: unpackPayload(deps.keys, stored).answers }));
  const saying = await Promise.all(
    read.map(async (one) => ({ ...one, says: knownType(one.header.type).says, takenBack: await takenBack(deps, one) })),
  );
  const limits = await Promise.all(
    read.map(async (one) => ({
      number: one.header.number,
      text: (await limitTexts(deps, one, one.said)).join('\n'),
    })),
  );
  const token = counterpartToken(deps.keys, type, answers);
  const isAlike = ({ header, said }: (typeof read)[number]): boolean =>
    header.type === draft.type &&
    token !== '' &&
    header.counterpartToken === token &&
    sameName(type, said, answers) &&
    Math.abs(Date.parse(header.contactAt) - Date.parse(textIn(answers.contactAt) ?? draft.startedAt)) <= DAY_MS;
  return {
    toldOfRecords: saying.some(({ says, said }) => says.toldOfRecords?.(said) === true),
    limits: limits.filter(({ text }) => text !== ''),
    consents: saying
      .filter(({ says, said, takenBack: withdrawn }) => withdrawn === undefined && says.agreed?.(said) === true)
      .slice(0, CONSENTS_OFFERED)
      .map(({ header }) => ({ number: header.number, contactAt: header.contactAt })),
    alike: draft.copiedFrom === undefined && draft.base === undefined ? read.filter(isAlike).map(({ header }) => header.number) : [], // prettier-ignore
  };
}

function sameName(type: RecordType, said: Answers, answers: Answers): boolean {
  const name = `${type.counterpart ?? ''}Name`;
  return foldWords(textIn(said[name]) ?? '') === foldWords(textIn(answers[name]) ?? '');
}
