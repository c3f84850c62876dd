import type { Named, RestrictionView } from '../../src/restricting.ts';
import type { Card } from '../elements.ts';
import { toldCard } from '../noticeCards.ts';
import { liftedCard, restrictionCard, restrictionStub, teamAddedCard } from '../restrictionCards.ts';
import { SITUATION, type SampleCard } from './sample.ts';

const NUMBER = 'SL-7QK2M9XV';
const TOKEN = { asked: 'c2VhbGVkLWFuZC1tYWRlLXVw' };

/** Who may see a case, and the messages about it. */
export function restrictionSamples(): readonly SampleCard[] {
  const stored = (id: string, title: string, card: Card): SampleCard => ({ id, title, group: 'Messages kept in the chat', card }); // prettier-ignore
  const who = (id: string, title: string, card: Card): SampleCard => ({ id, title, group: 'Who may see a case', card });
  const three = somePeople(3);
  return [
    stored('stored-restriction', 'Who may see a case was asked for', restrictionStub(TOKEN, '29:made-up-user')),
    stored('stored-restriction-asked', 'An author asks for a restriction', toldCard('restrictionAsked', NUMBER)),
    stored('stored-restriction-overdue', 'Nobody has decided on it', toldCard('restrictionOverdue', NUMBER)),
    stored('stored-team-added', 'A case team was added', teamAddedCard('added')),
    stored('stored-team-there', 'A case team already', teamAddedCard('there')),
    stored('stored-team-none', 'No such team', teamAddedCard('noTeam')),
    who('restriction-none', 'A case that is not restricted', restrictionCard(aView('none', three), TOKEN)),
    who('restriction-asked', 'To confirm or lift', restrictionCard({ ...aView('requested', [PRIYA]), ...ASKED }, { number: NUMBER })), // prettier-ignore
    who('restriction', 'A restricted case', restrictionCard({ ...aView('confirmed', three), ...ASKED }, TOKEN)),
    who(
      'restriction-many',
      'A restricted case with many people, and a name that nobody has',
      restrictionCard(
        {
          ...aView('confirmed', somePeople(80)),
          problem: 'Nobody, or more than one person, has that name here. Give the full name.',
        },
        TOKEN,
        '**Nobody** [at all](https://example.com)',
      ),
    ),
    who('restriction-lifted', 'Lifted', liftedCard()),
  ];
}

const ASKED = { asked: { number: NUMBER, name: 'Priya Shah', at: SITUATION.now } };

const PRIYA: Named = { personId: '7d1f2c40-0000-4000-8000-9e0000000001', name: 'Priya Shah', jobTitle: 'Social worker', hasNoPart: false }; // prettier-ignore

function aView(state: RestrictionView['state'], people: readonly Named[]): RestrictionView {
  return { kind: 'restriction', state, revision: 3, people };
}

function somePeople(count: number): readonly Named[] {
  return Array.from({ length: count }, (_, nth) => ({
    personId: `7d1f2c40-0000-4000-8000-9e00000000${String(nth).padStart(2, '0')}`,
    name: nth === 2 ? undefined : `Priya Madeup-Longlastname ${nth}`,
    jobTitle: nth === 2 ? undefined : 'Senior social work practitioner',
    hasNoPart: nth === 1,
  }));
}
