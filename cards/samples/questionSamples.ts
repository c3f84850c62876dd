import { answerCard, typedOf, type Typed } from '../../src/answering.ts';
import { problems } from '../../src/completeness.ts';
import type { Answers } from '../../src/fields.ts';
import { urgentForm } from '../../src/forms.ts';
import { journeyCards, cardsOfSection, type JourneyCard } from '../../src/journey.ts';
import { notShared } from '../../src/records/notShared.ts';
import { requestMade } from '../../src/records/requestMade.ts';
import { requestReceived } from '../../src/records/requestReceived.ts';
import { share } from '../../src/records/share.ts';
import type { RecordType, Situation } from '../../src/recordType.ts';
import { questionsView } from '../../src/recording/show.ts';
import type { QuestionsView } from '../../src/recording/views.ts';
import { questionsCard } from '../questionsCard.ts';
import { FULL_ANSWER, PARTLY, SPOKEN, URGENT, WITH, WITHOUT, WORST, worstOf } from './answers.ts';
import {
  ASKED_ALL,
  ASKED_NONE,
  ASKED_NOT_YET,
  ASKED_NOTHING,
  ASKED_PART,
  ASKED_PASSED,
  ASKING_AWAITED,
  ASKING_PART,
  ASKING_REFUSED,
  NOT_SHARED,
} from './requestAnswers.ts';
import { aDraft, MOVED_ON, SITUATION, type SampleCard } from './sample.ts';

/** Every card of questions of every record type, blank, filled, and with what stands against it. */
export function questionSamples(): readonly SampleCard[] {
  return [
    ...[share, requestReceived, requestMade, notShared].map(first),
    ...path(share, 'spoken', 'Share, spoken, with consent', SPOKEN),
    ...path(share, 'with', 'Share, written, with consent', WITH),
    ...path(share, 'without', 'Share without consent', WITHOUT),
    ...path(share, 'partly', 'Share, partly agreed: the longest way', PARTLY),
    ...path(urgentForm(share), 'urgent', 'Share, urgent', URGENT),
    ...path(requestReceived, 'received-all', 'Request received, all shared', ASKED_ALL),
    ...path(requestReceived, 'received-part', 'Request received, part shared: the longest way', ASKED_PART),
    ...path(requestReceived, 'received-none', 'Request received, refused', ASKED_NONE),
    ...path(requestReceived, 'received-not-yet', 'Request received, not decided', ASKED_NOT_YET),
    ...path(requestReceived, 'received-nothing', 'Request received, nothing held', ASKED_NOTHING),
    ...path(requestReceived, 'received-passed', 'Request received, passed on', ASKED_PASSED),
    ...path(requestMade, 'made-awaited', 'Request made, reply awaited', ASKING_AWAITED),
    ...path(requestMade, 'made-part', 'Request made, part came: the longest way', ASKING_PART),
    ...path(requestMade, 'made-refused', 'Request made, refused', ASKING_REFUSED),
    ...path(notShared, 'not-shared', 'Decided not to share', NOT_SHARED),
    ...offered(share, PARTLY),
    ...offered(requestReceived, ASKED_PART),
    ...path(share, 'fullest', 'Every answer as long as it may be', WORST).filter(isFilled),
    ...path(requestReceived, 'received-fullest', 'Request received, every answer as long as it may be', worstOf(ASKED_PART)).filter(isFilled), // prettier-ignore
    ...path(requestMade, 'made-fullest', 'Request made, every answer as long as it may be', worstOf(ASKING_PART)).filter(isFilled), // prettier-ignore
    ...inBetween(),
  ];
}

function isFilled({ id }: SampleCard): boolean {
  return !id.endsWith('-empty');
}

/** The first card of a form: blank, and the one that is kept in the chat. */
function first(type: RecordType): SampleCard {
  const [card] = journeyCards(type, {});
  if (card === undefined) throw new Error(`${type.id} has no card.`);
  const view = questionsView(type, aDraft({}, { type: type.id, revision: 1, section: card.id }), card, SITUATION);
  return {
    id: type === share ? 'stored-form' : `stored-form-${type.id}`,
    title: `The first card, blank: ${type.title}`,
    group: 'Messages kept in the chat',
    card: questionsCard(view),
  };
}

function path(type: RecordType, id: string, group: string, answers: Answers): readonly SampleCard[] {
  return journeyCards(type, answers).flatMap((card) =>
    bothWays(type, `${id}-${card.id}`, `Questions. ${group}`, card, answers),
  );
}

function offered(type: RecordType, answers: Answers): readonly SampleCard[] {
  const sections = type.sections.filter(({ place }) => place === 'offered');
  return sections.flatMap((section) =>
    cardsOfSection(type, section, answers).flatMap((card) =>
      bothWays(type, `offered-${type.id}-${card.id}`, `Questions. ${type.title}, from the check card`, card, answers),
    ),
  );
}

/** A card filled in, and the same card sent empty. */
function bothWays(
  type: RecordType,
  id: string,
  group: string,
  card: JourneyCard,
  answers: Answers,
): readonly SampleCard[] {
  const draft = aDraft(answers, { type: type.id, section: card.id });
  const title = `${card.section.title} (${card.id})`;
  const sent = answerCard(type, card.asked, answers, {});
  const own = new Set(card.asked.map(({ name }) => name));
  const found = problems(type, sent.answers, SITUATION).filter(({ field }) => own.has(field));
  const empty = questionsView(type, { ...draft, answers: sent.answers }, card, SITUATION, {
    typed: {},
    problems: found,
  });
  return [
    { id, title, group, card: questionsCard(questionsView(type, draft, card, SITUATION)) },
    ...(found.length === 0
      ? []
      : [{ id: `${id}-empty`, title: `${title}, sent empty`, group, card: questionsCard(empty) }]),
  ];
}

const IN_BETWEEN = 'Questions. In between';

/** Cards that know something of earlier records, that were pressed too late, or that hold too much. */
function inBetween(): readonly SampleCard[] {
  const recipient = cardNamed('recipient');
  const consent = cardNamed('consent');
  const blank = Object.fromEntries(Object.entries(WITH).filter(([name]) => !name.startsWith('recipient')));
  const drawn = (id: string, title: string, view: QuestionsView): SampleCard => ({ id, title, group: IN_BETWEEN, card: questionsCard(view) }); // prettier-ignore
  const at = (card: JourneyCard, answers: Answers, situation: Situation = SITUATION): QuestionsView =>
    questionsView(share, aDraft(answers, { section: card.id }), card, situation);
  return [
    drawn('questions-recents', 'People dealt with lately', { ...at(recipient, blank), recents: RECENTS }),
    drawn('questions-same-consent', 'Earlier agreements', at(consent, WITH, WITH_EARLIER)),
    drawn('questions-taken-over', 'An agreement taken over', {
      ...at(consent, WITH, WITH_EARLIER),
      notice: 'Taken over from SL-7QK2M9XV. Check that it holds for this too, then press Continue.',
    }),
    drawn('questions-moved-on', 'Pressed on an older card', { ...at(recipient, WITH), notice: MOVED_ON }),
    overLong(),
  ];
}

const RECENTS: QuestionsView['recents'] = Array.from({ length: 8 }, (_, nth) => ({
  number: `SL-0000000${nth}`,
  label: `${['Nia', 'Bryn', 'Lowri', 'Sami', 'Orla', 'Kit', 'Mererid', 'Noor'][nth] ?? ''} Practice, Health visitor, Exampleshire Health Visiting`,
  parts: {},
}));

const WITH_EARLIER: Situation = {
  ...SITUATION,
  earlier: {
    toldOfRecords: true,
    limits: [],
    consents: [
      { number: 'SL-7QK2M9XV', contactAt: '2026-11-12T09:00:00.000Z' },
      { number: 'SL-4M1ZC0TA', contactAt: '2026-10-02T09:00:00.000Z' },
    ],
    alike: [],
  },
};

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
    group: IN_BETWEEN,
    card: questionsCard(view),
  };
}

function cardNamed(id: string): JourneyCard {
  const card = journeyCards(share, WITH).find((each) => each.id === id);
  if (card === undefined) throw new Error(`A share has no card ${id}.`);
  return card;
}
