import { addDays } from '../../src/londonTime.ts';
import type { TeamOverview } from '../../src/overview.ts';
import type { VersionHeader } from '../../src/ports.ts';
import { LINES_A_PAGE, type CaseSummary } from '../../src/summary.ts';
import type { SummaryLine } from '../../src/summaryLine.ts';
import { SUMMARY_PARTS, type SummaryPart } from '../../src/summaryParts.ts';
import { channelSummaryCard, nothingInChannelCard } from '../channelCards.ts';
import type { Card } from '../elements.ts';
import { overviewCard } from '../overviewCard.ts';
import { summaryCard, summaryStub } from '../summaryCard.ts';
import { FULL_ANSWER } from './answers.ts';
import type { SampleCard } from './sample.ts';

const ASKED = { asked: 'MadeUpTokenThatHoldsNothing' };

/** The story of a case, in a personal chat and in a channel. */
export function summarySamples(): readonly SampleCard[] {
  const summary = (id: string, title: string, card: Card): SampleCard => ({ id, title, group: 'Case summary', card });
  const stored = (id: string, title: string, card: Card): SampleCard => ({ id, title, group: 'Messages kept in the chat', card }); // prettier-ignore
  return [
    summary('summary', 'A case', summaryCard(aSummary({ records: 11, before: '01KAR0SAMP1E0000000000000A' }), ASKED)),
    summary('summary-one', 'A case with one record', summaryCard(ONE, ASKED)),
    summary('summary-later', 'The last page', summaryCard(aSummary({ from: 9, records: 11, lines: LINES.slice(0, 3) }), ASKED)), // prettier-ignore
    summary('summary-past', 'A page past the end', summaryCard(aSummary({ from: 12, records: 11, lines: [] }), ASKED)),
    summary('summary-full', 'A page of the longest answers', summaryCard(FULL, ASKED)),
    stored('stored-summary', 'A case summary was asked for', summaryStub(ASKED, '29:made-up-user')),
    stored('stored-overview', 'A team overview', overviewCard([OVERVIEW, OF_NOTHING])),
    stored('stored-overview-cut', 'A team overview: of a part', overviewCard([CUT, { ...CUT, records: 0 }])),
    stored('stored-overview-none', 'A team overview: no team', overviewCard([])),
    stored('stored-channel', 'A case summary in a channel', channelSummaryCard(IN_CHANNEL, ASKED)),
    stored('stored-channel-nothing', 'A case summary in a channel: nothing', nothingInChannelCard()),
  ];
}

const OVERVIEW: TeamOverview = {
  team: { id: 'made-up', name: 'Riverside Family Support' },
  records: 23,
  weeks: [1, 2, 3, 2, 0, 2, 3, 1, 2, 3, 2, 2].map((count, nth) => ({ from: addDays('2026-09-07', nth * 7), count })),
  types: [
    { label: 'Record share', count: 15 },
    { label: 'Request received', count: 8 },
  ],
  closedAtSigning: 14,
  outcomes: { count: 6, medianDays: 3.5 },
};

/** A team that recorded nothing. */
const OF_NOTHING: TeamOverview = { ...OVERVIEW, team: { id: 'made-up-too', name: 'Northgate Youth' }, records: 0 };

const CUT: TeamOverview = { ...OVERVIEW, weeks: OVERVIEW.weeks.slice(-4), countedFrom: '2026-10-19T08:12:00.000Z' };

const IN_CHANNEL = {
  kind: 'channelSummary',
  records: 11,
  firstContact: '2026-02-03T10:00:00.000Z',
  lastContact: '2026-11-23T14:05:00.000Z',
  types: [
    { title: 'Record share', count: 8 },
    { title: 'Request received', count: 3 },
  ],
  consent: { yes: 6, no: 2, partly: 1 },
  outcomes: { yes: 7, no: 4 },
} as const;

const TOLD: Readonly<Partial<Record<SummaryPart, string>>> = {
  with: 'Riverside Primary School',
  shared: 'Concerns about the child\nEducation',
  consent: 'With consent\nYes, there were limits\nNot to be told to the grandparents.',
  family: 'Yes, all of them',
  outcome: 'Action was taken\nThe school set up weekly talks.',
  next: 'Look at it again at the meeting on 2 December.',
  decidedBy: 'I did',
};

const LINES = Array.from({ length: LINES_A_PAGE }, (_, nth) => aLine(nth, TOLD));

function aLine(nth: number, told: Readonly<Partial<Record<SummaryPart, string>>>): SummaryLine {
  const isOpen = nth % 3 === 1;
  const shown = isOpen ? { ...told, outcome: undefined } : told;
  return {
    header: aHeader(nth, isOpen),
    title: nth % 3 === 2 ? 'Request received' : 'Record share',
    texts: (Object.keys(SUMMARY_PARTS) as SummaryPart[]).flatMap((part) => {
      const text = shown[part];
      return text === undefined ? [] : [{ part, label: SUMMARY_PARTS[part], text }];
    }), // the keys of that very object
    endorsements:
      nth === 0 ? ['Endorsed by Maureen Castle, Team manager, Exampleshire Council, on Tuesday 24 November 2026'] : [],
    notes: nth === 4 ? ['Consent taken back'] : [],
    recordedDaysLater: nth === 3 ? 4 : 0,
  };
}

function aHeader(nth: number, isOpen: boolean): VersionHeader {
  const contactAt = `2026-${String(11 - nth).padStart(2, '0')}-12T10:${String(10 + nth)}:00.000Z`;
  return {
    ...{ recordId: '01KAR0SAMP1E0000000000000A', version: 1, kind: 'recorded', type: 'share' },
    ...{ number: `SL-7QK2M9X${nth}`, contactAt, savedAt: contactAt, authorId: 'made-up', teamId: 'made-up' },
    openItems: isOpen ? [{ kind: 'outcome', due: '2026-12-01' }] : [],
    ...{ consentLimited: true, isUnlinked: false, counterpartToken: '', wordingHash: '' },
  };
}

function aSummary(changes: Partial<CaseSummary> = {}): CaseSummary {
  return {
    kind: 'summary',
    caseKey: '01KAR0SAMP1E0000000000000C',
    reference: 'FN-2043',
    records: LINES.length,
    firstContact: '2026-02-03T10:00:00.000Z',
    lastContact: '2026-11-12T10:10:00.000Z',
    open: [{ kind: 'outcome', due: '2026-12-01', number: 'SL-7QK2M9X1' }],
    limits: [{ number: 'SL-7QK2M9X0', text: 'Not to be told to the grandparents.' }],
    keepFrom: ['The father, who must not learn the new address.'],
    months: [1, 0, 2, 1, 0, 0, 1, 3, 2, 1].map((contacts, at) => ({ month: `2026-${String(at + 2).padStart(2, '0')}`, contacts })), // prettier-ignore
    lines: LINES,
    from: 1,
    ...changes,
  };
}

const ONE: CaseSummary = aSummary({
  records: 1,
  firstContact: '2026-11-12T10:10:00.000Z',
  open: [],
  limits: [],
  keepFrom: [],
  months: [{ month: '2026-11', contacts: 1 }],
  lines: [aLine(0, { ...TOLD, view: 'Judgement: The risk is rising.' })],
});

const FULL: CaseSummary = aSummary({
  keepFrom: Array.from({ length: 9 }, (_, nth) => `${FULL_ANSWER.slice(0, 198)}${nth}`),
  limits: Array.from({ length: 9 }, (_, nth) => ({ number: `SL-7QK2M9X${nth}`, text: FULL_ANSWER })),
  open: Array.from({ length: 40 }, (_, nth) => ({ kind: 'familyTold', due: '2026-12-01', number: `SL-7QK2M9${String(nth).padStart(2, '0')}` })), // prettier-ignore
  lines: Array.from({ length: LINES_A_PAGE }, (_, nth) => aLine(nth, Object.fromEntries(Object.keys(SUMMARY_PARTS).map((part) => [part, FULL_ANSWER])))), // prettier-ignore
});
