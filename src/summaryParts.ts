/** What the summary of a case tells of each record, in this order. Source: issue "Case summary", 1; RK §1. */
export const SUMMARY_PARTS = {
  with: 'With',
  shared: 'Shared',
  consent: 'Consent',
  family: 'Family told',
  decision: 'Decision',
  outcome: 'Outcome',
  next: 'Next',
  decidedBy: 'Decided by',
  view: 'Professional view',
} as const;

export type SummaryPart = keyof typeof SUMMARY_PARTS;

/** For each part, the questions whose answers tell it: the first of the lists of which any was answered. */
export type InSummary<N extends string = string> = { readonly [P in SummaryPart]?: readonly (readonly N[])[] };
