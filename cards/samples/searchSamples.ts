import type { RecordLine } from '../../src/listing.ts';
import type { SearchResults } from '../../src/search.ts';
import type { Wish } from '../../src/searchWish.ts';
import { share } from '../../src/records/share.ts';
import type { Card } from '../elements.ts';
import {
  insertedCard,
  nothingFoundCard,
  REST_TOOK_TOO_LONG,
  resultsCard,
  searchForm,
  searchStub,
} from '../searchCards.ts';
import { URGENT, WITH, WITHOUT } from './answers.ts';
import { aRecord } from './recordSamples.ts';
import { DRAFT_ID, numberOf, type SampleCard } from './sample.ts';

const WISH: Wish = { reference: 'RFS-10422', from: '2026-11-01', author: 'Priya Shah', isOpen: true };
/** As long as one can be: what was searched for, sealed. */
const ASKED = 'made-up-token'.repeat(140);

/** A search: its form, what it finds, and what is put into a message. */
export function searchSamples(): readonly SampleCard[] {
  const stored = (id: string, title: string, card: Card): SampleCard => ({ id, title, group: 'Messages kept in the chat', card }); // prettier-ignore
  const search = (id: string, title: string, card: Card): SampleCard => ({ id, title, group: 'Search', card });
  const page = { isCutShort: false, isOutOfTime: false, isWithinTeams: true } as const;
  const cut = { before: DRAFT_ID, isCutShort: true, isOutOfTime: true, isWithinTeams: true } as const;
  return [
    stored('stored-search', 'The form of a search', searchForm()),
    stored('stored-search-asked', 'A search was asked for', searchStub('made-up-token', '29:made-up-user')),
    stored('stored-inserted', 'A record put into a message', insertedCard(aLine(0))),
    search('search-problems', 'The form, with problems', searchForm({ ...WISH, organisation: 'Exampleshire Health' }, PROBLEMS)),
    search('search-found', 'Found, a full page', found({ ...page, lines: lines(8), before: DRAFT_ID }, true)),
    search('search-last', 'Found, the last page', found({ ...page, lines: lines(2) }, false)),
    search('search-long', 'Found, every text as long as it may be', found({ ...page, lines: longest(), before: DRAFT_ID }, false)),
    search('search-cut', 'Nothing found yet', found({ lines: [], before: DRAFT_ID, isCutShort: true, isOutOfTime: false, isWithinTeams: true }, true)),
    search('search-late', 'The first that were found', found({ ...cut, lines: lines(3) }, true)),
    search('search-late-further', 'The first of the older ones', found({ ...cut, lines: longest().slice(1) }, false)),
    search('search-late-none', 'Nothing found in time', found({ ...cut, lines: [] }, true)),
    stored('stored-inserted-rest', 'What stands for the rest, put into a message', REST_TOOK_TOO_LONG.card()),
    search('search-urgent', 'Found under urgent access', found({ lines: lines(3), isCutShort: false, isOutOfTime: false, isWithinTeams: false, urgentUntil: '2026-11-23T15:30:00.000Z' }, true)),
    search('search-nothing', 'Nothing found', nothingFoundCard('made-up-token')),
  ]; // prettier-ignore
}

const PROBLEMS = [
  {
    field: 'organisation',
    text: 'Shorten the organisation: it has 12 characters more than the 200 there is room for.',
  },
  { field: 'to', text: 'Check the days: the last one is before the first one.' },
] as const;

function found(results: Omit<SearchResults, 'kind'>, isFirst: boolean): Card {
  return resultsCard({ kind: 'results', ...results }, WISH, ASKED, isFirst);
}

function lines(count: number): readonly RecordLine[] {
  return Array.from({ length: count }, (_, nth) => aLine(nth));
}

function aLine(nth: number): RecordLine {
  const { header } = aRecord([WITHOUT, WITH, URGENT][nth % 3] ?? WITH);
  return {
    header: { ...header, number: numberOf(nth) },
    title: share.title,
    about: 'RFS-10422',
    counterpart: 'Exampleshire Health Visiting',
  };
}

function longest(): readonly RecordLine[] {
  return lines(8).map((line) => ({ ...line, about: 'ŵ'.repeat(200), counterpart: 'ŷ'.repeat(200) }));
}
