import { accessOf, type Rights } from './access.ts';
import { owned } from './caseFacts.ts';
import { typedOf, type Typed } from './answering.ts';
import { isBlank, textIn, type Answers } from './fields.ts';
import { knownType } from './forms.ts';
import { fieldOf, type Asked } from './journey.ts';
import { unpackPayload } from './payloads.ts';
import type { Person } from './people.ts';
import { foldWords } from './placeholders.ts';
import type { Keys } from './keyPorts.ts';
import type { RecordStore, StoredVersion } from './ports.ts';
import type { RecordType } from './recordType.ts';
import { COUNTERPART_PARTS } from './records/blocks/counterpartBlock.ts';

/** Somebody a person dealt with lately, from a record of their own. */
export interface RecentPerson {
  /** The number of the record that names them: tells nothing by itself. */
  readonly number: string;
  /** "Nia Practice, Health visitor, Exampleshire Health Visiting". */
  readonly label: string;
  /** The answers of the block, by its parts. */
  readonly parts: Answers;
}

/** Source: issue "Every record type", less typing. */
const OFFERED = 8;
/** How far back in a person's own records the list looks. */
const RECORDS_READ = 40;

/**
 * The people whom this person dealt with last, the latest first, each once. From the person's own records only, and those
 * that they may still see; fewer, or none, when finding these takes long: nobody has to be offered.
 */
export async function recentPeople(
  deps: Rights & { readonly records: RecordStore },
  person: Person,
): Promise<readonly RecentPerson[]> {
  const found = new Map<string, RecentPerson>();
  const access = accessOf(deps, person);
  const { items } = await deps.records.byAuthor(person.id, { limit: RECORDS_READ });
  for (const stored of items) {
    if ((await access.footing('record.open', owned(stored))) === undefined) continue;
    const recent = recentIn(deps.keys, stored);
    if (recent === undefined) continue;
    const key = foldWords(recent.label);
    if (!found.has(key)) found.set(key, recent);
    if (found.size === OFFERED) break;
  }
  return [...found.values()];
}

function recentIn(keys: Keys, stored: StoredVersion): RecentPerson | undefined {
  const { counterpart } = knownType(stored.header.type);
  if (counterpart === undefined) return undefined;
  const { answers } = unpackPayload(keys, stored);
  const given = COUNTERPART_PARTS.flatMap((part) => {
    const answer = answers[`${counterpart}${part}`];
    return answer === undefined ? [] : [[part, answer] as const];
  });
  const parts: Answers = Object.fromEntries(given);
  if (textIn(parts.Name) === undefined) return undefined;
  const label = [parts.Name, parts.JobTitle, parts.Organisation].flatMap((text) => textIn(text) ?? []).join(', ');
  return { number: stored.header.number, label, parts };
}

/** Whether a card asks for the other person, of whom nothing is answered yet: only then is the list offered. */
export function asksForSomebody(type: RecordType, asked: readonly Asked[], answers: Answers): boolean {
  const { counterpart } = type;
  if (counterpart === undefined || !asked.some(({ name }) => name === `${counterpart}Name`)) return false;
  return COUNTERPART_PARTS.every((part) => isBlank(answers[`${counterpart}${part}`]));
}

/** What choosing somebody types into the block of a record type. */
export function typedFor(type: RecordType, { parts }: RecentPerson): Typed {
  const prefix = type.counterpart ?? '';
  const typed = Object.entries(parts).map(([part, answer]) => {
    const name = `${prefix}${part}`;
    return typedOf(name, fieldOf(type, name), answer);
  });
  return Object.assign({}, ...typed) as Typed; // each is input ids to text
}
