import { longTime } from '../src/londonTime.ts';
import type { Named, RestrictionView } from '../src/restricting.ts';
import type { TeamAdded } from '../src/caseTeams.ts';
import {
  box,
  button,
  buttons,
  card,
  heading,
  markedProblem,
  plainButton,
  subheading,
  subtle,
  typedText,
  words,
  type Action,
  type ActionData,
  type Card,
  type Element,
} from './elements.ts';
import { noticeCard, nothingCard } from './noticeCards.ts';

/** More names than this do not fit on a card; taking some off brings the others. */
const SHOWN = 60;

const TITLES: Readonly<Record<RestrictionView['state'], { readonly title: string; readonly text: string }>> = {
  none: {
    title: 'Restrict this case?',
    text: 'Now all who belong to its teams may see this case. Once it is restricted, only these people may:',
  },
  requested: {
    title: 'Confirm or lift',
    text: 'Only these people may see this case until you or another manager decides. If you confirm, you are named too.',
  },
  confirmed: { title: 'A restricted case', text: 'Only these people may see this case:' },
};

/** Who may see a case, and what can be done about it. Only ever in an invoke's reply. `data` says which case. */
export function restrictionCard(view: RestrictionView, data: ActionData, typedName = ''): Card {
  const { state, asked, problem, notice } = view;
  const { title, text } = TITLES[state];
  const at = { ...data, revision: view.revision };
  return card(
    [
      heading(title),
      ...box('accent', 'Please note', notice === undefined ? [] : [notice]),
      ...(asked === undefined ? [] : askedElements(asked)),
      words(text),
      ...view.people.slice(0, SHOWN).map(personElement),
      ...(view.people.length > SHOWN ? [subtle(`And ${view.people.length - SHOWN} more.`)] : []),
      ...(state === 'confirmed' ? changeElements(view, at, typedName) : problemElements(problem)),
    ],
    actionsOf(state, at),
  );
}

function askedElements({ number, name, at }: NonNullable<RestrictionView['asked']>): readonly Element[] {
  return [
    subtle(`Asked for with ${number}, ${longTime(at)}`, 'None'),
    ...(name === undefined ? [] : [typedText(`By ${name}`)]),
  ];
}

function personElement(named: Named): Element {
  return typedText(named.hasNoPart ? `${nameOf(named)} – is of no team of this case, so sees nothing` : nameOf(named));
}

function nameOf({ name, jobTitle }: Named): string {
  return name === undefined
    ? 'Somebody who has left'
    : [name, jobTitle].filter((part) => part !== undefined).join(', ');
}

/** Naming somebody, and taking somebody off; what stands against it, directly above. */
function changeElements({ people, problem }: RestrictionView, data: ActionData, typedName: string): readonly Element[] {
  const shown = people.slice(0, SHOWN);
  return [
    { ...subheading('Change who is named'), separator: true, spacing: 'Large' },
    ...problemElements(problem),
    {
      type: 'Input.Text',
      id: 'name',
      label: 'Who else may see it?',
      placeholder: 'First name and surname',
      ...(typedName === '' ? {} : { value: typedName }),
    },
    buttons([button('Name them', 'restriction.add', data)]),
    {
      type: 'Input.ChoiceSet',
      id: 'personId',
      label: 'Who may not see it any more?',
      style: 'compact',
      placeholder: 'Choose somebody',
      choices: shown.map((named) => ({ title: nameOf(named), value: named.personId })),
    },
    buttons([button('Take them off', 'restriction.remove', data)]),
  ];
}

function problemElements(problem: string | undefined): readonly Element[] {
  return problem === undefined ? [] : [markedProblem(problem)];
}

function actionsOf(state: RestrictionView['state'], data: ActionData): readonly Action[] {
  switch (state) {
    case 'none':
      return [plainButton('Restrict', 'restriction.set', data, 'positive')];
    case 'requested':
      return [
        plainButton('Confirm', 'restriction.set', data, 'positive'),
        plainButton('Lift', 'restriction.lift', data),
      ];
    case 'confirmed':
      return [plainButton('Lift the restriction', 'restriction.lift', data)];
    default:
      return state satisfies never;
  }
}

export function liftedCard(): Card {
  return noticeCard('Not restricted', 'All who belong to the teams of the case may see it again.');
}

/** The message that stands in the chat for who may see a case: nothing of the case. */
export function restrictionStub(data: ActionData, userId: string): Card {
  const open = plainButton('Open', 'restriction.open', data, 'positive');
  const text = 'Open it to see who may see the case. Nothing of the case stands in this message.';
  return {
    ...card([heading('Who may see a case'), words(text)], [open]),
    refresh: { action: open, userIds: [userId] },
  };
}

/** What `case team add` came to. It is kept in the chat, and names neither case nor team. */
export function teamAddedCard(added: TeamAdded): Card {
  switch (added) {
    case 'nothing':
      return nothingCard();
    case 'noTeam':
      return noticeCard(
        'No such team',
        'No team, or more than one, has that name here. Give the whole name of the team.',
      );
    case 'there':
      return noticeCard('A case team already', 'That team may see the case already. Nothing was changed.');
    case 'added':
      return noticeCard('Team added', 'Practitioners and managers of that team may see the case now.');
    default:
      return added satisfies never;
  }
}
