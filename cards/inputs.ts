import type { IChoiceSetInput, IDateInput, ITextInput, ITimeInput } from '@microsoft/teams.cards';
import type { Typed } from '../src/answering.ts';
import type { Options } from '../src/fields.ts';
import type { Asked } from '../src/journey.ts';
import type { Finding } from '../src/recordType.ts';
import { markedProblem, subtle, type Element } from './elements.ts';

/** Up to so many single choices stand open; more are a list to unfold. */
const OPEN_CHOICES = 5;

/** How the inputs of a card are to be filled and marked. */
export interface InputState {
  readonly typed: Typed;
  readonly problems: readonly Finding[];
  readonly notOffered: Readonly<Record<string, readonly string[]>>;
}

/**
 * The inputs of one question: what is wrong with it directly above, "Only if …" as a lead-in, the hint below. A question
 * that may not apply is never marked required, so that it cannot hold up the card.
 */
export function questionInputs(asked: Asked, state: InputState): readonly Element[] {
  const { name, field, mode } = asked;
  const found = state.problems.filter((problem) => problem.field === name);
  return [
    ...(mode === 'offered' && field.beside !== undefined ? [subtle(field.beside, 'Large')] : []),
    // The list on top names the question; here it stands directly below.
    ...found.map(({ text }) => markedProblem(text.replace(` (‘${field.label}’)`, ''))),
    ...inputs(asked, state, mode === 'offered' || found.length > 0 ? 'Small' : 'Large'),
    ...(field.hint === undefined ? [] : [subtle(field.hint)]),
  ];
}

function inputs({ name, field, mode }: Asked, state: InputState, spacing: ITextInput['spacing']): readonly Element[] {
  const common = {
    label: field.label,
    spacing,
    ...(mode === 'required' ? { isRequired: true, errorMessage: `${field.mend}.` } : {}),
  } as const;
  const value = valueOf(state.typed, name);
  switch (field.kind) {
    case 'text':
      return [{ type: 'Input.Text', id: name, ...common, ...value } satisfies ITextInput];
    case 'longText':
      return [{ type: 'Input.Text', id: name, isMultiline: true, ...common, ...value } satisfies ITextInput];
    case 'phone':
      return [{ type: 'Input.Text', id: name, style: 'Tel', ...common, ...value } satisfies ITextInput];
    case 'date':
      return [{ type: 'Input.Date', id: name, ...common, ...value } satisfies IDateInput];
    case 'dateTime':
      return [dateAndTime(name, common, state.typed)];
    case 'choice':
      return [choiceSet(name, common, field.options, state, false)];
    case 'choices':
      return [choiceSet(name, common, field.options, state, true)];
    default:
      return field satisfies never;
  }
}

type Common = Pick<ITextInput, 'label' | 'spacing' | 'isRequired' | 'errorMessage'>;

function choiceSet(name: string, common: Common, options: Options, state: InputState, many: boolean): IChoiceSetInput {
  const left = new Set(state.notOffered[name] ?? []);
  const choices = Object.entries(options)
    .filter(([key, option]) => option.retired === undefined && !left.has(key))
    .map(([key, option]) => ({ title: option.label, value: key }));
  return {
    type: 'Input.ChoiceSet',
    id: name,
    ...common,
    ...valueOf(state.typed, name),
    choices,
    wrap: true,
    isMultiSelect: many,
    style: many || choices.length <= OPEN_CHOICES ? 'expanded' : 'compact',
  };
}

/** A date-time is typed as a date and a time, side by side. Both are labelled; the time says that it is London's. */
function dateAndTime(name: string, common: Common, typed: Typed): Element {
  const { label = '', spacing, ...rest } = common;
  const date: IDateInput = { type: 'Input.Date', id: `${name}Date`, label, ...rest, ...valueOf(typed, `${name}Date`) };
  const time: ITimeInput = {
    type: 'Input.Time',
    id: `${name}Time`,
    label: 'At (UK time)',
    ...rest,
    ...valueOf(typed, `${name}Time`),
  };
  return {
    type: 'ColumnSet',
    ...(spacing === undefined ? {} : { spacing }),
    columns: [
      { type: 'Column', width: 'stretch', verticalContentAlignment: 'Bottom', items: [date] },
      { type: 'Column', width: 'stretch', verticalContentAlignment: 'Bottom', items: [time] },
    ],
  };
}

function valueOf(typed: Typed, id: string): { readonly value?: string } {
  const value = typed[id];
  return value === undefined || value === '' ? {} : { value };
}

/**
 * A question that does not hold up the card, for where another button than the main one sends what was typed so far. The
 * server requires it all the same.
 */
export function notHeldUp(asked: Asked): Asked {
  return asked.mode === 'required' ? { ...asked, mode: 'optional' } : asked;
}
