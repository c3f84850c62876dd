/** A card as it came over the wire, to be looked through as a person would. */
export type WireCard = Readonly<Record<string, unknown>>;

export interface WireAction {
  readonly type: string;
  readonly title: string;
  readonly verb: string;
  readonly data?: Readonly<Record<string, unknown>>;
  readonly associatedInputs?: string;
}

export interface WireInput {
  readonly type: string;
  readonly id: string;
  readonly label?: string;
  /** What stands beside a toggle. */
  readonly title?: string;
  readonly value?: string;
  readonly isRequired?: boolean;
  readonly isMultiline?: boolean;
  readonly style?: string;
  readonly choices?: readonly { readonly title: string; readonly value: string }[];
}

/** Every object in a card, at any depth, in the order in which it is read. */
function parts(value: unknown): readonly Readonly<Record<string, unknown>>[] {
  if (Array.isArray(value)) return value.flatMap(parts);
  if (typeof value !== 'object' || value === null) return [];
  return [{ ...value }, ...Object.values(value).flatMap(parts)];
}

export function inputsIn(card: WireCard): readonly WireInput[] {
  // Whatever is an input on the wire has an id.
  return parts(card.body).filter(({ type }) => String(type).startsWith('Input.')) as unknown as readonly WireInput[];
}

/** The buttons of a card, those beside its items included. */
export function actionsIn(card: WireCard): readonly WireAction[] {
  const all = [...parts(card.body), ...parts(card.actions)];
  return all.filter(({ type }) => type === 'Action.Execute') as unknown as readonly WireAction[];
}

export function buttonIn(card: WireCard, title: string): WireAction {
  const found = actionsIn(card).find((action) => action.title === title);
  if (found === undefined)
    throw new Error(
      `No button “${title}” among ${actionsIn(card)
        .map((action) => action.title)
        .join(', ')}`,
    );
  return found;
}

/** Everything that can be read on a card, one text a line. */
export function textOf(card: WireCard): string {
  return parts(card.body)
    .filter(({ type }) => type === 'TextBlock' || type === 'TextRun')
    .map(({ text }) => String(text))
    .join('\n');
}

/** The first text of a card: its heading. */
export function headingOf(card: WireCard): string {
  return textOf(card).split('\n')[0] ?? '';
}

/** The texts typed by people: what stands in text runs, and nowhere else. */
export function typedTextsOf(card: WireCard): readonly string[] {
  return parts(card.body)
    .filter(({ type }) => type === 'TextRun')
    .map(({ text }) => String(text));
}

/** The answers that can be read on a card, by the question over each. */
export function linesOf(card: WireCard): ReadonlyMap<string, string> {
  const lines = new Map<string, string>();
  let question = '';
  for (const { type, text } of parts(card.body)) {
    if (type === 'TextBlock') question = String(text);
    if (type === 'TextRun') lines.set(question, String(text));
  }
  return lines;
}

export type Inputs = Readonly<Record<string, string>>;

/** What Teams sends when a button is pressed: the button's data, with what stands in the inputs, empty ones left out. */
export function pressData(card: WireCard, action: WireAction, typed: Inputs): Readonly<Record<string, unknown>> {
  if (action.associatedInputs === 'none') return { ...action.data };
  const standing = inputsIn(card).flatMap(({ id, value }) => {
    const text = typed[id] ?? value ?? '';
    return text === '' ? [] : [[id, text]];
  });
  return { ...action.data, ...Object.fromEntries(standing) };
}
