import type { Answers } from '../../fields.ts';
import type { Check, Situation } from '../../recordType.ts';

const REASONS = 'RK §3.2, bullet 7; §2';

/** Why something was, or was not, shared. Source: RK §2, §3.2. */
export const decisionReasonsField = {
  kind: 'longText',
  rule: 'why',
  label: 'Why did you decide so?',
  hint: 'What you weighed up, and what decided it.',
  mend: 'Say why you decided so',
  source: REASONS,
} as const;

/** What stood against sharing; optional beside the reasons in words. */
export const refusalGroundsField = {
  kind: 'choices',
  label: 'What stood against sharing?',
  mend: 'Tick what stood against sharing, or leave it blank',
  optional: true,
  options: {
    moreHarm: { label: 'It would do more harm than good' },
    notRelevant: { label: 'It is not needed for their purpose' },
    identityNotConfirmed: { label: 'Not sure who is asking' },
    courtRestriction: { label: 'A court has limited it' },
    consentRefused: { label: 'Consent was refused' },
    other: { label: 'Another reason' },
  },
  source: REASONS,
} as const;

/** What there was to say about consent when nothing was shared. Source: RK §3.2, bullet 4. */
export const consentIssuesField = {
  kind: 'longText',
  rule: 'name',
  noneAllowed: true,
  label: 'Was there anything about consent?',
  hint: 'Who agreed, refused or was not asked. Write “none” if there was nothing.',
  mend: 'Say what there was about consent, or write “none”',
  source: 'RK §3.2, bullet 4',
} as const;

/**
 * A hint for decisions to hold something back, once a statutory duty to share is in force.
 * Source: record-types, rule 7.
 */
export function dutyToShare<const K extends string>(
  on: K,
  isHeldBack: (answers: Answers) => boolean,
): Check & { readonly on: K } {
  return {
    on,
    source: 'Record types, rule 7',
    find: (answers, situation: Situation) => {
      const from = situation.settings.dutyToShareFrom;
      if (from === undefined || situation.today < from || !isHeldBack(answers)) return undefined;
      return {
        level: 'note',
        field: on,
        text: 'There is now a duty in law to share what helps to keep a child safe, unless sharing would do more harm. Check that your reasons say why it does not apply here.',
      };
    },
  };
}
