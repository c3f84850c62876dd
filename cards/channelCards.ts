import type { ChannelSummary } from '../src/channelSummary.ts';
import { dateOf, longDate } from '../src/londonTime.ts';
import { card, heading, plainButton, subtle, words, type ActionData, type Card } from './elements.ts';
import { noticeCard } from './noticeCards.ts';

/** A case in a channel, kept there for everybody to read: counts, dates and types, and nothing else of the case. */
export function channelSummaryCard(summary: ChannelSummary, asked: ActionData): Card {
  const { records, firstContact, lastContact, types, consent, outcomes } = summary;
  const [first, last] = [longDate(dateOf(firstContact)), longDate(dateOf(lastContact))];
  return card(
    [
      heading('Case summary'),
      words(`${records === 1 ? 'One record' : `${records} records`}: first contact ${first}, last contact ${last}.`),
      ...types.map(({ title, count }) => ({ ...words(`${title}: ${count}`), spacing: 'None' as const })),
      words(`With consent: yes ${consent.yes}, partly ${consent.partly}, no ${consent.no}.`),
      { ...words(`Outcome known: yes ${outcomes.yes}, no ${outcomes.no}.`), spacing: 'None' },
      subtle('Names, the reference and what was written stand in the records, for those who may see them.'),
    ],
    [plainButton('Open in my chat', 'summary.open', asked, 'positive')],
  );
}

/** The one answer in a channel for what does not exist and for what may not be shown there. */
export function nothingInChannelCard(): Card {
  return noticeCard(
    'Nothing here',
    'Nothing here that may be shown in this channel. Check the reference, or ask in your own chat with Sharing Log.',
  );
}
