import { openItemText, recordedText, recordText, signedText, type OpenedRecord } from '../src/opening.ts';
import { longTime } from '../src/londonTime.ts';
import type { ReceiptView } from '../src/recording/views.ts';
import {
  attention,
  box,
  buttons,
  card,
  heading,
  labelled,
  plainButton,
  shortened,
  subheading,
  subtle,
  typedText,
  withinBudget,
  words,
  type Card,
  type Element,
} from './elements.ts';

/** The receipt of a saved record: small, and without any detail of the case, for it may be the stored message. */
export function receiptCard({ type, committed }: ReceiptView): Card {
  const open = committed.openItems.length;
  const count =
    open === 0 ? 'Nothing is left open.' : open === 1 ? 'One item is still open.' : `${open} items are still open.`;
  return card(
    [
      heading(`Saved: ${committed.number}`),
      subtle(type.title, 'None'),
      words(longTime(committed.savedAt)),
      words(count),
      subtle(`Entry ${committed.seq} of its case file · ${committed.hash.slice(0, 16)}`),
    ],
    [plainButton('Open record', 'record.open', { number: committed.number }, 'positive')],
  );
}

/** A record, section by section, in the words in which it was asked. Only ever in an invoke's reply. */
export function recordCard(record: OpenedRecord): Card {
  return withinBudget((shownCharacters) => drawRecord(record, shownCharacters));
}

function drawRecord(record: OpenedRecord, shownCharacters: number): Card {
  const { number, contactAt, openItems } = record.header;
  const late = recordedText(record.recordedDaysLater);
  return card(
    [
      ...(record.keepFrom === undefined ? [] : [attention('Keep this from'), typedText(record.keepFrom)]),
      heading(`${record.title} ${number}`),
      subtle(longTime(contactAt), 'None'),
      ...(late === undefined ? [] : [subtle(late, 'None')]),
      ...box('warning', 'Still open', openItems.map(openItemText)),
      ...record.sections.flatMap((section): readonly Element[] => [
        { ...subheading(section.title), separator: true, spacing: 'Large' },
        ...section.lines.flatMap((line) => {
          const { text, isCut } = shortened(line.text, shownCharacters);
          const showAll = plainButton('Show all', 'record.showAnswer', { number, field: line.field });
          return [
            ...labelled(line.label, text),
            ...(isCut ? [buttons([{ ...showAll, tooltip: `Show all: ${line.label}` }])] : []),
          ];
        }),
      ]),
      { ...subheading('Signed'), separator: true, spacing: 'Large' },
      typedText(signedText(record.entry)),
    ],
    [plainButton('Copy as text', 'record.copyText', { number })],
  );
}

/** One whole answer of a record or a draft. */
export function answerCard(label: string, text: string, back: ReturnType<typeof plainButton>): Card {
  return card([heading(label), typedText(text, 'Medium')], [back]);
}

/** How much plain text one card holds; a longer record is copied in parts. */
const TEXT_PART_CHARACTERS = 5_000;

/** A record as plain text in a box to copy from. `part` counts from 1; one past the end is the last. */
export function recordTextCard(record: OpenedRecord, part: number): Card {
  const { number } = record.header;
  const parts = textParts(recordText(record));
  const nth = Math.min(Math.max(1, part), parts.length);
  const which = parts.length === 1 ? '' : `, part ${nth} of ${parts.length}`;
  return card(
    [
      heading(`${record.title} ${number} as text${which}`),
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
      ...(nth < parts.length ? [plainButton('Next part', 'record.copyText', { number, part: nth + 1 })] : []),
      plainButton('Back to the record', 'record.open', { number }),
    ],
  );
}

function textParts(text: string): readonly string[] {
  const parts: string[] = [];
  let part = '';
  for (const line of text.split('\n')) {
    if (part.length + line.length > TEXT_PART_CHARACTERS && part !== '') {
      parts.push(part);
      part = '';
    }
    part += part === '' ? line : `\n${line}`;
  }
  return [...parts, part];
}

/** The message that stands in the chat for a record: no number, no name, nothing of the case. */
export function recordStub(number: string, userId: string): Card {
  const open = plainButton('Open', 'record.open', { number }, 'positive');
  return {
    ...card([heading('Record'), words('Open it to read it. Nothing of the case stands in this message.')], [open]),
    refresh: { action: open, userIds: [userId] },
  };
}
