import { may } from './access.ts';
import { effectiveAnswers } from './completeness.ts';
import type { Draft } from './drafts.ts';
import { textIn, type Answers } from './fields.ts';
import { knownType } from './forms.ts';
import { caseAlias, counterpartToken } from './freezing.ts';
import { unpackPayload } from './payloads.ts';
import type { Person } from './people.ts';
import { foldWords } from './placeholders.ts';
import type { Keys } from './keyPorts.ts';
import type { Directory, RecordStore, StoredVersion, VersionHeader } from './ports.ts';
import type { Earlier, RecordType } from './recordType.ts';
import { saidIn } from './said.ts';

export interface EarlierDeps {
  readonly records: RecordStore;
  readonly directory: Directory;
  readonly keys: Keys;
}

/** What the records of a draft's case say, and which of them this person may not see although they limit consent. */
export interface OnTheCase {
  readonly earlier: Earlier;
  /** Headers only: of what they say, nothing is looked at. */
  readonly hiddenLimits: readonly VersionHeader[];
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
  const seen = await Promise.all(others.map(({ header }) => may(deps.directory, 'record.open', person, header)));
  const visible = others.filter((_, at) => seen[at] === true);
  return {
    earlier: await earlierOf(deps, visible, draft, type, answers),
    hiddenLimits: others.filter((_, at) => seen[at] !== true).map(({ header }) => header).filter((header) => header.consentLimited), // prettier-ignore
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
  const token = counterpartToken(deps.keys, type, answers);
  const isAlike = ({ header, said }: (typeof read)[number]): boolean =>
    header.type === draft.type &&
    token !== '' &&
    header.counterpartToken === token &&
    sameName(type, said, answers) &&
    Math.abs(Date.parse(header.contactAt) - Date.parse(textIn(answers.contactAt) ?? draft.startedAt)) <= DAY_MS;
  return {
    toldOfRecords: saying.some(({ says, said }) => says.toldOfRecords?.(said) === true),
    limits: saying.flatMap(({ says, said, header, takenBack: withdrawn }) => {
      const texts = header.consentLimited ? [withdrawn, says.limits?.(said)].filter((text) => text !== undefined) : [];
      return texts.length === 0 ? [] : [{ number: header.number, text: texts.join('\n') }];
    }),
    consents: saying
      .filter(({ says, said, takenBack: withdrawn }) => withdrawn === undefined && says.agreed?.(said) === true)
      .slice(0, CONSENTS_OFFERED)
      .map(({ header }) => ({ number: header.number, contactAt: header.contactAt })),
    alike: draft.copiedFrom === undefined && draft.base === undefined ? read.filter(isAlike).map(({ header }) => header.number) : [], // prettier-ignore
  };
}

/** How consent was taken back since a record was made, as it was recorded; `undefined` when it was not. */
async function takenBack(deps: EarlierDeps, { caseKey, header }: StoredVersion): Promise<string | undefined> {
  if (header.version === 1 || !header.consentLimited) return undefined;
  const all = await deps.records.versions(caseKey, header.recordId);
  const last = all.findLast((stored) => stored.header.kind === 'withdrawn');
  if (last === undefined) return undefined;
  const said = await saidIn(deps, last);
  return [said?.title ?? '', ...(said?.lines.map(({ text }) => text) ?? [])].join('\n');
}

function sameName(type: RecordType, said: Answers, answers: Answers): boolean {
  const name = `${type.counterpart ?? ''}Name`;
  return foldWords(textIn(said[name]) ?? '') === foldWords(textIn(answers[name]) ?? '');
}
