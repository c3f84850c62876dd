import { subtle, type Element } from './elements.ts';

/** How wide the longest bar is, in parts of the row. */
const BAR_PARTS = 20;

/** How many of each: a bar, with its number in words above it. What there is none of has no bar. */
export function bars(counts: readonly { readonly label: string; readonly count: number }[]): readonly Element[] {
  const most = Math.max(1, ...counts.map(({ count }) => count));
  return counts
    .filter(({ count }) => count > 0)
    .flatMap(({ label, count }): readonly Element[] => {
      const width = Math.max(1, Math.round((count / most) * BAR_PARTS));
      return [
        subtle(`${label}: ${count}`, 'Small'),
        {
          type: 'ColumnSet',
          spacing: 'None',
          columns: [
            { type: 'Column', width, style: 'accent', minHeight: '10px', items: [] },
            ...(width < BAR_PARTS ? [{ type: 'Column' as const, width: BAR_PARTS - width, items: [] }] : []),
          ],
        },
      ];
    });
}
