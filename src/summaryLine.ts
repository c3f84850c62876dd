import type { VersionHeader } from './ports.ts';
import type { Reading } from './readRecord.ts';
import { SUMMARY_PARTS, type SummaryPart } from './summaryParts.ts';

/** One part of what a record tells, in the words of the record. */
export interface SummaryText {
  readonly part: SummaryPart;
  readonly label: string;
  /** Each answer on a line of its own, exactly as the record reads. */
  readonly text: string;
}

/** One record in the story of its case. */
export interface SummaryLine {
  readonly header: VersionHeader;
  readonly title: string;
  readonly texts: readonly SummaryText[];
  readonly endorsements: readonly string[];
  /** The titles of what was recorded about it since: consent taken back, a dispute, a comment. */
  readonly notes: readonly string[];
  readonly recordedDaysLater: number;
}

const PARTS = Object.keys(SUMMARY_PARTS) as readonly SummaryPart[]; // the keys of that very object

/**
 * What a record tells in the summary of its case. Nothing is said that the record itself does not say: each text is a line
 * of the record, whole.
 */
export function summaryLine({ record, type }: Reading): SummaryLine {
  const said = new Map(record.sections.flatMap(({ lines }) => lines.map(({ field, text }) => [field, text] as const)));
  return {
    header: record.header,
    title: record.title,
    texts: PARTS.flatMap((part): readonly SummaryText[] => {
      const alternatives = type.inSummary[part] ?? [];
      const told = alternatives.map((fields) => fields.flatMap((field) => said.get(field) ?? []));
      const text = told.find((texts) => texts.length > 0);
      return text === undefined ? [] : [{ part, label: SUMMARY_PARTS[part], text: text.join('\n') }];
    }),
    endorsements: record.endorsements,
    notes: record.notes.map(({ title }) => title),
    recordedDaysLater: record.recordedDaysLater,
  };
}
