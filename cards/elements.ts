import type {
  IActionSet,
  IAdaptiveCard,
  IColumnSet,
  IContainer,
  IExecuteAction,
  IRichTextBlock,
  ITextBlock,
} from '@microsoft/teams.cards';

export type Card = IAdaptiveCard;
export type Element = IAdaptiveCard['body'][number];
export type Action = IExecuteAction;

/** Ids, a section and a revision: all that an action may carry. */
export type ActionData = Readonly<Record<string, string | number>>;

/** Source: architecture, "Card budgets". */
export const CARD_BUDGET_BYTES = 20 * 1024;
export const SHOWN_CHARACTERS = 400;

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
  return { type: 'RichTextBlock', spacing, inlines: [{ type: 'TextRun', text }] };
}

/** A question in subtle text with its answer under it. */
export function labelled(label: string, text: string): readonly Element[] {
  return [subtle(label, 'Medium'), typedText(text)];
}

export function attention(text: string): ITextBlock {
  return { type: 'TextBlock', text, wrap: true, color: 'Attention', weight: 'Bolder', spacing: 'Medium' };
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

/** A button that sends what stands in the card's inputs. */
export function button(title: string, verb: string, data: ActionData, style: Action['style'] = 'default'): Action {
  return { type: 'Action.Execute', title, verb, data: { ...data }, style };
}

/** A button that sends ids only: whatever stands in the inputs stays on the screen. */
export function plainButton(title: string, verb: string, data: ActionData, style: Action['style'] = 'default'): Action {
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

/** A text cut for showing, never inside a character pair, with whether anything was left out. */
export function shortened(text: string, characters: number): { readonly text: string; readonly isCut: boolean } {
  if (text.length <= characters) return { text, isCut: false };
  return {
    text: `${text
      .slice(0, characters)
      .toWellFormed()
      .replace(/\uFFFD$/u, '')} …`,
    isCut: true,
  };
}

/** The fullest card that keeps to the budget: `draw` is tried with ever shorter long answers. */
export function withinBudget(draw: (shownCharacters: number) => Card): Card {
  const lengths = [SHOWN_CHARACTERS, 250, 120, 60];
  const fitting = lengths
    .map((length) => ({ length, drawn: draw(length) }))
    .find(({ drawn }) => cardBytes(drawn) <= CARD_BUDGET_BYTES);
  return fitting?.drawn ?? draw(30);
}
