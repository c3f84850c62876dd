import { z } from 'zod';
import type { Card } from '../cards/elements.ts';
import { nothingCard } from '../cards/noticeCards.ts';
import { nothingFoundCard, resultsCard, searchForm } from '../cards/searchCards.ts';
import { openAsked, sealAsked } from '../src/asked.ts';
import type { Person } from '../src/people.ts';
import { searchRecords } from '../src/search.ts';
import { packWish, unpackWish, type Wish } from '../src/searchWish.ts';
import type { Services } from './services.ts';

const token = z
  .string()
  .max(4_000)
  .regex(/^[\w-]+$/u);
const recordId = z.string().regex(/^[0-9A-HJKMNP-TV-Z]{26}$/u);
const askedData = z.strictObject({ asked: token });
/** A page begins after a record that was shown, or, sealed, after one that was only looked at. */
const pageData = z.strictObject({ asked: token, before: token });

/** On one line, as an input of one line gives it. */
const typed = z
  .string()
  .transform((text) => text.replace(/[\s\p{Cc}]+/gu, ' ').trim())
  .exactOptional();
const runData = z.strictObject({
  ...{ reference: typed, organisation: typed, type: typed, from: typed, to: typed, author: typed },
  open: z.literal(1).exactOptional(),
});

type SearchHandler = (services: Services, person: Person, data: unknown) => Promise<{ readonly card: Card }>;

/** The presses on the form of a search and on what it finds. */
export const SEARCH_HANDLERS: Readonly<Record<string, SearchHandler>> = {
  'search.form': async (_services, _person, data) => {
    z.strictObject({}).parse(data);
    return { card: searchForm() };
  },
  'search.run': async (services, person, data) => {
    const { open, ...wish } = runData.parse(data);
    return found(services, person, { ...wish, ...(open === undefined ? {} : { isOpen: true }) });
  },
  'search.open': async (services, person, data) => asked(services, person, askedData.parse(data).asked),
  'search.page': async (services, person, data) => {
    const { asked: sealed, before } = pageData.parse(data);
    const from = recordIn(services, person, before);
    return from === undefined ? { card: nothingCard() } : asked(services, person, sealed, from);
  },
  'search.change': async (services, person, data) => {
    const wish = wishIn(services, person, askedData.parse(data).asked);
    return { card: wish === undefined ? nothingCard() : searchForm(wish) };
  },
};

/** What a search asks for, sealed for whoever asked. */
export function sealWish({ keys }: Services, person: Person, wish: Wish): string {
  return sealAsked(keys, person.id, packWish(wish));
}

async function asked(services: Services, person: Person, sealed: string, before?: string) {
  const wish = wishIn(services, person, sealed);
  return wish === undefined ? { card: nothingCard() } : found(services, person, wish, before);
}

/** `undefined` for a token that is somebody else's, or older than the keys. */
function wishIn({ keys }: Services, person: Person, sealed: string): Wish | undefined {
  const text = openAsked(keys, person.id, sealed);
  return text === undefined ? undefined : unpackWish(text);
}

/** `undefined` for a token that is somebody else's, older than the keys, or of something else. */
function recordIn({ keys }: Services, person: Person, before: string): string | undefined {
  if (recordId.safeParse(before).success) return before;
  const read = recordId.safeParse(openAsked(keys, person.id, before));
  return read.success ? read.data : undefined;
}

async function found(services: Services, person: Person, wish: Wish, before?: string) {
  const searched = await searchRecords(services.searching, person, wish, { before });
  if (searched.kind === 'problems') return { card: searchForm(wish, searched.problems) };
  const sealed = sealWish(services, person, wish);
  if (searched.kind === 'nothing') return { card: nothingFoundCard(sealed) };
  const { before: last, isCutShort } = searched;
  // Where so much was looked through, the page may end at a record that this person may not see.
  const next = last === undefined || !isCutShort ? {} : { before: sealAsked(services.keys, person.id, last) };
  return { card: resultsCard({ ...searched, ...next }, wish, sealed, before === undefined) };
}
