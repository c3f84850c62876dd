import { longTime } from '../src/londonTime.ts';
import { openItemText } from '../src/recordWords.ts';
import type { VersionHeader } from '../src/ports.ts';
import type { DraftLine, RecordingView } from '../src/recording/views.ts';
import { answerCard, receiptCard } from './recordCards.ts';
import { checkCard } from './checkCard.ts';
import { changesOf } from '../src/recording/versionRules.ts';
import type { Hindrance } from '../src/recording/views.ts';
import { changeElements } from './changeElements.ts';
import { draftTitle } from './draftTitle.ts';
import { askEndorseCard } from './endorsementCards.ts';
import { buttons, card, heading, plainButton, subheading, subtle, words, type Card, type Element } from './elements.ts';
import { questionsCard } from './questionsCard.ts';
import { noticeCard, nothingCard } from './noticeCards.ts';

/** The card for wherever a record being made stands. */
export function recordingCard(view: RecordingView): Card {
  switch (view.kind) {
    case 'questions':
      return questionsCard(view);
    case 'check':
      return checkCard(view);
    case 'receipt':
      return receiptCard(view);
    case 'answer': {
      const back = plainButton('Back to check your answers', 'draft.open', { draftId: view.draft.draftId }, 'positive');
      return answerCard(view.label, view.text, back);
    }
    case 'askCancel':
      return askCancelCard(view.draft.draftId, view.draft.revision);
    case 'later':
      return laterCard(view.draft.draftId);
    case 'checking':
      return beingSavedCard(view.draft.draftId);
    case 'drafts':
      return draftsCard(view);
    case 'discarded':
      return noticeCard('Deleted', 'The unfinished record was deleted. Nothing was saved from it.');
    case 'overtaken':
      return overtakenCard(view);
    case 'askEndorse':
      return askEndorseCard(view);
    case 'cannotBegin':
      return noticeCard(CANNOT_BEGIN[view.why].title, CANNOT_BEGIN[view.why].text, [
        plainButton('Open record', 'record.open', { number: view.number }, 'positive'),
      ]);
    case 'alreadyComplete':
      return noticeCard('Already complete', `${view.number} has been completed. Nothing is left to fill in.`, [
        plainButton('Open record', 'record.open', { number: view.number }, 'positive'),
      ]);
    case 'nothing':
      return nothingCard();
    case 'noDraft':
      return noticeCard(
        'Not here any more',
        'There is no such unfinished record of yours. Type “drafts” to see those there are.',
      );
    case 'mayNotRecord':
      return noticeCard(
        'This is for practitioners',
        'Practitioners and managers make records. Ask your IT team if that should include you.',
      );
    default:
      return view satisfies never;
  }
}

const CANNOT_BEGIN: Readonly<Record<Hindrance, { readonly title: string; readonly text: string }>> = {
  toBeCompleted: {
    title: 'First complete it',
    text: 'This is an urgent record that is still to be completed. Complete it first.',
  },
  nothingOpen: {
    title: 'Nothing is open',
    text: 'Nothing is open in this record. To change an answer, amend it.',
  },
  endorsementStands: {
    title: 'It has been said already',
    text: 'Nothing is left for you to say here of the endorsement. Open the record to see what it says now.',
  },
  noConsent: { title: 'No consent to take back', text: 'This record says of nobody that they agreed.' },
};

/** Both are shown, and the person is asked: nothing is merged. */
function overtakenCard({ draft, type, number }: Extract<RecordingView, { kind: 'overtaken' }>): Card {
  const { draftId, revision } = draft;
  return card(
    [
      heading('Somebody else was first'),
      words(`${number} was changed while you were writing, so yours has not been saved. What you wrote is kept.`),
      ...changeElements('Theirs and yours', changesOf(type, draft), ['Theirs', 'Yours']),
      words('Go on to sign yours on top of theirs, or delete yours to keep theirs.'),
    ],
    [
      plainButton('Go on with mine', 'draft.open', { draftId }, 'positive'),
      plainButton('Delete mine', 'draft.cancel', { draftId, revision, section: 'check' }),
      plainButton('Open record', 'record.open', { number }),
    ],
  );
}

function askCancelCard(draftId: string, revision: number): Card {
  return card(
    [
      heading('Delete this unfinished record?'),
      words('Everything you have answered so far will be deleted. This cannot be undone.'),
    ],
    [
      plainButton('Keep it', 'draft.open', { draftId }, 'positive'),
      plainButton('Delete it', 'draft.discard', { draftId, revision }, 'destructive'),
    ],
  );
}

function laterCard(draftId: string): Card {
  return card(
    [
      heading('Kept for later'),
      words('Saved as far as you had pressed Continue. You can finish this on another device.'),
      subtle('Type “drafts” to find it again.'),
    ],
    [plainButton('Resume', 'draft.open', { draftId }, 'positive')],
  );
}

/** Said when what was signed is kept, and not known to be saved: it is brought to its end without another press. */
export function beingSavedCard(draftId: string): Card {
  return card(
    [
      heading('Being saved'),
      words('You have signed. The log is slow just now, so it is not certain yet that the record has been saved.'),
      words('Do not enter it again. The receipt comes here, in a message of its own, as soon as it is saved.'),
    ],
    [plainButton('Check again', 'draft.open', { draftId }, 'positive')],
  );
}

function draftsCard({ lines, page, pages, isCutShort }: Extract<RecordingView, { kind: 'drafts' }>): Card {
  if (lines.length === 0 && !isCutShort) {
    return noticeCard('No unfinished records', 'You have none. Type “record share” to start one.');
  }
  return card(
    [
      heading('Your unfinished records'),
      ...(pages > 1 ? [subtle(`Page ${page} of ${pages}`, 'None')] : []),
      ...lines.flatMap(draftElements),
      ...(isCutShort
        ? [words('There may be more urgent records to complete: finding them took too long. Ask again in a moment.')]
        : []),
    ],
    [
      ...(page > 1 ? [plainButton('Newer', 'draft.page', { page: page - 1 })] : []),
      ...(page < pages ? [plainButton('Older', 'draft.page', { page: page + 1 })] : []),
    ],
  );
}

function draftElements(line: DraftLine): readonly Element[] {
  if (line.kind === 'urgent') return urgentElements(line.header);
  const { draft, type, sectionTitle } = line;
  const { draftId, revision } = draft;
  const signed = draft.status !== 'open';
  const open = signed ? 'Open' : 'Resume';
  return [
    { ...subheading(draftTitle(draft, type)), separator: true, spacing: 'Large' },
    subtle(`Started ${longTime(draft.startedAt)}`, 'None'),
    subtle(signed ? 'Signed, and being saved' : `Next: ${sectionTitle}`, 'None'),
    buttons([
      { ...plainButton(open, 'draft.open', { draftId }), tooltip: `${open}: started ${longTime(draft.startedAt)}` },
      ...(signed
        ? []
        : [
            {
              ...plainButton('Discard', 'draft.cancel', { draftId, revision, section: 'drafts' }),
              tooltip: `Discard: started ${longTime(draft.startedAt)}`,
            },
          ]),
    ]),
  ];
}

function urgentElements({ number, savedAt, openItems }: VersionHeader): readonly Element[] {
  return [
    { ...subheading(`Urgent record ${number}`), separator: true, spacing: 'Large' },
    subtle(`Signed ${longTime(savedAt)}`, 'None'),
    ...openItems.map((item) => subtle(openItemText(item), 'None')),
    buttons([{ ...plainButton('Complete it', 'record.complete', { number }), tooltip: `Complete it: ${number}` }]),
  ];
}
