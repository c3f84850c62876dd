import type { Card } from './elements.ts';

/** A card with sample data, for the gallery, designers and tests. */
export interface SampleCard {
  readonly id: string;
  readonly title: string;
  readonly group: string;
  readonly card: Card;
}

/** Every card in every state, from made-up data. */
export function sampleCards(): readonly SampleCard[] {
  return [];
}
