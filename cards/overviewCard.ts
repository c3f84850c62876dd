import { shortDate } from '../src/londonTime.ts';
import { WEEKS, type TeamOverview } from '../src/overview.ts';
import { bars } from './bars.ts';
import { card, heading, subheading, subtle, typedText, visible, words, type Card, type Element } from './elements.ts';

/** Numbers fill a card quickly: the others are named, and their managers can ask. */
const TEAMS_AT_MOST = 3;

/** What a manager's teams have recorded of late. It may be kept: numbers, and nothing of any case. */
export function overviewCard(teams: readonly TeamOverview[]): Card {
  const more = teams.slice(TEAMS_AT_MOST).map(({ team }) => team.name);
  return card([
    heading('Team overview'),
    subtle(`The last ${WEEKS} weeks, this one included.`, 'None'),
    ...(teams.length === 0 ? [words('You belong to no team.')] : teams.slice(0, TEAMS_AT_MOST).flatMap(teamElements)),
    ...(more.length === 0 ? [] : [subtle('There is no room for these:'), typedText(more.join(', '))]),
  ]);
}

function teamElements({ team, records, weeks, types, closedAtSigning, outcomes }: TeamOverview): readonly Element[] {
  const name: Element = {
    type: 'RichTextBlock',
    separator: true,
    spacing: 'Large',
    inlines: [{ type: 'TextRun', text: visible(team.name), size: 'Medium', weight: 'Bolder' }],
  };
  if (records === 0) return [name, words('Nothing was recorded.')];
  const share = Math.round((closedAtSigning / records) * 100);
  return [
    name,
    words(records === 1 ? 'One record.' : `${records} records.`),
    {
      ...words(`Nothing left open at signing: ${closedAtSigning} of ${records} (${share}%).`),
      spacing: 'None',
    },
    { ...words(outcomeWords(outcomes)), spacing: 'None' },
    { ...subheading('By type'), spacing: 'Medium' },
    ...bars(types),
    { ...subheading('By week'), spacing: 'Medium' },
    ...bars(weeks.map(({ monday, count }) => ({ label: `From ${shortDate(monday)}`, count }))),
  ];
}

function outcomeWords({ count, medianDays }: TeamOverview['outcomes']): string {
  if (medianDays === undefined) return 'Outcomes that were awaited at signing: none has come yet.';
  const days = medianDays === 1 ? 'one working day' : `${medianDays} working days`;
  const of = count === 1 ? 'one record' : `${count} records`;
  return `Half of the outcomes that were awaited came within ${days} of the contact (${of}).`;
}
