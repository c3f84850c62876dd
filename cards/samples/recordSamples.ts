import { effectiveAnswers } from '../../src/completeness.ts';
import type { Entry } from '../../src/drafts.ts';
import type { Answers } from '../../src/fields.ts';
import { dateOf, daysBetween } from '../../src/londonTime.ts';
import { openItems } from '../../src/openItems.ts';
import type { OpenedRecord } from '../../src/opening.ts';
import { keptFrom, readAnswers } from '../../src/reading.ts';
import { urgentForm } from '../../src/forms.ts';
import { isRequired, relevantFields } from '../../src/journey.ts';
import type { RecordType } from '../../src/recordType.ts';
import { notShared } from '../../src/records/notShared.ts';
import { requestMade } from '../../src/records/requestMade.ts';
import { requestReceived } from '../../src/records/requestReceived.ts';
import { share } from '../../src/records/share.ts';
import { readWording, wordingOf } from '../../src/wording.ts';
import { receiptCard, recordCard, recordStub, recordTextCard } from '../recordCards.ts';
import { LONG_ANSWER, PARTLY, SPOKEN, URGENT, WITH, WITHOUT, WORST } from './answers.ts';
import { ASKED_ALL, ASKED_PART, ASKING_AWAITED, NOT_SHARED } from './requestAnswers.ts';
import { SITUATION, type SampleCard } from './sample.ts';

const NUMBER = 'SL-7QK2M9XV';
const HASH = '3f9a5c0e71b24d68a1f0c9d2e4b67385aa10ffed23409c7b6d5e8f1029384756';

const ENTRY: Entry = {
  signature: 'Priya Shah',
  personId: '7d1f2c40-0000-4000-8000-9e0000000001',
  tenantId: '7d1f2c40-0000-4000-8000-5a1e00000001',
  name: 'Priya Shah',
  jobTitle: 'Social worker',
  organisation: 'Exampleshire Council',
  roles: ['practitioner'],
  teamId: '7d1f2c40-0000-4000-8000-7ea000000001',
  signedAt: SITUATION.now,
};

/** Receipts, records and their text. */
export function recordSamples(): readonly SampleCard[] {
  const worst = aRecord(WORST, { name: 'Priya Shah', signature: 'P. Shah' });
  return [
    receipt('receipt', 'Nothing left open', SPOKEN),
    receipt('receipt-one', 'One item open', WITH),
    urgentReceipt(),
    receipt('receipt-two', 'Two items open', WITHOUT),
    record('record', 'Short', aRecord(SPOKEN)),
    record('record-late', 'Recorded late', aRecord({ ...SPOKEN, contactAt: '2026-11-20T09:30:00.000Z' })),
    record('record-open', 'Items still open', aRecord(WITHOUT)),
    record('record-keep', 'To be kept from somebody', aRecord(PARTLY, { signature: 'P. Shah' })),
    record('record-cut', 'Long answers, cut', aRecord({ ...PARTLY, reason: LONG_ANSWER })),
    record('record-received', 'Request received', aRecord(ASKED_ALL, {}, requestReceived)),
    record('record-received-part', 'Request received, part shared', aRecord(ASKED_PART, {}, requestReceived)),
    record('record-made', 'Request made', aRecord(ASKING_AWAITED, {}, requestMade)),
    record('record-not-shared', 'Decided not to share', aRecord(NOT_SHARED, {}, notShared)),
    record('record-urgent', 'Urgent, to be completed', urgentRecord()),
    record('record-worst', 'Every answer as long as it may be', worst),
    text('record-text', 'As text', aRecord(SPOKEN), 1),
    text('record-text-first', 'As text, first part', worst, 1),
    text('record-text-last', 'As text, last part', worst, 99),
    {
      id: 'stored-record',
      title: 'A record was asked for',
      group: 'Messages kept in the chat',
      card: recordStub(NUMBER, '29:made-up-user'),
    },
  ];
}

/** A saved record, a share unless told otherwise, with these answers, as somebody who may see it would get it. */
export function aRecord(answers: Answers, entry: Partial<Entry> = {}, type: RecordType = share): OpenedRecord {
  const effective = effectiveAnswers(type, answers);
  const contactAt = typeof effective.contactAt === 'string' ? effective.contactAt : SITUATION.now;
  const wording = wordingOf(type);
  return {
    kind: 'record',
    title: type.title,
    header: {
      recordId: '01KAR0SAMP1E0000000000000A',
      version: 1,
      kind: 'recorded',
      type: type.id,
      number: NUMBER,
      contactAt,
      savedAt: SITUATION.now,
      authorId: ENTRY.personId,
      teamId: ENTRY.teamId,
      openItems: openItems(type, effective, SITUATION),
      consentLimited: false,
      isUnlinked: effective.caseReference === undefined,
      counterpartToken: '',
      wordingHash: wording.hash,
    },
    keepFrom: keptFrom(effective),
    versions: 1,
    said: undefined,
    sections: readAnswers(type, readWording(wording.body), effective),
    entry: { ...ENTRY, ...entry },
    notes: [],
    endorsements: [],
    changed: undefined,
    can: ['record.amend', 'record.link', 'record.withdraw', 'record.dispute'],
    canSay: [],
    recordedDaysLater: daysBetween(dateOf(contactAt), SITUATION.today),
  };
}

function urgentRecord(): OpenedRecord {
  const urgent = aRecord({ contactAt: SITUATION.startedAt, ...URGENT });
  const relevant = relevantFields(share, URGENT);
  const unknown = [...relevant].filter((name) => !(name in URGENT) && isRequired(share, name, URGENT, relevant));
  return {
    ...urgent,
    header: { ...urgent.header, openItems: openItems(urgentForm(share), URGENT, SITUATION) },
    sections: readAnswers(share, readWording(wordingOf(share).body), URGENT, new Set(unknown)),
  };
}

function urgentReceipt(): SampleCard {
  const type = urgentForm(share);
  const openItemsOfIt = openItems(type, URGENT, SITUATION);
  const committed = {
    caseKey: 'made-up',
    number: NUMBER,
    seq: 1,
    hash: HASH,
    savedAt: SITUATION.now,
    openItems: openItemsOfIt,
  };
  const card = receiptCard({ type, committed, purpose: 'record' });
  return { id: 'receipt-urgent', title: 'To be completed', group: 'Receipts', card };
}

function receipt(id: string, title: string, answers: Answers): SampleCard {
  const committed = {
    caseKey: 'made-up-case-key',
    number: NUMBER,
    seq: 3,
    hash: HASH,
    savedAt: SITUATION.now,
    openItems: openItems(share, effectiveAnswers(share, answers), SITUATION),
  };
  return {
    id,
    title,
    group: 'Receipts',
    card: receiptCard({ type: share, committed, purpose: 'record' }),
  };
}

function record(id: string, title: string, opened: OpenedRecord): SampleCard {
  return { id, title, group: 'Records', card: recordCard(opened) };
}

function text(id: string, title: string, opened: OpenedRecord, part: number): SampleCard {
  return { id, title, group: 'Records', card: recordTextCard(opened, part) };
}
