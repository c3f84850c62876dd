import { longDate, longTime, dateOf } from '../src/londonTime.ts';
import { openItemText, recordedText } from '../src/recordWords.ts';
import { LINES_A_PAGE, type CaseSummary } from '../src/summary.ts';
import type { SummaryLine, SummaryText } from '../src/summaryLine.ts';
import {
  box,
  card,
  CARD_BUDGET_BYTES,
  cardBytes,
  heading,
  plainButton,
  shortened,
  subheading,
  subtle,
  typedText,
  urgentMark,
  words,
  type ActionData,
  type Card,
  type Element,
} from './elements.ts';

/** How much of a long text is shown, as long as there is room. */
const SHOWN_CHARACTERS = [200, 120, 80, 40] as const;

/** The story of a case, a page of it. Only ever in an invoke's reply. `data` is what the next page is asked for by. */
export function summaryCard(summary: CaseSummary, data: ActionData): Card {
  const drawn = SHOWN_CHARACTERS.map((characters) => () => draw(summary, data, characters));
  for (const one of drawn) {
    const made = one();
    if (cardBytes(made) <= CARD_BUDGET_BYTES) return made;
  }
  return draw(summary, data, 40);
}

function draw(summary: CaseSummary, data: ActionData, characters: number): Card {
  const { reference, records, firstContact, lastContact, lines, before, from } = summary;
  const of = `${records} ${records === 1 ? 'record' : 'records'}`;
  return card(
    [
      heading('Case summary'),
      ...(reference === undefined ? [] : [typedText(reference)]),
      subtle(`${of} · first contact ${longDate(dateOf(firstContact))} · last ${longDate(dateOf(lastContact))}`, 'None'),
      ...urgentMark(summary.urgentUntil),
      ...box(
        'warning',
        'Still open',
        summary.open.slice(0, LINES_A_PAGE).map((item) => `${openItemText(item)} (${item.number})`),
      ),
      ...lines.flatMap((line) => lineElements(line, characters)),
    ],
    [
      ...(from > 1 ? [plainButton('Newest', 'summary.open', data)] : []),
      ...(before === undefined ? [] : [plainButton('Earlier', 'summary.page', { ...data, before })]),
    ],
  );
}

function lineElements(line: SummaryLine, characters: number): readonly Element[] {
  const { header, title } = line;
  const late = recordedText(line.recordedDaysLater);
  return [
    { ...subheading(`${title} ${header.number}`), separator: true, spacing: 'Large' },
    subtle(longTime(header.contactAt), 'None'),
    ...(late === undefined ? [] : [subtle(late, 'None')]),
    ...line.texts.map((text) => textElement(text, characters)),
    ...(line.isOutcomeOpen ? [words('No outcome yet')] : []),
  ];
}

function textElement({ label, text }: SummaryText, characters: number): Element {
  return typedText(`${label}: ${shortened(text, characters).text}`);
}

/** The message that stands in the chat for the summary of a case: nothing of the case. */
export function summaryStub(data: ActionData, userId: string): Card {
  const open = plainButton('Open', 'summary.open', data, 'positive');
  return {
    ...card(
      [heading('Case summary'), words('Open it to read it. Nothing of the case stands in this message.')],
      [open],
    ),
    refresh: { action: open, userIds: [userId] },
  };
}
