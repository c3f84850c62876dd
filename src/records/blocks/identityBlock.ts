/** More about how somebody was known to be who they said; asked beside the question. Source: RK §3.2, §3.3. */
export function identityDetail(hint: string, source: string) {
  return {
    kind: 'text',
    rule: 'name',
    label: 'More about that check',
    hint,
    mend: 'Say more about how this was checked',
    optional: true,
    source,
  } as const;
}
