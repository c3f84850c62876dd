import { RECORD_TYPES } from '../../src/records/registry.ts';
import { share } from '../../src/records/share.ts';
import type { DraftLine } from '../../src/recording/views.ts';
import { recordingCard } from '../draftCards.ts';
import { plainButton, type Card } from '../elements.ts';
import { urgentForm } from '../../src/forms.ts';
import { openItems } from '../../src/openItems.ts';
import type { RecordLine } from '../../src/listing.ts';
import { listStub, recordsCard, type ListKind } from '../listCards.ts';
import type { Receipt } from '../../src/noticePorts.ts';
import { draftStub, openedBelowCard, receiptCard } from '../recordCards.ts';
import {
  faultCard,
  helpCard,
  noticeCard,
  nothingCard,
  toldCard,
  welcomeCard,
  withoutDirectory,
  type HelpLine,
} from '../noticeCards.ts';
import { SPOKEN, URGENT, WITH, WITHOUT } from './answers.ts';
import { aRecord } from './recordSamples.ts';
import { aDraft, DRAFT_ID, numberOf, SITUATION, type SampleCard } from './sample.ts';

const STORED = 'Messages kept in the chat';

const URGENT_DOES = share.urgent?.does ?? '';

const HELP: readonly HelpLine[] = [
  ...RECORD_TYPES.map(({ id, command, does }) => ({ command, does, verb: `draft.start.${id}` })),
  { command: 'record share urgent', does: URGENT_DOES, verb: 'draft.startUrgent.share' },
  { command: 'drafts', does: 'Go on with a record that is not finished.', verb: 'draft.list' },
  { command: 'my records', does: 'See the records that you have made.', verb: 'record.mine' },
  { command: 'record SL-…', does: 'Open a record by its number.' },
  { command: 'help', does: 'Show this list.' },
];

/** What stands around the forms: drafts, help, notices. */
export function otherSamples(): readonly SampleCard[] {
  const draft = aDraft(WITH, { section: 'consent' });
  const resume = plainButton('Show where it stands', 'draft.open', { draftId: DRAFT_ID }, 'positive');
  const inDrafts = (id: string, title: string, card: Card): SampleCard => ({
    id,
    title,
    group: 'Unfinished records',
    card,
  });
  const stored = (id: string, title: string, card: Card): SampleCard => ({ id, title, group: STORED, card });
  const notice = (id: string, title: string, card: Card): SampleCard => ({ id, title, group: 'Notices', card });
  return [
    stored('stored-welcome', 'Welcome', welcomeCard(HELP)),
    stored('stored-help', 'Help', helpCard(HELP, true)),
    stored('stored-help-unknown', 'Not understood', helpCard(HELP, false)),
    stored('stored-help-officer', 'Help for somebody who makes no records', helpCard(HELP.slice(-2), true)),
    stored('stored-not-known', 'Not in the directory', noticeCard('Not known here', NOT_KNOWN)),
    stored('stored-drafts-none', 'Drafts: none', drafts(0, 1, 1)),
    stored('stored-drafts-one', 'Drafts: one', drafts(1, 1, 1)),
    stored(
      'stored-drafts-urgent',
      'Drafts: an urgent record',
      recordingCard({ kind: 'drafts', lines: [urgentLine(), line(0)], page: 1, pages: 1, isCutShort: false }),
    ),
    stored(
      'stored-drafts-cut',
      'Drafts: finding urgent records took too long',
      recordingCard({ kind: 'drafts', lines: [line(0)], page: 1, pages: 1, isCutShort: true }),
    ),
    stored('stored-drafts-page', 'Drafts: a full page', drafts(8, 1, 2)),
    stored('stored-drafts-last', 'Drafts: the last page', drafts(3, 2, 2)),
    inDrafts('later', 'Finish later', recordingCard({ kind: 'later', draft, type: share })),
    inDrafts('ask-cancel', 'Cancel: are you sure', recordingCard({ kind: 'askCancel', draft, type: share })),
    inDrafts('discarded', 'Deleted', recordingCard({ kind: 'discarded' })),
    inDrafts('checking', 'Signed, and being saved', recordingCard({ kind: 'checking', draft, type: share })),
    inDrafts('no-draft', 'Not there any more', recordingCard({ kind: 'noDraft' })),
    inDrafts('may-not-record', 'For practitioners', recordingCard({ kind: 'mayNotRecord' })),
    stored('stored-mine', 'My records were asked for', listStub('mine', '29:made-up-user')),
    stored('stored-unlinked', 'Unlinked records were asked for', listStub('unlinked', '29:made-up-user')),
    stored('stored-form-filled', 'A form with answers in it', draftStub(DRAFT_ID, share.title)),
    ...(['urgentAccess', 'restrictedAsked'] as const).map((what) => stored(`stored-told-${what}`, `Told: ${what}`, toldCard(what, DRAFT_ID))), // prettier-ignore
    stored('stored-told-saved', 'Told: saved meanwhile', receiptCard(aReceipt())),
    stored('stored-told-overtaken', 'Told: not saved, as somebody else was first', toldCard('overtaken', DRAFT_ID)),
    ...NOTICES.map((what) => stored(`stored-told-${what}`, `Told: ${what}`, toldCard(what, 'SL-7QK2M9XV'))),
    inDrafts(
      'overtaken',
      'Somebody else was first',
      recordingCard({ kind: 'overtaken', draft, type: share, number: 'SL-7QK2M9XV' }),
    ),
    inDrafts('already-complete', 'Already complete', recordingCard({ kind: 'alreadyComplete', number: 'SL-7QK2M9XV' })),
    inDrafts('opened-below', 'A form was opened below', openedBelowCard('SL-7QK2M9XV')),
    list('mine', 'Mine, a full page', 8, true, 'before'),
    list('mine', 'Mine, the last page', 2, false),
    list('mine', 'Mine, none', 0, true),
    list('mine', 'Mine, the first', 5, true, 'before', true),
    list('unlinked', 'Without a case', 3, true),
    list('unlinked', 'Without a case, the first of the older ones', 1, false, 'before', true),
    notice('nothing', 'Absent or not yours', nothingCard()),
    notice('fault-not-saved', 'A press was not saved', faultCard('notSaved', resume)),
    notice('fault-busy', 'A press that the store had no room for', faultCard('busy', resume)),
    notice('fault-unsure-signed', 'Not known whether a signature was kept', faultCard('unsureSigned', resume)),
    notice('fault-unsure', 'Not known whether a press was saved', faultCard('unsure', resume)),
    notice('fault-directory', 'The directory cannot be asked', faultCard('directory')),
    notice('nothing-without-directory', 'Nothing here, without the directory', withoutDirectory(nothingCard())),
    notice('fault-unknown', 'Something went wrong', faultCard('unknown')),
  ];
}

/** What a person gets who signed and was not shown it. */
function aReceipt(): Receipt {
  const { header } = aRecord(WITH);
  const { number, savedAt, openItems: open } = header;
  const hash = '5b1f0c9d3e7a42688d90c1b2a3f4e5d6'.repeat(2);
  return { type: share, committed: { caseKey: 'made-up', number, seq: 3, hash, savedAt, openItems: open }, purpose: 'record' }; // prettier-ignore
}

const NOTICES = ['urgent', 'ownRecords', 'identityNotConfirmed', 'earlierLimits'] as const;

function list(
  kind: ListKind,
  title: string,
  count: number,
  isFirst: boolean,
  before?: string,
  isCutShort = false,
): SampleCard {
  const lines = Array.from({ length: count }, (_, nth): RecordLine => {
    const answers = [WITHOUT, WITH, SPOKEN][nth % 3] ?? SPOKEN;
    const { header } = aRecord(answers);
    const about = kind === 'unlinked' ? 'Q.Z., aged 5, and her aunt' : 'RFS-10422';
    return { header: { ...header, number: numberOf(nth) }, title: share.title, about, counterpart: 'Exampleshire Health Visiting' }; // prettier-ignore
  });
  const card = recordsCard(kind, { lines, ...(before === undefined ? {} : { before: DRAFT_ID }), isCutShort }, isFirst);
  return { id: `list-${kind}-${count}`, title, group: 'Lists of records', card };
}

/** As the bot says it to somebody whom the directory does not know. */
const NOT_KNOWN = 'Sharing Log does not know you. Ask your IT team to add you, then try again.';

function drafts(count: number, page: number, pages: number): Card {
  const lines = Array.from({ length: count }, (_, nth) => line(nth));
  return recordingCard({ kind: 'drafts', lines, page, pages, isCutShort: false });
}

function line(nth: number): DraftLine {
  const signed = nth === 2;
  const draft = aDraft(WITH, {
    draftId: `${DRAFT_ID.slice(0, -1)}${nth}`,
    startedAt: SITUATION.startedAt.replace('23T14', `${20 - nth}T1${nth}`),
    status: signed ? 'committing' : 'open',
  });
  return {
    kind: 'draft',
    draft,
    type: share,
    sectionTitle: ['Consent and the family', 'Check your answers'][nth % 2] ?? '',
  };
}

function urgentLine(): DraftLine {
  const { header } = aRecord(URGENT);
  return { kind: 'urgent', header: { ...header, openItems: openItems(urgentForm(share), URGENT, SITUATION) } };
}
