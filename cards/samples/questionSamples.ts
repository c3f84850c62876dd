import { answerCard, typedOf, type Typed } from '../../src/answering.ts';
import { problems } from '../../src/completeness.ts';
import type { Answers } from '../../src/fields.ts';
import { journeyCards, cardsOfSection, type JourneyCard } from '../../src/journey.ts';
import { share } from '../../src/records/share.ts';
import { questionsView } from '../../src/recording/show.ts';
import { questionsCard } from '../questionsCard.ts';
import { FULL_ANSWER, PARTLY, SPOKEN, WITH, WITHOUT, WORST } from './answers.ts';
import { aDraft, MOVED_ON, SITUATION, type SampleCard } from './sample.ts';

/** Every card of questions, blank, filled, and with what stands against it. */
export function questionSamples(): readonly SampleCard[] {
  return [
    first(),
    ...path('spoken', 'Spoken, with consent', SPOKEN),
    ...path('with', 'Written, with consent', WITH),
    ...path('without', 'Without consent', WITHOUT),
    ...path('partly', 'Partly: the longest way', PARTLY),
    ...offered(),
    ...path('fullest', 'Every answer as long as it may be', WORST).filter(({ id }) => !id.endsWith('-empty')),
    movedOn(),
    overLong(),
  ];
}

/** The first card of a form: blank, and the one that is kept in the chat. */
function first(): SampleCard {
  const [card] = journeyCards(share, {});
  if (card === undefined) throw new Error('A share has no card.');
  const view = questionsView(share, aDraft({}, { revision: 1, section: card.id }), card, SITUATION);
  return {
    id: 'stored-form',
    title: 'The first card, blank',
    group: 'Messages kept in the chat',
    card: questionsCard(view),
  };
}

function path(id: string, group: string, answers: Answers): readonly SampleCard[] {
  return journeyCards(share, answers).flatMap((card) =>
    bothWays(`${id}-${card.id}`, `Questions. ${group}`, card, answers),
  );
}

function offered(): readonly SampleCard[] {
  const sections = share.sections.filter(({ place }) => place === 'offered');
  return sections.flatMap((section) =>
    cardsOfSection(share, section, PARTLY).flatMap((card) =>
      bothWays(`offered-${card.id}`, 'Questions. Offered from the check card', card, PARTLY),
    ),
  );
}

/** A card filled in, and the same card sent empty. */
function bothWays(id: string, group: string, card: JourneyCard, answers: Answers): readonly SampleCard[] {
  const draft = aDraft(answers, { section: card.id });
  const title = `${card.section.title} (${card.id})`;
  const sent = answerCard(share, card.asked, answers, {});
  const own = new Set(card.asked.map(({ name }) => name));
  const found = problems(share, sent.answers, SITUATION).filter(({ field }) => own.has(field));
  const empty = questionsView(share, { ...draft, answers: sent.answers }, card, SITUATION, {
    typed: {},
    problems: found,
  });
  return [
    { id, title, group, card: questionsCard(questionsView(share, draft, card, SITUATION)) },
    ...(found.length === 0
      ? []
      : [{ id: `${id}-empty`, title: `${title}, sent empty`, group, card: questionsCard(empty) }]),
  ];
}

function movedOn(): SampleCard {
  const card = cardNamed('recipient');
  const view = questionsView(share, aDraft(WITH, { section: card.id }), card, SITUATION);
  const drawn = questionsCard({ ...view, notice: MOVED_ON });
  return { id: 'questions-moved-on', title: 'Pressed on an older card', group: 'Questions. In between', card: drawn };
}

function overLong(): SampleCard {
  const card = cardNamed('information');
  const typed: Typed = {
    ...Object.fromEntries(card.asked.flatMap(({ name, field }) => Object.entries(typedOf(name, field, WITH[name])))),
    reason: `${FULL_ANSWER}${'x'.repeat(4_013 - FULL_ANSWER.length)}`,
  };
  const sent = answerCard(share, card.asked, WITH, typed);
  const view = questionsView(share, aDraft(sent.answers, { section: card.id }), card, SITUATION, {
    typed: { ...typed, ...sent.cut },
    problems: sent.findings,
  });
  return {
    id: 'questions-over-long',
    title: 'One answer over its limit',
    group: 'Questions. In between',
    card: questionsCard(view),
  };
}

function cardNamed(id: string): JourneyCard {
  const card = journeyCards(share, WITH).find((each) => each.id === id);
  if (card === undefined) throw new Error(`A share has no card ${id}.`);
  return card;
}
