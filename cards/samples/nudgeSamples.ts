import type { Digest, DigestLine, Standing } from '../../src/nudging/digest.ts';
import type { OpenItemKind } from '../../src/recordType.ts';
import { closeCard, closedCard } from '../closeCards.ts';
import { actedCard, deputyCard, digestCard, nudgeCard, openStub, sentCard, snoozeCard } from '../nudgeCards.ts';
import type { Card } from '../elements.ts';
import { FULL_ANSWER } from './answers.ts';
import { numberOf, type SampleCard } from './sample.ts';

const NUMBER = 'SL-7QK2M9XV';
const ITEM = { number: NUMBER, recordId: '01KAR0SAMP1E0000000000000A', kind: 'outcome' } as const;
const CASE_KEY = '01KAR0SAMP1E0000000000000C';

/** The daily card, its lists, and what a press on them comes to. */
export function nudgeSamples(): readonly SampleCard[] {
  const stored = (id: string, title: string, card: Card): SampleCard => ({ id, title, group: 'Messages kept in the chat', card }); // prettier-ignore
  const list = (id: string, title: string, card: Card): SampleCard => ({ id, title, group: 'What is open', card });
  const none = { own: 0, team: 0, escalated: 0, basis: 0, drafts: 0 };
  const many = Array.from({ length: 30 }, (_, nth) => numberOf(nth));
  return [
    stored('stored-nudge', 'The daily card of a practitioner', nudgeCard({ ...none, own: 1, drafts: 2 }, [NUMBER])),
    stored(
      'stored-nudge-manager',
      'The daily card of a manager',
      nudgeCard({ own: 2, team: 9, escalated: 1, basis: 0, drafts: 1 }, many),
    ),
    stored('stored-nudge-drafts', 'The daily card: drafts only', nudgeCard({ ...none, drafts: 1 }, [])),
    stored('stored-nudge-officer', 'The daily card of a records officer', nudgeCard({ ...none, basis: 3 }, [NUMBER])),
    stored('stored-missing', 'What is open was asked for', openStub('missing', '29:made-up-user')),
    stored(
      'stored-deputy',
      'A deputy was named',
      deputyCard({ kind: 'refused', text: 'You cannot stand in for yourself. Name somebody else.' }),
    ),
    stored('stored-sent', 'Which cards were sent', sentCard({ lines: SENT, isCutShort: false })),
    stored('stored-sent-cut', 'Which cards were sent: the first', sentCard({ lines: SENT, isCutShort: true })),
    stored('stored-sent-none', 'Which cards were sent: none', sentCard({ lines: [], isCutShort: false })),
    list('digest', 'A manager’s list', digestCard(aDigest(5, 'team'))),
    list('digest-full', 'A full page of long answers', digestCard(aDigest(8, 'escalated', FULL_ANSWER))),
    list('digest-own', 'A practitioner’s list', digestCard(aDigest(2, 'own'))),
    list('digest-basis', 'A records officer’s list', digestCard(aDigest(2, 'basis'))),
    list('digest-hidden', 'Records that the reader may not open', digestCard(hiddenDigest())),
    list('digest-none', 'Nothing open', digestCard({ lines: [], ages: [], drafts: 0, page: 1, pages: 1 })),
    list('missing', 'All that is open in a team', digestCard(aDigest(8, 'listed'), 'missing')),
    list('missing-cut', 'The first of all that is open in a team', digestCard({ ...aDigest(8, 'listed', FULL_ANSWER), ages: [], first: 11 }, 'missing')), // prettier-ignore
    list('missing-many', 'More that is open in a team than a list holds', digestCard({ ...aDigest(8, 'listed', FULL_ANSWER), ages: [], first: 500, isTooMany: true }, 'missing')), // prettier-ignore
    list('snooze', 'Put off', snoozeCard(ITEM)),
    list('snooze-again', 'Put off, without a reason', snoozeCard(ITEM, 'Say why it can wait, in a few words.')),
    list('snoozed', 'It was put off', actedCard({ kind: 'snoozed', number: NUMBER, until: '2026-11-26' })),
    list('reminded', 'Its author is reminded', actedCard({ kind: 'reminded', number: NUMBER })),
    list('not-yours', 'Not in the list any more', actedCard({ kind: 'notYours' })),
    list('close', 'Close these', closeCard(CASE_KEY)),
    list(
      'close-again',
      'Close these, without a reason',
      closeCard(CASE_KEY, 'Type your own name to sign.', { reason: 'The family has moved away.' }),
    ),
    list('closed', 'Some were closed', closedCard({ ...NONE_CLOSED, closed: [NUMBER], left: ['SL-4M1ZC0TA'] })),
    list('closed-busy', 'Some are being closed', closedCard({ ...NONE_CLOSED, closed: [NUMBER], beingSaved: ['SL-4M1ZC0TA'], unsure: ['SL-2B6RW8HN'] })), // prettier-ignore
  ];
}

const NONE_CLOSED = { closed: [], beingSaved: [], unsure: [], left: [] };

const KINDS: readonly OpenItemKind[] = ['outcome', 'receipt', 'familyTold', 'completion', 'decision'];
const LATE = [0, 1, 3, 6, 14];
/** The working day that is so many days late when the samples are drawn. */
const DUE = ['2026-11-23', '2026-11-20', '2026-11-18', '2026-11-13', '2026-11-03'];

function aDigest(count: number, standing: Standing, nextAction = 'The nurse rings on Thursday.'): Digest {
  const lines = Array.from({ length: count }, (_, nth): DigestLine => {
    const kind = standing === 'basis' ? 'basis' : (KINDS[nth % KINDS.length] ?? 'outcome');
    return {
      fact: {
        recordId: '01KAR0SAMP1E0000000000000A',
        caseKey: nth < 3 ? CASE_KEY : `${CASE_KEY.slice(0, -1)}${nth}`,
        homeCaseKey: CASE_KEY,
        number: `SL-7QK2M9X${nth}`,
        kind,
        dueOn: DUE[nth % DUE.length] ?? '2026-11-23',
        contactAt: '2026-11-13T09:30:00.000Z',
        authorId: 'made-up',
        teamId: 'made-up',
      },
      standing,
      title: 'Record share',
      about: nth < 3 ? 'RFS-10422' : undefined,
      nextAction,
      daysLate: LATE[nth % LATE.length] ?? 0,
      snoozedUntil: standing === 'listed' && nth === 1 ? '2026-11-26' : undefined,
      isReminded: nth === 0,
      isEscalated: standing === 'escalated' || nth === 4,
    };
  });
  const ages = [
    { label: 'Not late', count: 2 },
    { label: '1 to 4 working days late', count: 7 },
    { label: '5 to 9 working days late', count: 3 },
    { label: '10 or more working days late', count: 1 },
  ];
  return { lines, ages, drafts: 0, page: 1, pages: count === 8 ? 2 : 1 };
}

/** Of a restricted case: number, kind and day. */
function hiddenDigest(): Digest {
  const digest = aDigest(3, 'team');
  const hidden = { title: undefined, about: undefined, nextAction: undefined };
  return { ...digest, lines: digest.lines.map((line, nth) => (nth === 1 ? line : { ...line, ...hidden })) };
}

const SENT = (['sent', 'uncertain', 'unreachable', 'waiting', 'nothing'] as const).map((status) => ({
  name: 'Priya Shah',
  nudge: {
    personId: 'made-up',
    date: '2026-11-23',
    status,
    revision: 3,
    changedAt: '2026-11-23T09:00:04.000Z',
    ...(status === 'nothing' ? {} : { counts: { own: 1, team: 2, escalated: 0, basis: 0, drafts: 1 } }),
  },
}));
