import type { Check } from '../../recordType.ts';

/** What was shared. Source: RK §3.1, bullet 7. */
export const informationFields = {
  informationTypes: {
    kind: 'choices',
    label: 'What kind of information was it?',
    mend: 'Tick at least one kind of information',
    options: {
      contactDetails: { label: 'Contact details' },
      family: { label: 'Family and household' },
      health: { label: 'Health' },
      education: { label: 'School and learning' },
      concerns: { label: 'Worries about harm' },
      assessment: { label: 'An assessment' },
      planOrMinutes: { label: 'A plan or minutes' },
      offences: { label: 'Offences or police matters' },
      domesticAbuse: { label: 'Domestic abuse' },
      substanceUse: { label: 'Drugs or alcohol' },
      housingMoney: { label: 'Housing or money' },
      originBeliefs: { label: 'Ethnic origin or beliefs' },
      childsWords: { label: 'What the child said' },
      courtPapers: { label: 'Court papers' },
      aboutOthers: { label: 'About other people' },
      other: { label: 'Something else' },
    },
    source: 'RK §3.1, bullet 7',
  },
  informationShared: {
    kind: 'longText',
    rule: 'why',
    label: 'What was shared?',
    hint: 'Describe it; do not paste it. A few lines are enough.',
    mend: 'Describe what was shared',
    source: 'RK §3.1, bullet 7',
  },
} as const;

/** How it was shared. Source: RK §3.1, bullet 8. */
export const methodFields = {
  methods: {
    kind: 'choices',
    label: 'How was it shared?',
    mend: 'Tick at least one way in which it was shared',
    options: {
      secureEmail: { label: 'Secure email' },
      email: { label: 'Email' },
      phone: { label: 'Telephone' },
      videoCall: { label: 'Video call' },
      inPerson: { label: 'In person' },
      meeting: { label: 'At a meeting' },
      letter: { label: 'Letter' },
      securePortal: { label: 'Secure portal' },
      sharedSystem: { label: 'A system that both use' },
      textMessage: { label: 'Text message' },
      other: { label: 'Another way' },
    },
    source: 'RK §3.1, bullet 8',
  },
  methodOther: {
    kind: 'text',
    rule: 'name',
    label: 'Which other way?',
    beside: 'Only if you ticked “another way”.',
    mend: 'Say in which other way it was shared',
    source: 'RK §3.1, bullet 8',
  },
} as const;

export const methodAskWhen = { methodOther: { field: 'methods', has: 'other' } } as const;

/** From this length on, an answer looks pasted rather than described. Source: record-types, information block. */
const DESCRIBED_AT_MOST = 800;

export const informationChecks = [
  {
    on: 'informationTypes',
    source: 'Record types, information block',
    find: (answers) =>
      answers.informationTypes?.includes('courtPapers') === true
        ? {
            level: 'warning',
            field: 'informationTypes',
            text: 'Court papers were shared. Has legal advice been taken? A court may have to allow it first.',
          }
        : undefined,
  },
  {
    on: 'informationShared',
    source: 'Record types, information block',
    find: (answers) =>
      (answers.informationShared?.length ?? 0) > DESCRIBED_AT_MOST
        ? {
            level: 'warning',
            field: 'informationShared',
            text: 'What was shared is described at length. A short description is safer than a copy.',
          }
        : undefined,
  },
] as const satisfies readonly Check[];

export const informationInSummary = { shared: [['informationTypes']] } as const;
