import type { HistoryPage } from '../src/history.ts';
import { KIND_WORDS, signedText } from '../src/recordWords.ts';
import { changeElements } from './changeElements.ts';
import {
  buttons,
  card,
  heading,
  labelled,
  plainButton,
  shortened,
  subheading,
  subtle,
  typedText,
  urgentMark,
  words,
  type Card,
} from './elements.ts';

/** How much of what was said is shown, with a button for the rest. */
const SAID_CHARACTERS = 400;

/** One version of a record: how it came to be, why, and what it changed. Only ever in an invoke's reply. */
export function historyCard(shown: HistoryPage): Card {
  const { header, versions, entry, said, endorsement, changes } = shown;
  const { number, version, kind } = header;
  const page = (to: number, title: string) => plainButton(title, 'record.history', { number, version: to });
  return card(
    [
      heading(`History of ${number}`),
      subtle(`Version ${version} of ${versions}`, 'None'),
      ...urgentMark(shown.urgentUntil),
      { ...subheading(KIND_WORDS[kind]), spacing: 'Medium' },
      typedText(endorsement ?? signedText(entry)),
      ...(endorsement === undefined ? (said?.lines ?? []) : []).flatMap(({ field, label, text: whole }) => {
        const { text, isCut } = shortened(whole, SAID_CHARACTERS);
        const showAll = plainButton('Show all', 'record.showAnswer', { number, version, field });
        return [...labelled(label, text), ...(isCut ? [buttons([{ ...showAll, tooltip: `Show all: ${label}` }])] : [])];
      }),
      ...changeElements('What changed', changes),
      ...(version > 1 && changes.length === 0 ? [words('No answer was changed.')] : []),
    ],
    [
      ...(version > 1 ? [page(version - 1, 'Earlier')] : []),
      ...(version < versions ? [page(version + 1, 'Later')] : []),
      plainButton('Open this version', 'record.open', { number, version }),
      ...(version < versions ? [plainButton('Open record', 'record.open', { number })] : []),
    ],
  );
}
