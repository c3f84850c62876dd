import type { IColumn, IColumnSet } from '@microsoft/teams.cards';
import { monthName } from '../src/londonTime.ts';
import type { CaseSummary } from '../src/summary.ts';
import { subtle, words, type Element } from './elements.ts';

/** The latest ones, in rows that fit on a phone. */
const MONTHS_AT_MOST = 12;
const MONTHS_A_ROW = 4;

/** How many contacts there were month by month, as a strip of boxes and in words. Nothing for a single month. */
export function monthsPicture(all: CaseSummary['months']): readonly Element[] {
  if (all.length < 2) return [];
  const months = all.slice(-MONTHS_AT_MOST);
  const earlier = all.slice(0, -MONTHS_AT_MOST).reduce((sum, { contacts }) => sum + contacts, 0);
  const filled = months.filter(({ contacts }) => contacts > 0);
  const inWords = filled.map(({ month, contacts }) => `${monthName(month)} ${contacts}`).join(', ');
  const rows = Array.from({ length: Math.ceil(months.length / MONTHS_A_ROW) }, (_, nth) =>
    rowOf(months.slice(nth * MONTHS_A_ROW, (nth + 1) * MONTHS_A_ROW), nth),
  );
  return [...rows, subtle(`Contacts by month: ${inWords}${earlier > 0 ? `; before that ${earlier}` : ''}.`)];
}

/** Rows are equally long, so that months stand under each other. */
function rowOf(months: CaseSummary['months'], nth: number): IColumnSet {
  const blank = Array.from({ length: MONTHS_A_ROW - months.length }, (): IColumn => ({ type: 'Column', width: 1, items: [] })); // prettier-ignore
  return { type: 'ColumnSet', spacing: nth === 0 ? 'Medium' : 'Small', columns: [...months.map(boxOf), ...blank] };
}

function boxOf({ month, contacts }: CaseSummary['months'][number]): IColumn {
  const name = monthName(month).slice(0, 3);
  return {
    type: 'Column',
    width: 1,
    spacing: 'Small',
    style: contacts === 0 ? 'emphasis' : 'accent',
    items: [
      { ...subtle(name, 'None'), horizontalAlignment: 'Center' },
      { ...words(String(contacts)), weight: contacts === 0 ? 'Default' : 'Bolder', spacing: 'None', horizontalAlignment: 'Center' }, // prettier-ignore
    ],
  };
}
