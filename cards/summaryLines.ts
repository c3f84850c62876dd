import type { IColumnSet, IRichTextBlock, ITextRun } from '@microsoft/teams.cards';
import { dateOf, shortDate, zonedTime } from '../src/londonTime.ts';
import { openItemText, recordedText } from '../src/recordWords.ts';
import type { SummaryLine } from '../src/summaryLine.ts';
import { buttons, plainButton, shortened, subtle, visible, words, type Element } from './elements.ts';

/** One record in the story of its case: when, at the left; what, with whom, on what footing, and what came of it. */
export function summaryLineElements(line: SummaryLine, characters: number): readonly Element[] {
  const { contactAt } = line.header;
  const row: IColumnSet = {
    type: 'ColumnSet',
    separator: true,
    spacing: 'Medium',
    columns: [
      {
        type: 'Column',
        width: '76px',
        items: [
          { ...words(shortDate(dateOf(contactAt))), size: 'Small', weight: 'Bolder' },
          subtle(zonedTime(contactAt), 'None'),
        ],
      },
      { type: 'Column', width: 'stretch', items: [...lineItems(line, characters)] },
    ],
  };
  return [row];
}

/** The latest ones. */
const ENDORSEMENTS_AT_MOST = 2;

function lineItems(line: SummaryLine, characters: number): readonly Element[] {
  const { header, title, notes, endorsements } = line;
  const { number } = header;
  const late = recordedText(line.recordedDaysLater);
  return [
    { ...words(title), weight: 'Bolder' },
    told(line, characters),
    ...header.openItems.map((item): Element => ({ ...words(openWords(item)), color: 'Attention', spacing: 'Small' })),
    ...counted(notes).map((text): Element => ({ ...words(text), spacing: 'Small', weight: 'Bolder' })),
    ...endorsements.slice(-ENDORSEMENTS_AT_MOST).map((text) => subtle(text)),
    ...(endorsements.length > ENDORSEMENTS_AT_MOST ? [subtle('The record says more of its endorsement.')] : []),
    ...(late === undefined ? [] : [subtle(late)]),
    buttons([{ ...plainButton(`Open ${number}`, 'record.open', { number }) }]),
  ];
}

/** What was recorded several times stands once, with how often. */
function counted(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)].map((text) => {
    const times = texts.filter((other) => other === text).length;
    return times === 1 ? text : `${text}, ${times} times`;
  });
}

function openWords(item: SummaryLine['header']['openItems'][number]): string {
  const open = openItemText(item);
  return item.kind === 'outcome' ? `No outcome yet. ${open}` : `Still open: ${open}`;
}

/** Each part on a line of its own: what it is, then the words of the record. */
function told({ texts }: SummaryLine, characters: number): IRichTextBlock {
  const inlines = texts.flatMap(({ label, text }, at): readonly ITextRun[] => [
    { type: 'TextRun', text: `${at === 0 ? '' : '\n'}${label}: `, isSubtle: true },
    { type: 'TextRun', text: visible(shortened(text, characters, characters).text.replaceAll('\n', '; ')) },
  ]);
  return { type: 'RichTextBlock', spacing: 'None', inlines: [...inlines] };
}
