import type { Instant } from '../src/fields.ts';
import { longTime, shortDate } from '../src/londonTime.ts';
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

function teamElements(overview: TeamOverview): readonly Element[] {
  const { team, records, weeks, types, closedAtSigning, outcomes, countedFrom } = overview;
  const name: Element = {
    type: 'RichTextBlock',
    separator: true,
    spacing: 'Large',
    inlines: [{ type: 'TextRun', text: visible(team.name), size: 'Medium', weight: 'Bolder' }],
  };
  const part = countedFrom === undefined ? [] : [partOnly(countedFrom)];
  if (records === 0) return [name, ...part, words('Nothing was recorded.')];
  const share = Math.round((closedAtSigning / records) * 100);
  return [
    name,
    ...part,
    words(records === 1 ? 'One record.' : `${records} records.`),
    {
      ...words(`Nothing left open at signing: ${closedAtSigning} of ${records} (${share}%).`),
      spacing: 'None',
    },
    { ...words(outcomeWords(outcomes)), spacing: 'None' },
    { ...subheading('By type'), spacing: 'Medium' },
    ...bars(types),
    { ...subheading('By week'), spacing: 'Medium' },
    ...bars(weeks.map(({ from, count }) => ({ label: `From ${shortDate(from)}`, count }))),
  ];
}

/** Numbers of a part must not look like those of the whole. */
function partOnly(countedFrom: Instant): Element {
  return {
    ...words(
      `These numbers begin on ${longTime(countedFrom)}. What was signed before took too long to find: ask again in a moment for all of it.`,
    ),
    weight: 'Bolder',
  };
}

function outcomeWords({ count, medianDays }: TeamOverview['outcomes']): string {
  if (medianDays === undefined) return 'Outcomes that were awaited at signing: none has come yet.';
  const days = medianDays === 1 ? 'one working day' : `${medianDays} working days`;
  const of = count === 1 ? 'one record' : `${count} records`;
  return `Half of the outcomes that were awaited came within ${days} of the contact (${of}).`;
}
