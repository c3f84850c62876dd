import type {
  IActionSet,
  IAdaptiveCard,
  IColumnSet,
  IContainer,
  IExecuteAction,
  IRichTextBlock,
  ITextBlock,
} from '@microsoft/teams.cards';
import type { Instant } from '../src/fields.ts';
import type { ReadSection } from '../src/reading.ts';
import { urgentAccessText } from '../src/recordWords.ts';

export type Card = IAdaptiveCard;
export type Element = IAdaptiveCard['body'][number];
export type Action = IExecuteAction;

/** Ids, a section and a revision: all that an action may carry. */
export type ActionData = Readonly<Record<string, string | number>>;

/** Source: architecture, "Card budgets". */
export const CARD_BUDGET_BYTES = 20 * 1024;
/** How much of a long answer is shown, as long as there is room. */
const SHOWN_CHARACTERS = [400, 250, 120] as const;
const SHORTEST = 120;

/** A card of schema 1.5. The first element should be its heading: it gets the focus when the card is replaced. */
export function card(body: readonly Element[], actions: readonly Action[] = []): Card {
  return {
    type: 'AdaptiveCard',
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    version: '1.5',
    body: [...body],
    ...(actions.length > 0 ? { actions: [...actions] } : {}),
  };
}

export function heading(text: string): ITextBlock {
  return { type: 'TextBlock', text, size: 'Large', weight: 'Bolder', style: 'heading', wrap: true };
}

export function subheading(text: string): ITextBlock {
  return { type: 'TextBlock', text, weight: 'Bolder', size: 'Medium', wrap: true, spacing: 'None' };
}

/** Our own words. Typed text goes into `typedText`, where nothing can become markup. */
export function words(text: string): ITextBlock {
  return { type: 'TextBlock', text, wrap: true };
}

export function subtle(text: string, spacing: ITextBlock['spacing'] = 'Small'): ITextBlock {
  return { type: 'TextBlock', text, wrap: true, isSubtle: true, size: 'Small', spacing };
}

/** Text that somebody typed, exactly as typed: text runs know no Markdown, links or mentions. */
export function typedText(text: string, spacing: IRichTextBlock['spacing'] = 'None'): IRichTextBlock {
  return { type: 'RichTextBlock', spacing, inlines: [{ type: 'TextRun', text: visible(text) }] };
}

/** Control characters have no shape: each is shown as one that says so. Tabs and line ends stay. */
export function visible(text: string): string {
  return text.replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F]/gu, '\uFFFD');
}

/** A question in subtle text with its answer under it. */
export function labelled(label: string, text: string): readonly Element[] {
  return [subtle(label, 'Medium'), typedText(text)];
}

/** What is wrong with the question that follows. */
export function markedProblem(text: string): ITextBlock {
  return { type: 'TextBlock', text, wrap: true, color: 'Attention', size: 'Small', weight: 'Bolder', spacing: 'Large' };
}

/** Who must not learn of this, as typed; nothing at all when nobody was named. */
export function keepFromBox(keepFrom: string | undefined, style?: ITextBlock['style']): readonly Element[] {
  if (keepFrom === undefined) return [];
  const title: ITextBlock = { type: 'TextBlock', text: 'Keep this from', weight: 'Bolder', wrap: true };
  const items = [style === undefined ? title : { ...title, style }, typedText(keepFrom)];
  return [{ type: 'Container', style: 'attention', spacing: 'Medium', items } satisfies IContainer];
}

/**
 * Said on a list that ends here: how much of it stands there, and why, with what to do.
 * Source: issue “Azure Cosmos DB”, 1.
 */
export function cutShort(shown: number, of: string, why: string): ITextBlock {
  const first = shown === 1 ? 'the first one' : `the first ${shown}`;
  return { ...words(`Showing ${first}${of}. ${why}`), spacing: 'Large', weight: 'Bolder' };
}

/** Why a list ends here, when it is for want of time. */
export function outOfTime(todo: string): string {
  return `The rest took too long to find: ${todo}.`;
}

/** A box of sentences in one of the card styles; nothing at all when there are none. */
export function box(
  style: 'attention' | 'warning' | 'accent',
  title: string,
  texts: readonly string[],
): readonly Element[] {
  if (texts.length === 0) return [];
  const container: IContainer = {
    type: 'Container',
    style,
    spacing: 'Medium',
    items: [
      { type: 'TextBlock', text: title, weight: 'Bolder', wrap: true },
      ...texts.map((text): ITextBlock => ({ type: 'TextBlock', text, wrap: true, spacing: 'Small' })),
    ],
  };
  return [container];
}

/** The mark on what is seen by urgent access alone; nothing at all for everything else. */
export function urgentMark(until: Instant | undefined): readonly Element[] {
  if (until === undefined) return [];
  const items = [words(urgentAccessText(until))];
  return [{ type: 'Container', style: 'warning', spacing: 'Medium', items } satisfies IContainer];
}

/** A button that sends what stands in the card's inputs. */
export function button(title: string, verb: string, data: ActionData, style?: Action['style']): Action {
  return { type: 'Action.Execute', title, verb, data: { ...data }, ...(style === undefined ? {} : { style }) };
}

/** A button that sends ids only: whatever stands in the inputs stays on the screen. */
export function plainButton(title: string, verb: string, data: ActionData, style?: Action['style']): Action {
  return { ...button(title, verb, data, style), associatedInputs: 'none' };
}

export function buttons(actions: readonly Action[]): IActionSet {
  return { type: 'ActionSet', spacing: 'Small', actions: [...actions] };
}

/** A heading at the left with its button at the right. */
export function headingWithButton(text: string, action: Action): IColumnSet {
  return {
    type: 'ColumnSet',
    separator: true,
    spacing: 'Large',
    columns: [
      { type: 'Column', width: 'stretch', verticalContentAlignment: 'Center', items: [subheading(text)] },
      { type: 'Column', width: 'auto', items: [buttons([action])] },
    ],
  };
}

/** The bytes of a card as UTF-8 JSON. */
export function cardBytes(value: Card): number {
  return Buffer.byteLength(JSON.stringify(value));
}

/** Shorter answers are never cut: the button for the rest would take more room than it saves. */
const NEVER_CUT_CHARACTERS = 200;

/**
 * A text cut for showing, never inside a character pair, with whether anything was left out. One that is not longer than
 * `leftWhole` is shown as it is.
 */
export function shortened(
  text: string,
  characters: number,
  leftWhole = NEVER_CUT_CHARACTERS,
): { readonly text: string; readonly isCut: boolean } {
  if (text.length <= Math.max(characters, leftWhole)) return { text, isCut: false };
  const splitsPair = /[\uD800-\uDBFF]/.test(text.charAt(characters - 1)); // without the u flag: a unit, not a character
  return { text: `${text.slice(0, splitsPair ? characters - 1 : characters)} …`, isCut: true };
}

/** How much of what was answered a card shows. */
export interface Room {
  /** How many characters of a long answer. */
  readonly characters: number;
  /** Ids of sections of which only the heading is shown. */
  readonly folded: ReadonlySet<string>;
}

/**
 * The fullest card that keeps to the budget: `draw` is tried with ever shorter long answers, then with ever more of the
 * sections folded away, the longest first.
 */
export function withinBudget(sections: readonly ReadSection[], draw: (room: Room) => Card): Card {
  const longestFirst = sections.toSorted((a, b) => lengthOf(b) - lengthOf(a)).map(({ id }) => id);
  const rooms: readonly Room[] = [
    ...SHOWN_CHARACTERS.map((characters) => ({ characters, folded: new Set<string>() })),
    ...longestFirst.map((_, nth) => ({ characters: SHORTEST, folded: new Set(longestFirst.slice(0, nth + 1)) })),
  ];
  for (const room of rooms) {
    const drawn = draw(room);
    if (cardBytes(drawn) <= CARD_BUDGET_BYTES) return drawn;
  }
  return draw({ characters: SHORTEST, folded: new Set(longestFirst) });
}

/** Roughly how much room a section takes: its texts, cut, and what stands around each. */
function lengthOf({ lines }: ReadSection): number {
  return lines.reduce((sum, { text }) => sum + Math.min(text.length, NEVER_CUT_CHARACTERS) + NEVER_CUT_CHARACTERS, 0);
}
