import type { CheckView } from '../src/recording/views.ts';
import { SIGNATURE, TEAM_LABEL } from '../src/recording/signing.ts';
import type { Asked } from '../src/journey.ts';
import type { ReadSection } from '../src/reading.ts';
import type { Finding, Section } from '../src/recordType.ts';
import {
  box,
  button,
  buttons,
  card,
  heading,
  headingWithButton,
  keepFromBox,
  labelled,
  markedProblem,
  plainButton,
  subtle,
  withinBudget,
  shortened,
  words,
  type ActionData,
  type Card,
  type Element,
  type Room,
} from './elements.ts';
import { questionInputs } from './inputs.ts';
import { problemsTitle } from './questionsCard.ts';

/** Check your answers, then sign: each section with Change, what is worth knowing, and the signature. */
export function checkCard(view: CheckView): Card {
  return withinBudget(view.sections, (room) => drawCheck(view, room));
}

function drawCheck(view: CheckView, room: Room): Card {
  const { draft, type } = view;
  const data = { draftId: draft.draftId, section: 'check', revision: draft.revision };
  const open = view.findings.filter(({ level }) => level === 'problem');
  const problems = view.pressed.length > 0 ? view.pressed : open;
  return card(
    [
      heading('Check your answers'),
      subtle(`${type.title} · read it through, then sign at the end`, 'None'),
      ...keepFromBox(view.keepFrom),
      ...box('accent', 'Please check', view.notice === undefined ? [] : [view.notice]),
      ...box(
        'attention',
        problemsTitle(problems.length),
        problems.map(({ text }) => text),
      ),
      ...view.changeable.flatMap((section) => sectionElements(view, section, problems, data, room)),
      ...offeredButtons(view, data),
      ...box('warning', 'Before you sign', textsOf(view, 'warning')),
      ...box('accent', 'Good to know', textsOf(view, 'note')),
      { ...words('Sign'), weight: 'Bolder', size: 'Medium', separator: true, spacing: 'Large' },
      ...view.signing
        .map(notHeldUp)
        .flatMap((asked) => questionInputs(asked, { typed: view.typed, problems, notOffered: {} })),
      ...teamInput(view, problems),
      ...questionInputs(SIGNATURE_ASKED, { typed: view.typed, problems, notOffered: {} }),
      subtle('Back and Finish later do not send what you typed under “Sign”.', 'Large'),
    ],
    [
      button('Sign and save', 'draft.sign', data, 'positive'),
      plainButton('Back', 'draft.back', data),
      plainButton('Finish later', 'draft.later', data),
      plainButton('Cancel', 'draft.cancel', data),
    ],
  );
}

/** Nothing is marked required on this card: Change must be able to send what was typed so far. The server requires it. */
function notHeldUp(asked: Asked): Asked {
  return asked.mode === 'required' ? { ...asked, mode: 'optional' } : asked;
}

const SIGNATURE_ASKED: Asked = {
  name: 'signature',
  mode: 'optional',
  field: { ...SIGNATURE, hint: 'By signing you say that this record is true as far as you know.' },
};

function textsOf(view: CheckView, level: 'warning' | 'note'): readonly string[] {
  return view.findings.filter((finding) => finding.level === level).map(({ text }) => text);
}

/** Said where a section has no room. */
const FOLDED = 'There is no room here for these answers. Press Change to read them; Continue brings you back here.';

function sectionElements(
  view: CheckView,
  { id, title, place, fields }: Section,
  problems: readonly Finding[],
  data: ActionData,
  room: Room,
): readonly Element[] {
  const read: ReadSection | undefined = view.sections.find((section) => section.id === id);
  if (read === undefined && place === 'offered') return [];
  return [
    headingWithButton(title, {
      ...button('Change', 'draft.change', { ...data, change: id }),
      tooltip: `Change: ${title}`,
    }),
    ...problems
      .filter(({ field }) => fields.includes(field))
      .map(({ text }) => ({ ...markedProblem(text), spacing: 'Small' as const })),
    ...(room.folded.has(id) ? [words(FOLDED)] : []),
    ...(room.folded.has(id) ? [] : (read?.lines ?? [])).flatMap((line) => {
      const { text, isCut } = shortened(line.text, room.characters);
      const whole = { draftId: view.draft.draftId, field: line.field };
      const showAll = { ...plainButton('Show all', 'draft.showAnswer', whole), tooltip: `Show all: ${line.label}` };
      return [...labelled(line.label, text), ...(isCut ? [buttons([showAll])] : [])];
    }),
  ];
}

function offeredButtons(view: CheckView, data: ActionData): readonly Element[] {
  const offered = view.changeable.filter(
    (section) => section.place === 'offered' && !view.sections.some((read) => read.id === section.id),
  );
  if (offered.length === 0) return [];
  const actions = offered.map((section) =>
    button(section.button ?? section.title, 'draft.change', { ...data, change: section.id }),
  );
  return [{ ...buttons(actions), spacing: 'Large' }];
}

function teamInput(view: CheckView, problems: CheckView['pressed']): readonly Element[] {
  if (view.teams.length === 0) return [];
  const options = Object.fromEntries(view.teams.map((team) => [team.id, { label: team.name }]));
  const field = {
    kind: 'choice',
    label: TEAM_LABEL,
    mend: 'Choose the team',
    source: 'Architecture',
    options,
  } as const;
  return questionInputs({ name: 'teamId', mode: 'optional', field }, { typed: view.typed, problems, notOffered: {} });
}
