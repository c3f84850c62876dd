/** Which child, family or case. Source: RK §3.2, §3.3 ("if available"); §1 (retrieval). */
export const caseBlock = {
  fields: {
    caseReference: {
      kind: 'text',
      rule: 'reference',
      label: 'Case reference',
      hint: 'Leave blank if there is none yet; do not make one up.',
      mend: 'Give the case reference, or leave it blank',
      optional: true,
      source: 'RK §3.2, §3.3; §1',
    },
    concerning: {
      kind: 'text',
      label: 'Who is this about?',
      hint: 'Initials and relationship are enough: “J.B., aged 4, and his mother”. Needed when there is no case reference.',
      mend: 'Say who this is about, or give a case reference',
      source: 'RK §1; project decision 0003',
    },
  },
  requiredWhen: { concerning: { field: 'caseReference', blank: true } },
} as const;
