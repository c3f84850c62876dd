import { counterpartTokenOf } from './freezing.ts';
import { readRecordNumber } from './ids.ts';
import type { Keys } from './keyPorts.ts';
import { addDays, instantOf } from './londonTime.ts';
import type { Person } from './people.ts';
import type { Directory, VersionHeader } from './ports.ts';
import type { RecordSearch, SearchKey } from './searchPorts.ts';
import { isReferenceLike, typeNamed, type Wish } from './searchWish.ts';
import { readTypedDate } from './typedDate.ts';

/** What is wrong with what somebody wants to find, at which input. Never repeats what was typed. */
export interface WishProblem {
  readonly field: keyof Wish;
  readonly text: string;
}

/** What a wish comes to. */
export interface SearchTerms {
  /** One record, or one case; absent when all that somebody may see is looked through. */
  readonly exact?: { readonly number: string } | { readonly reference: string };
  readonly authorId?: string;
  readonly organisation?: string;
  readonly rest: Pick<RecordSearch, 'type' | 'contactFrom' | 'contactBefore' | 'isOpen'>;
}

/** How long what is typed may be. */
export const WISH_CHARACTERS = {
  reference: 64,
  organisation: 200,
  type: 40,
  from: 20,
  to: 20,
  author: 100,
} as const satisfies Partial<Record<keyof Wish, number>>;

const NAMES: Readonly<Record<keyof typeof WISH_CHARACTERS, string>> = {
  reference: 'the case reference or record number',
  organisation: 'the organisation',
  type: 'the kind of record',
  from: 'the first day',
  to: 'the last day',
  author: 'who made the record',
};

interface TermsDeps {
  readonly keys: Keys;
  readonly directory: Directory;
  readonly caseReferencePattern?: RegExp | undefined;
}

/**
 * Looks at a wish: what it comes to, or what is wrong with it, in the order in which it was asked for. Nothing is looked
 * for yet. Source: issue “Case summary”, 3 and “Bad input”.
 */
export async function termsOf(
  deps: TermsDeps,
  person: Person,
  typed: Wish,
): Promise<SearchTerms | readonly WishProblem[]> {
  const wish = trimmed(typed);
  const author = wish.author === undefined ? undefined : await authorNamed(deps.directory, person, wish.author);
  const long = tooLong(wish);
  const others = problemsIn(deps, wish, author).filter(({ field }) => !long.some((each) => each.field === field));
  if (long.length + others.length > 0) return [...long, ...others];
  if (Object.keys(wish).length === 0)
    return [{ field: 'reference', text: 'Say what to look for: fill in one at least.' }];
  const from = readTypedDate(wish.from ?? '');
  const to = readTypedDate(wish.to ?? '');
  return {
    ...exactOf(wish),
    ...(author === undefined ? {} : { authorId: author }),
    ...(wish.organisation === undefined ? {} : { organisation: counterpartTokenOf(deps.keys, wish.organisation) }),
    rest: {
      type: wish.type && typeNamed(wish.type)?.id,
      contactFrom: from && instantOf(from, '00:00'),
      contactBefore: to && instantOf(addDays(to, 1), '00:00'),
      isOpen: wish.isOpen,
    },
  };
}

const NO_AUTHOR: WishProblem = {
  field: 'author',
  text: 'Check who made the record: nobody is called that in the directory, or more than one. Give the whole name.',
};

/** Without what is blank. */
function trimmed(wish: Wish): Wish {
  const filled = Object.entries(wish).flatMap(([field, value]) => {
    const kept = typeof value === 'string' ? value.trim() : value;
    return kept === '' ? [] : [[field, kept]];
  });
  return Object.fromEntries(filled) as Wish; // fromEntries forgets whose fields they are
}

async function authorNamed(directory: Directory, person: Person, name: string): Promise<string | undefined> {
  if (name.toLowerCase() === 'me') return person.id;
  return name.length > WISH_CHARACTERS.author ? undefined : (await directory.personNamed(name))?.id;
}

function tooLong(wish: Wish): WishProblem[] {
  const fields = Object.keys(WISH_CHARACTERS) as (keyof typeof WISH_CHARACTERS)[]; // the keys of that very object
  return fields.flatMap((field) => {
    const over = (wish[field]?.length ?? 0) - WISH_CHARACTERS[field];
    if (over <= 0) return [];
    const most = WISH_CHARACTERS[field];
    return [
      { field, text: `Shorten ${NAMES[field]}: it has ${over} characters more than the ${most} there is room for.` },
    ];
  });
}

function problemsIn(
  { caseReferencePattern }: TermsDeps,
  wish: Wish,
  author: string | undefined,
): readonly WishProblem[] {
  const problems: WishProblem[] = [];
  const { reference, type, from, to } = wish;
  if (reference !== undefined && !isExact(reference, caseReferencePattern))
    problems.push({
      field: 'reference',
      text: 'Check the case reference or record number: it has letters, digits, spaces and - / . _ only, and a digit.',
    });
  if (type !== undefined && typeNamed(type) === undefined)
    problems.push({
      field: 'type',
      text: 'Check the kind of record: share, request received, request made, or decided not to share.',
    });
  const days = [from, to].map((day) => day && readTypedDate(day));
  for (const [at, field] of (['from', 'to'] as const).entries())
    if (wish[field] !== undefined && days[at] === undefined)
      problems.push({ field, text: `Check ${NAMES[field]}: give a day that there is, such as 23/11/2026.` });
  const [first, last] = days;
  if (first && last && first > last)
    problems.push({ field: 'to', text: 'Check the days: the last one is before the first one.' });
  if (wish.author !== undefined && author === undefined) problems.push(NO_AUTHOR);
  return problems;
}

function isExact(text: string, pattern: RegExp | undefined): boolean {
  return readRecordNumber(text) !== undefined || isReferenceLike(text, pattern);
}

function exactOf({ reference }: Wish): Pick<SearchTerms, 'exact'> {
  if (reference === undefined) return {};
  const number = readRecordNumber(reference);
  return { exact: number === undefined ? { reference } : { number } };
}

/** Whether a record is what was looked for, by what stands in clear of it. */
export function meets({ authorId, organisation, rest }: SearchTerms, header: VersionHeader): boolean {
  return (
    (authorId === undefined || header.authorId === authorId) &&
    (organisation === undefined || header.counterpartToken === organisation) &&
    (rest.type === undefined || header.type === rest.type) &&
    (rest.contactFrom === undefined || header.contactAt >= rest.contactFrom) &&
    (rest.contactBefore === undefined || header.contactAt < rest.contactBefore) &&
    (rest.isOpen !== true || header.openItems.length > 0)
  );
}

/** The same, for the index of what this person may see. */
export function searchWithin(
  { authorId, organisation, rest }: SearchTerms,
  within: readonly SearchKey[],
): RecordSearch {
  return {
    within,
    also: [
      ...(organisation === undefined ? [] : [{ kind: 'organisation', id: organisation } as const]),
      ...(authorId === undefined ? [] : [{ kind: 'author', id: authorId } as const]),
    ],
    ...rest,
  };
}
