import { mayReadAccessLog } from './access.ts';
import type { AccessKey, AccessStore, ChainedAccess } from './accessLogPorts.ts';
import type { Instant } from './fields.ts';
import { caseAlias } from './freezing.ts';
import { readRecordNumber } from './ids.ts';
import type { Keys } from './keyPorts.ts';
import { nothingInTime, whole, type Listed } from './listed.ts';
import type { Person } from './people.ts';
import type { AccessEntry, AccessLog, Clock, Directory, RecordStore } from './ports.ts';

export interface ReadingAccessDeps {
  /** What is read. */
  readonly log: Pick<AccessStore, 'about' | 'by'>;
  /** Where it is noted that it was read. */
  readonly access: AccessLog;
  readonly records: Pick<RecordStore, 'findCaseKey' | 'caseFile'>;
  readonly directory: Pick<Directory, 'person' | 'lastKnown' | 'personNamed'>;
  readonly keys: Keys;
  readonly clock: Clock;
}

/** Whose or what's log is asked for: as it was typed, or a person by their id. */
export type LogAsked = { readonly typed: string } | { readonly person: string };

/** What was done, by whom and when. */
export interface LogLine {
  /** Their name, or their id when the directory does not know them. */
  readonly who: string;
  readonly at: Instant;
  readonly what: string;
  /** Record numbers, in the order in which they were shown or asked for. */
  readonly numbers: readonly string[];
  /** It was shown only because of urgent access. */
  readonly isUrgent: boolean;
}

/** A page of the access log, the newest first. */
export interface LogPage {
  readonly kind: 'log';
  readonly of: 'case' | 'record' | 'person';
  /** The reference as typed, the record's number, or the person's name. */
  readonly about: string;
  readonly lines: readonly LogLine[];
  /** Given when there are more, or may be: the line after which the next page begins. */
  readonly before?: AccessKey;
  /** This page ends here because finding more of it took too long. */
  readonly isCutShort: boolean;
}

/** Source: architecture, "Card budgets". */
const LINES_A_PAGE = 8;

const WORDS: Readonly<Record<AccessEntry['action'], string>> = {
  'record.open': 'Opened a record',
  'record.copy': 'Copied a record',
  'record.refused': 'Asked for a record, and was shown nothing',
  'record.list': 'Saw a list of records',
  'record.search': 'Searched for records',
  'team.overview': 'Saw the numbers of their teams',
  'consent.see': 'Was shown what earlier records say of consent',
  'case.open': 'Opened the summary of a case',
  'case.channel': 'Showed the counts of a case to a channel',
  'case.refused': 'Asked for the summary of a case, and was shown nothing',
  'urgent.granted': 'Was given urgent access to a case',
  'urgent.refused': 'Asked for urgent access to a case, and was shown nothing',
  'urgent.show': 'Saw who asked for urgent access, and why',
  'case.addTeam': 'Let another team see a case',
  'restriction.see': 'Saw who may see a case',
  'restriction.set': 'Had only named people see a case',
  'restriction.add': 'Named somebody for a case',
  'restriction.remove': 'Took somebody off a case',
  'restriction.lift': 'Lifted the restriction of a case',
  'log.read': 'Read the access log',
  'log.refused': 'Asked for the access log, and was shown nothing',
};

/**
 * A page of the access log for a records officer: all that was done on a case (with its summary, with its records, and
 * refusals by its reference), with a record, or by a person. Reading it is itself noted before anything is shown. Anybody
 * else is refused, and that is noted too. Throws `store.unsure` when nothing of it is found in time.
 * Source: issue "Case summary", 6; architecture, "Who may do what".
 */
export async function readAccessLog(
  deps: ReadingAccessDeps,
  person: Person,
  asked: LogAsked,
  before?: AccessKey,
): Promise<LogPage | { readonly kind: 'nothing' }> {
  const target = await targetOf(deps, person, asked);
  const isAllowed = mayReadAccessLog(person);
  const page = { before, limit: LINES_A_PAGE + 1 };
  const { items: found, isCutShort } = isAllowed ? await entriesOf(deps, target, page) : whole([]);
  if (isCutShort && found.length === 0) throw nothingInTime();
  const action = isAllowed ? 'log.read' : 'log.refused';
  await deps.access.append({ at: deps.clock.now(), personId: person.id, action, subject: target.subject });
  if (!isAllowed) return { kind: 'nothing' };
  const shown = found.slice(0, LINES_A_PAGE);
  const last = shown.at(-1);
  const names = await namesOf(deps.directory, shown);
  return {
    kind: 'log',
    of: target.of,
    about: target.about,
    lines: shown.map((entry) => lineOf(entry, names)),
    ...((found.length > LINES_A_PAGE || isCutShort) && last !== undefined
      ? { before: { at: last.at, chainKey: last.chainKey, seq: last.seq } }
      : {}),
    isCutShort: isCutShort && found.length <= LINES_A_PAGE,
  };
}

/** What is asked for, and the id that the log notes for it: never what was typed. */
type Target = Pick<LogPage, 'of' | 'about'> & { readonly subject: string; readonly alias?: string };

async function targetOf(deps: ReadingAccessDeps, reader: Person, asked: LogAsked): Promise<Target> {
  if ('person' in asked) return personTarget(asked.person, await deps.directory.person(asked.person));
  const { typed } = asked;
  const number = readRecordNumber(typed);
  if (number !== undefined) return { of: 'record', about: number, subject: number };
  const person = (await deps.directory.personNamed(typed)) ?? (await deps.directory.person(typed));
  if (person !== undefined) return personTarget(person.id, person);
  if (isObjectId(typed)) return personTarget(typed.toLowerCase(), undefined);
  const alias = caseAlias(deps.keys, reader.tenantId, typed);
  const caseKey = await deps.records.findCaseKey(alias);
  return { of: 'case', about: typed, subject: caseKey ?? alias, alias };
}

function personTarget(id: string, person: Person | undefined): Target {
  return { of: 'person', about: person?.name ?? id, subject: id };
}

/** Whether this is how a directory numbers people: somebody who has left is not in it, and still in the log. */
function isObjectId(text: string): boolean {
  return /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/iu.test(text);
}

async function entriesOf(
  deps: ReadingAccessDeps,
  { of, subject, alias }: Target,
  page: { readonly before: AccessKey | undefined; readonly limit: number },
): Promise<Listed<ChainedAccess>> {
  if (of === 'person') return deps.log.by(subject, page);
  if (alias === undefined) return deps.log.about([subject], page);
  const records = await deps.records.caseFile(subject);
  return deps.log.about([subject, alias, ...records.map(({ header }) => header.number)], page);
}

async function namesOf(
  directory: Pick<Directory, 'lastKnown'>,
  entries: readonly ChainedAccess[],
): Promise<ReadonlyMap<string, string>> {
  const ids = [...new Set(entries.map(({ personId }) => personId))];
  const people = await Promise.all(ids.map((id) => directory.lastKnown(id)));
  return new Map(ids.map((id, at) => [id, people[at]?.name ?? id]));
}

function lineOf(
  { personId, at, action, subject, grantId }: ChainedAccess,
  names: ReadonlyMap<string, string>,
): LogLine {
  return {
    who: names.get(personId) ?? personId,
    at,
    what: WORDS[action],
    numbers: subject.split(' ').filter((id) => readRecordNumber(id) === id),
    isUrgent: grantId !== undefined,
  };
}
