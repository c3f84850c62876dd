import type { Card } from '../../cards/elements.ts';

export type Part = Readonly<Record<string, unknown>>;

/** Every object at any depth, in the order in which it is read. */
export function partsOf(value: unknown): readonly Part[] {
  if (Array.isArray(value)) return value.flatMap(partsOf);
  if (typeof value !== 'object' || value === null) return [];
  return [{ ...value }, ...Object.values(value).flatMap(partsOf)];
}

export function inputsOf(card: Card): readonly Part[] {
  return partsOf(card.body).filter(({ type }) => String(type).startsWith('Input.'));
}

export function actionsOf(card: Card): readonly Part[] {
  return partsOf([card.body, card.actions ?? [], card.refresh ?? {}]).filter(({ type }) => type === 'Action.Execute');
}

/** The `actions` arrays of a card, its own and those of its parts. */
export function actionSetsOf(card: Card): readonly (readonly unknown[])[] {
  return partsOf(card).flatMap(({ actions }) => (Array.isArray(actions) ? [actions as readonly unknown[]] : []));
}

/** Our own words: everything that is read, save what somebody typed. */
export function wordsOf(card: Card): readonly string[] {
  const keys = ['text', 'title', 'label', 'errorMessage', 'tooltip', 'placeholder', 'altText'] as const;
  return partsOf(card)
    .filter(({ type }) => type !== 'TextRun')
    .flatMap((part) => keys.map((key) => part[key]).filter((text) => typeof text === 'string'));
}

/** What somebody typed, where it may stand: text runs, and what is in the inputs. */
export function typedOf(card: Card): readonly string[] {
  return partsOf(card.body).flatMap(({ type, text, value }) => {
    if (type === 'TextRun') return [String(text)];
    return typeof value === 'string' && String(type).startsWith('Input.') ? [value] : [];
  });
}
