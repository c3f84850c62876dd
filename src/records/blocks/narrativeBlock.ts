import type { Answers } from '../../fields.ts';

const VIEW = 'RK §1 (fact apart from opinion, judgement and hypothesis)';

/** A professional view, kept apart from the facts. Offered by a button on the check card. */
export const narrativeFields = {
  professionalView: {
    kind: 'longText',
    label: 'Your professional view',
    hint: 'It will be shown apart from the facts, with the kind of view it is.',
    mend: 'Write your professional view',
    optional: true,
    source: VIEW,
  },
  professionalViewKind: {
    kind: 'choice',
    label: 'What kind of view is it?',
    beside: 'Only if you wrote a view.',
    mend: 'Say what kind of view it is',
    options: {
      opinion: { label: 'Opinion' },
      judgement: { label: 'Judgement' },
      hypothesis: { label: 'Hypothesis' },
    },
    source: VIEW,
  },
} as const;

export const narrativeAskWhen = { professionalViewKind: { field: 'professionalView', blank: false } } as const;

/** The kind of view stands beside the view everywhere, never on a line of its own. */
export const narrativeReads = {
  professionalView: (answers: Answers) => {
    const { professionalView, professionalViewKind } = answers;
    if (typeof professionalView !== 'string') return undefined;
    const kind = Object.entries(narrativeFields.professionalViewKind.options).find(
      ([key]) => key === professionalViewKind,
    );
    return kind === undefined ? professionalView : `${kind[1].label}: ${professionalView}`;
  },
  professionalViewKind: () => undefined,
} as const;

export const narrativeSection = {
  id: 'narrative',
  title: 'A professional view',
  place: 'offered',
  button: 'Add a professional view',
  fields: ['professionalView', 'professionalViewKind'],
} as const;

export const narrativeInSummary = { view: [['professionalView']] } as const;
