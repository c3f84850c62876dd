import { asKnownText } from '../src/recordWords.ts';
import type { Earlier } from '../src/recordType.ts';
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
  typedText,
  withinBudget,
  shortened,
  words,
  type ActionData,
  type Card,
  type Element,
  type Room,
} from './elements.ts';
import { changeElements } from './changeElements.ts';
import { draftTitle } from './draftTitle.ts';
import { notHeldUp, questionInputs } from './inputs.ts';
import { problemsTitle } from './questionsCard.ts';

/** Check your answers, then sign: each section with Change, what is worth knowing, and the signature. */
export function checkCard(view: CheckView): Card {
  return withinBudget(view.sections, (room) => drawCheck(view, room));
}

function drawCheck(view: CheckView, room: Room): Card {
  const { draft, type } = view;
  const isUnsigned = type.isUnsigned === true;
  const overtakes = draft.base?.overtakes;
  const data = { draftId: draft.draftId, section: 'check', revision: draft.revision };
  const open = view.findings.filter(({ level }) => level === 'problem');
  const problems = view.pressed.length > 0 ? view.pressed : open;
  return card(
    [
      heading('Check your answers'),
      subtle(`${draftTitle(draft, type)} · read it through, then ${isUnsigned ? 'save' : 'sign at the end'}`, 'None'),
      ...keepFromBox(view.keepFrom),
      ...box('accent', 'Please check', [
        ...(view.notice === undefined ? [] : [view.notice]),
        ...(overtakes === undefined
          ? []
          : [
              `Somebody else has changed this record meanwhile: it is at version ${overtakes}. What you would change in theirs stands below.`,
            ]),
      ]),
      ...box(
        'attention',
        problemsTitle(problems.length),
        problems.map(({ text }) => text),
      ),
      ...view.changeable.flatMap((section) => sectionElements(view, section, problems, data, room)),
      ...offeredButtons(view, data),
      ...changeElements('What you change', view.changes, undefined, Math.min(room.characters, 200)),
      ...box('warning', 'Before you sign', textsOf(view, 'warning')),
      ...earlierLimits(view.earlier),
      ...box('accent', 'Good to know', [...textsOf(view, 'note'), ...asKnownTexts(view)]),
      ...(isUnsigned
        ? []
        : [{ ...words('Sign'), weight: 'Bolder', size: 'Medium', separator: true, spacing: 'Large' } as const]),
      ...view.signing
        .map(notHeldUp)
        .flatMap((asked) => questionInputs(asked, { typed: view.typed, problems, notOffered: {} })),
      ...teamInput(view, problems),
      ...restrictionInput(view),
      ...(isUnsigned ? [] : questionInputs(SIGNATURE_ASKED, { typed: view.typed, problems, notOffered: {} })),
      ...(isUnsigned ? [] : [subtle('Back and Finish later do not send what you typed under “Sign”.', 'Large')]),
    ],
    [
      button(isUnsigned ? 'Save' : 'Sign and save', 'draft.sign', data, 'positive'),
      plainButton('Back', 'draft.back', data),
      plainButton('Finish later', 'draft.later', data),
      plainButton('Cancel', 'draft.cancel', data),
    ],
  );
}

const SIGNATURE_ASKED: Asked = {
  name: 'signature',
  mode: 'optional',
  field: { ...SIGNATURE, hint: 'By signing you say that this record is true as far as you know.' },
};

function textsOf(view: CheckView, level: 'warning' | 'note'): readonly string[] {
  const found = view.findings.filter((finding) => finding.level === level).map(({ text }) => text);
  return level === 'warning' ? [...found, ...alikeTexts(view.earlier)] : found;
}

function asKnownTexts({ asKnownAt }: CheckView): readonly string[] {
  if (asKnownAt === undefined) return [];
  return [`The directory of your organisation cannot be asked just now. You sign with ${asKnownText(asKnownAt)}.`];
}

/** A record that may be the same one over again. Source: record-types, rule 6. */
function alikeTexts(earlier: Earlier | undefined): readonly string[] {
  const [number] = earlier?.alike ?? [];
  if (number === undefined) return [];
  return [
    `This may be on record already: ${number} names the same person, within a day. Sign only if it is another contact.`,
  ];
}

/** How much is shown of the limits of each earlier consent, and of how many: the records hold the whole. */
const LIMITS_SHOWN = 3;
const LIMIT_CHARACTERS = 250;

/** Limits to consent that stand on the case already. Source: record-types, rule 5. */
function earlierLimits(earlier: Earlier | undefined): readonly Element[] {
  const limits = earlier?.limits ?? [];
  if (limits.length === 0) return [];
  const more = limits.length - LIMITS_SHOWN;
  return [
    {
      type: 'Container',
      style: 'warning',
      spacing: 'Medium',
      items: [
        { type: 'TextBlock', text: 'Earlier limits to consent on this case', weight: 'Bolder', wrap: true },
        ...limits
          .slice(0, LIMITS_SHOWN)
          .flatMap(({ number, text }) => [subtle(number), typedText(shortened(text, LIMIT_CHARACTERS).text)]),
        ...(more > 0 ? [subtle(`And in ${more} more ${more === 1 ? 'record' : 'records'} of this case.`)] : []),
      ],
    },
  ];
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

/** Asked at once, so that nobody reads it in between. Not an answer of the record. */
function restrictionInput({ mayAskRestriction, typed }: CheckView): readonly Element[] {
  if (!mayAskRestriction) return [];
  return [
    {
      type: 'Input.Toggle',
      id: 'restrict',
      label: 'Who may see this case?',
      title: 'Only named people, until a manager has decided',
      value: typed.restrict === 'true' ? 'true' : 'false',
      spacing: 'Large',
    },
    subtle('It holds from signing. You are named, and the managers of the team are told at once.'),
  ];
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
