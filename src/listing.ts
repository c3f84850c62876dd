import { accessOf, mayListUnlinked, type Rights } from './access.ts';
import { owned } from './caseFacts.ts';
import { textIn, type Answers } from './fields.ts';
import { knownType } from './forms.ts';
import { unpackPayload } from './payloads.ts';
import { nothingInTime, whole, type Listed } from './listed.ts';
import type { Person } from './people.ts';
import type { AccessLog, RecordPage, RecordStore, StoredVersion, VersionHeader } from './ports.ts';

export interface ListingDeps extends Rights {
  readonly records: RecordStore;
  readonly access: AccessLog;
}

/** One record in a list. */
export interface RecordLine {
  readonly header: VersionHeader;
  readonly title: string;
  /** The case reference, or whom it is about; `undefined` when neither was given. */
  readonly about: string | undefined;
  /** The other organisation. */
  readonly counterpart: string | undefined;
}

export interface RecordList {
  readonly lines: readonly RecordLine[];
  /** Given when there are more, or may be: the record after which the next page begins. */
  readonly before?: string;
  /** This page ends here because finding more of it took too long. */
  readonly isCutShort: boolean;
}

/** Source: architecture, "Card budgets". */
const LINES_A_PAGE = 8;

/**
 * A page of a person's own records, the one begun last first, after the record `before`; without those that they may not
 * see any more. Noted before it is shown. Throws `store.unsure` when nothing of it is found in time.
 */
export async function myRecords(deps: ListingDeps, person: Person, before?: string): Promise<RecordList> {
  return listed(deps, person, await seenOf(deps, person, before, (page) => deps.records.byAuthor(person.id, page)));
}

/**
 * A page of the records that have no case and that they may see, for records officers; `undefined` for anybody else. Noted
 * before it is shown. Throws `store.unsure` when nothing of it is found in time.
 * Source: architecture, "Who may do what".
 */
export async function unlinkedRecords(
  deps: ListingDeps,
  person: Person,
  before?: string,
): Promise<RecordList | undefined> {
  if (!mayListUnlinked(person)) {
    const refused = {
      at: deps.clock.now(),
      personId: person.id,
      action: 'record.refused',
      subject: 'unlinked',
    } as const;
    await deps.access.append(refused);
    return undefined;
  }
  return listed(deps, person, await seenOf(deps, person, before, (page) => deps.records.unlinked(page)));
}

/** Those of a list that this person may see: as many as make a page, and one more where there is one. */
async function seenOf(
  deps: ListingDeps,
  person: Person,
  before: string | undefined,
  list: (page: RecordPage) => Promise<Listed<StoredVersion>>,
): Promise<Listed<StoredVersion>> {
  const access = accessOf(deps, person);
  const limit = LINES_A_PAGE + 1;
  const seen: StoredVersion[] = [];
  for (let after = before; ;) {
    const { items: found, isCutShort } = await list({ before: after, limit });
    const footings = await Promise.all(found.map((stored) => access.footing('record.open', owned(stored))));
    seen.push(...found.filter((_, at) => footings[at] !== undefined));
    after = found.at(-1)?.header.recordId;
    if (seen.length >= limit) return whole(seen.slice(0, limit));
    if (isCutShort && seen.length === 0) throw nothingInTime();
    if (isCutShort || found.length < limit) return { items: seen, isCutShort };
  }
}

async function listed(
  deps: ListingDeps,
  person: Person,
  { items: found, isCutShort }: Listed<StoredVersion>,
): Promise<RecordList> {
  const page = found.slice(0, LINES_A_PAGE);
  const last = page.at(-1);
  if (last === undefined) return { lines: [], isCutShort };
  const subject = page.map(({ header }) => header.number).join(' ');
  await deps.access.append({ at: deps.clock.now(), personId: person.id, action: 'record.list', subject });
  return {
    lines: page.map((stored) => recordLine(deps, stored)),
    ...(found.length > LINES_A_PAGE || isCutShort ? { before: last.header.recordId } : {}),
    isCutShort,
  };
}

/** One record as a list shows it. */
export function recordLine(deps: Pick<ListingDeps, 'keys'>, stored: StoredVersion): RecordLine {
  const type = knownType(stored.header.type);
  const { answers } = unpackPayload(deps.keys, stored);
  return {
    header: stored.header,
    title: type.title,
    about: aboutOf(answers),
    counterpart: textIn(answers[`${type.counterpart ?? ''}Organisation`]),
  };
}

/** The case reference of a record, or else whom it is about. */
function aboutOf(answers: Answers): string | undefined {
  return textIn(answers.caseReference) ?? textIn(answers.concerning);
}
