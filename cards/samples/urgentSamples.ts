import { summaryLine } from '../../src/summaryLine.ts';
import type { CaseSummary } from '../../src/summary.ts';
import { readAsk } from '../../src/urgentAsking.ts';
import type { UrgentShown } from '../../src/urgentShown.ts';
import { share } from '../../src/records/share.ts';
import type { Card } from '../elements.ts';
import { historyCard } from '../historyCard.ts';
import { answerCard, recordCard, recordTextCard } from '../recordCards.ts';
import { plainButton } from '../elements.ts';
import { summaryCard } from '../summaryCard.ts';
import { nothingOpenedCard, urgentCard, urgentShownCard } from '../urgentCards.ts';
import { FULL_ANSWER, LONG_ANSWER, PARTLY, SPOKEN } from './answers.ts';
import { aRecord } from './recordSamples.ts';
import { DRAFT_ID, SITUATION, type SampleCard } from './sample.ts';

const UNTIL = '2026-11-23T15:30:00.000Z';
const ASKED = { askId: DRAFT_ID, asked: 'c2VhbGVkLCBhbmQgbWFkZS11cA' };

/** Asking for urgent access, what it opens, and who reads why. */
export function urgentSamples(): readonly SampleCard[] {
  const one = (id: string, title: string, card: Card): SampleCard => ({ id, title, group: 'Urgent access', card });
  const stored = (id: string, title: string, card: Card): SampleCard => ({ id, title, group: 'Messages kept in the chat', card }); // prettier-ignore
  const record = { ...aRecord(PARTLY), can: [], urgentUntil: UNTIL };
  const back = plainButton('Back to the record', 'record.open', { number: record.header.number }, 'positive');
  return [
    stored('stored-urgent-access', 'Urgent access was asked for', urgentCard(ASKED)),
    stored('stored-urgent-access-which', 'Urgent access, no case named', urgentCard({ askId: DRAFT_ID })),
    one('urgent-empty', 'Nothing was typed', again('', '')),
    one('urgent-placeholder', 'No reason to speak of', again('RFS-10422', 'tbc')),
    one('urgent-long', 'A reason that is too long', again('RFS-10422', FULL_ANSWER.padEnd(5_000, '.'))),
    one('urgent-not-now', 'The log cannot be reached', urgentCard({ ...ASKED, typed: { reason: LONG_ANSWER }, notice: 'The log cannot be reached just now.' })), // prettier-ignore
    one('urgent-nothing', 'Nothing was opened', nothingOpenedCard()),
    one('urgent-summary', 'The summary of a case', summaryCard(aSummary(), { number: record.header.number })),
    one('urgent-record', 'A record', recordCard(record)),
    one('urgent-answer', 'A whole answer', answerCard('Why did you share?', LONG_ANSWER, back, UNTIL)),
    one('urgent-text', 'A record as text', recordTextCard(record, 1)),
    one('urgent-history', 'The history of a record', historyCard({ kind: 'history', header: record.header, versions: 1, entry: record.entry, said: undefined, endorsement: undefined, changes: [], urgentUntil: UNTIL })), // prettier-ignore
    one('urgent-shown', 'Who asked, for a manager', urgentShownCard(shown({ number: record.header.number }))),
    one('urgent-shown-refused', 'Who asked for a restricted case', urgentShownCard(shown({ until: undefined }))),
    one('urgent-shown-left', 'Who asked has left', urgentShownCard(shown({ asker: undefined, reason: '好'.repeat(4_000) }))), // prettier-ignore
  ];
}

function again(wanted: string, reason: string): Card {
  const read = readAsk({ wanted, reason });
  return urgentCard({ askId: DRAFT_ID, ...(read.kind === 'asking' ? read : {}) });
}

function shown(changes: Partial<UrgentShown>): UrgentShown {
  return {
    kind: 'urgent',
    asker: {
      id: 'made-up',
      tenantId: 'made-up',
      name: 'Ffion Example',
      jobTitle: 'Youth worker',
      organisation: 'Exampleshire Youth Service',
      teamIds: [],
      roles: ['practitioner'],
    },
    at: SITUATION.now,
    until: UNTIL,
    reason: 'He has just rung from the station and will not say where his sister is.',
    ...changes,
  };
}

function aSummary(): CaseSummary {
  const record = aRecord(SPOKEN);
  const { contactAt } = record.header;
  const reading = { record, isLatest: true, type: share, answers: SPOKEN, endorsed: [] };
  return {
    kind: 'summary',
    caseKey: 'made-up',
    reference: 'RFS-10422',
    records: 1,
    firstContact: contactAt,
    lastContact: contactAt,
    open: [],
    limits: [],
    keepFrom: [],
    months: [{ month: contactAt.slice(0, 7), contacts: 1 }],
    lines: [summaryLine(reading)],
    from: 1,
    urgentUntil: UNTIL,
  };
}
