import type { RecordAction } from '../src/access.ts';
import type { Purpose } from '../src/drafts.ts';
import type { Instant } from '../src/fields.ts';
import type { OpenedRecord } from '../src/opening.ts';
import { recordText } from '../src/readRecord.ts';
import { isToBeCompleted, KIND_WORDS, openItemText, recordedText, signedText } from '../src/recordWords.ts';
import { longTime } from '../src/londonTime.ts';
import type { Receipt } from '../src/noticePorts.ts';
import {
  box,
  buttons,
  card,
  heading,
  keepFromBox,
  labelled,
  plainButton,
  shortened,
  subheading,
  subtle,
  typedText,
  urgentMark,
  withinBudget,
  words,
  type Action,
  type ActionData,
  type Card,
  type Element,
  type Room,
} from './elements.ts';
import { endorsementButtons, endorsementNotes } from './endorsementCards.ts';
import { recordNotes } from './recordNotes.ts';

/** Versions that have just named the case, or are made by people who may not name another. */
const WITHOUT_CASE: ReadonlySet<Purpose> = new Set(['linked', 'endorsed', 'commented']);

/** The receipt of a saved record: small, and without any detail of the case, for it may be the stored message. */
export function receiptCard({ type, committed, purpose }: Receipt): Card {
  const { number } = committed;
  const isToComplete = isToBeCompleted(committed);
  const open = committed.openItems.length;
  const count =
    open === 0 ? 'Nothing is left open.' : open === 1 ? 'One item is still open.' : `${open} items are still open.`;
  return card(
    [
      heading(`Saved: ${committed.number}`),
      subtle(purpose === 'record' ? type.title : KIND_WORDS[purpose], 'None'),
      words(longTime(committed.savedAt)),
      words(count),
      ...(isToComplete ? committed.openItems.map((item) => words(openItemText(item))) : []),
      subtle(`Entry ${committed.seq} of its case file · fingerprint ${committed.hash.slice(0, 16)}`),
    ],
    [
      ...(isToComplete ? [plainButton('Complete it', 'record.complete', { number }, 'positive')] : []),
      plainButton('Open record', 'record.open', { number }, isToComplete ? undefined : 'positive'),
      ...(purpose === 'record' && !isToComplete
        ? [
            {
              ...plainButton('Same again for…', 'record.again', { number }),
              tooltip: 'Same again for… another recipient, child or agency',
            },
          ]
        : []),
      ...(WITHOUT_CASE.has(purpose) ? [] : [plainButton('Wrong case?', 'record.link', { number })]),
    ],
  );
}

/** A record, section by section, in the words in which it was asked. Only ever in an invoke's reply. */
export function recordCard(record: OpenedRecord): Card {
  return withinBudget(record.sections, (room) => drawRecord(record, room));
}

/** Said where a section has no room. */
const FOLDED = 'There is no room here for these answers. Press “Copy as text” to read them.';

function drawRecord(record: OpenedRecord, room: Room): Card {
  const { number, version, contactAt, openItems } = record.header;
  const late = recordedText(record.recordedDaysLater);
  const isEarlier = version < record.versions;
  // What is opened from an earlier version is of that version.
  const shown: ActionData = isEarlier ? { number, version } : { number };
  return card(
    [
      // First on every page, and a heading: that is where the focus goes.
      ...keepFromBox(record.keepFrom, 'heading'),
      heading(`${record.title} ${number}`),
      subtle(longTime(contactAt), 'None'),
      ...urgentMark(record.urgentUntil),
      ...(isEarlier ? [words(`This is version ${version} of ${record.versions}: the record was changed since.`)] : []),
      ...(late === undefined ? [] : [subtle(late, 'None')]),
      ...box('warning', 'Still open', openItems.map(openItemText)),
      ...endorsementNotes(record.endorsements),
      ...recordNotes(record.notes, room),
      ...record.sections.flatMap((section): readonly Element[] => [
        { ...subheading(section.title), separator: true, spacing: 'Large' },
        ...(room.folded.has(section.id) ? [words(FOLDED)] : []),
        ...(room.folded.has(section.id) ? [] : section.lines).flatMap((line) => {
          const { text, isCut } = shortened(line.text, room.characters);
          const showAll = plainButton('Show all', 'record.showAnswer', { ...shown, field: line.field });
          return [
            ...labelled(line.label, text),
            ...(isCut ? [buttons([{ ...showAll, tooltip: `Show all: ${line.label}` }])] : []),
          ];
        }),
      ]),
      { ...subheading('Signed'), separator: true, spacing: 'Large' },
      typedText(signedText(record.entry)),
      ...(record.changed === undefined
        ? []
        : [subtle(`Version ${record.header.version}`, 'Medium'), typedText(record.changed)]),
      ...endorsementButtons(record),
      ...moreButtons(record),
    ],
    [
      ...mainButtons(record),
      plainButton('History', 'record.history', shown),
      plainButton('Copy as text', 'record.copyText', shown),
      ...(isEarlier ? [plainButton('Open record', 'record.open', { number })] : []),
    ],
  );
}

/** What can be done next with a record, for this person. */
function mainButtons({ can, header: { number } }: OpenedRecord): readonly Action[] {
  const of = (action: RecordAction, title: string, verb: string): readonly Action[] =>
    can.includes(action) ? [plainButton(title, verb, { number })] : [];
  return [
    ...of('record.complete', 'Complete it', 'record.complete'),
    ...of('record.addOutcome', 'Add outcome', 'outcome.start'),
    ...of('record.amend', 'Amend', 'record.amend'),
  ];
}

/** What is seldom done, apart from the rest. */
function moreButtons({ can, header: { number, isUnlinked } }: OpenedRecord): readonly Element[] {
  const of = (action: RecordAction, title: string, verb: string): readonly Action[] =>
    can.includes(action) ? [plainButton(title, verb, { number })] : [];
  const actions = [
    ...(isUnlinked ? [] : [plainButton('Case summary', 'summary.open', { number })]),
    ...of('record.link', 'Wrong case?', 'record.link'),
    ...of('record.withdraw', 'Consent taken back', 'record.withdraw'),
    ...of('record.dispute', 'Something disputed', 'record.dispute'),
  ];
  return actions.length === 0 ? [] : [{ ...buttons(actions), spacing: 'Large' }];
}

/** One whole answer of a record or a draft. */
export function answerCard(label: string, text: string, back: Action, urgentUntil?: Instant): Card {
  return card([heading(label), ...urgentMark(urgentUntil), typedText(text, 'Medium')], [back]);
}

/** How much plain text one card holds, as it stands in its JSON; a longer record is copied in parts. */
const TEXT_PART_BYTES = 15 * 1024;

/** A record as plain text in a box to copy from. `part` counts from 1; one past the end is the last. */
export function recordTextCard(record: OpenedRecord, part: number): Card {
  const { number, version } = record.header;
  const shown: ActionData = version < record.versions ? { number, version } : { number };
  const parts = textParts(recordText(record));
  const nth = Math.min(Math.max(1, part), parts.length);
  const which = parts.length === 1 ? '' : `, part ${nth} of ${parts.length}`;
  return card(
    [
      heading(`${record.title} ${number} as text${which}`),
      ...urgentMark(record.urgentUntil),
      words('Select all of the text in the box and copy it into your case system.'),
      {
        type: 'Input.Text',
        id: 'recordText',
        label: 'Record as text',
        isMultiline: true,
        value: parts[nth - 1] ?? '',
      },
    ],
    [
      ...(nth < parts.length ? [plainButton('Next part', 'record.copyText', { ...shown, part: nth + 1 })] : []),
      plainButton('Back to the record', 'record.open', shown),
    ],
  );
}

function textParts(text: string): readonly string[] {
  const parts: string[][] = [];
  let bytes = Infinity;
  for (const line of text.split('\n').flatMap(lineParts)) {
    const more = jsonBytes(line);
    if (bytes + more > TEXT_PART_BYTES) {
      parts.push([]);
      bytes = 0;
    }
    parts.at(-1)?.push(line);
    bytes += more;
  }
  return parts.map((lines) => lines.join('\n'));
}

/** One line that would fill a part by itself, in pieces; never cut inside a character pair. */
function lineParts(line: string): readonly string[] {
  return jsonBytes(line) <= TEXT_PART_BYTES ? [line] : (line.match(/.{1,2000}/gsu) ?? []);
}

function jsonBytes(text: string): number {
  return Buffer.byteLength(JSON.stringify(text));
}

/** Said on the card that was pressed, when what it opened stands in a message of its own. */
export function openedBelowCard(number: string): Card {
  return card(
    [heading('Go on below'), words('The questions are in a new message below, with what is known filled in.')],
    [plainButton('Open record', 'record.open', { number })],
  );
}

/** The message that stands in the chat for a form with answers in it: nothing of the case. */
export function draftStub(draftId: string, title: string): Card {
  return card(
    [heading(title), words('Open it to go on. Nothing of the case stands in this message.')],
    [plainButton('Open', 'draft.open', { draftId }, 'positive')],
  );
}

/** The message that stands in the chat for a record: no name, nothing of the case. */
export function recordStub(number: string, userId: string): Card {
  return stub('Record', 'record.open', number, userId);
}

/** The message that stands in the chat for the history of a record. */
export function historyStub(number: string, userId: string): Card {
  return stub('History', 'record.history', number, userId);
}

function stub(title: string, verb: string, number: string, userId: string): Card {
  const open = plainButton('Open', verb, { number }, 'positive');
  return {
    ...card([heading(title), words('Open it to read it. Nothing of the case stands in this message.')], [open]),
    refresh: { action: open, userIds: [userId] },
  };
}
