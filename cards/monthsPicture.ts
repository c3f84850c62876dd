import type { IColumn } from '@microsoft/teams.cards';
import type { CaseSummary } from '../src/summary.ts';
import { monthName } from '../src/londonTime.ts';
import { subtle, type Element } from './elements.ts';

/** As many columns as fit beside each other on a phone. */
const MONTHS_AT_MOST = 12;
const TALLEST_PX = 40;
const SHORTEST_PX = 4;

/** How many contacts there were month by month, as a small picture and in words. Nothing for a single month. */
export function monthsPicture(all: CaseSummary['months']): readonly Element[] {
  if (all.length < 2) return [];
  const months = all.slice(-MONTHS_AT_MOST);
  const earlier = all.slice(0, -MONTHS_AT_MOST).reduce((sum, { contacts }) => sum + contacts, 0);
  const most = Math.max(...months.map(({ contacts }) => contacts));
  const inWords = months
    .filter(({ contacts }) => contacts > 0)
    .map(({ month, contacts }) => `${monthName(month)} ${contacts}`);
  return [
    { type: 'ColumnSet', spacing: 'Medium', columns: months.map(({ contacts }) => columnOf(contacts, most)) },
    subtle(`Contacts by month: ${inWords.join(', ')}${earlier > 0 ? `; before that ${earlier}` : ''}.`),
  ];
}

function columnOf(contacts: number, most: number): IColumn {
  const height = Math.max(SHORTEST_PX, Math.round((contacts / most) * TALLEST_PX));
  return {
    type: 'Column',
    width: 'stretch',
    spacing: 'Small',
    minHeight: `${TALLEST_PX}px`,
    verticalContentAlignment: 'Bottom',
    items: [
      {
        type: 'Container',
        ...(contacts === 0 ? {} : { style: 'accent' as const }),
        minHeight: `${height}px`,
        items: [],
      },
    ],
  };
}
