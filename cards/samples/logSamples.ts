import type { LogLine, LogPage } from '../../src/readingAccess.ts';
import { logCard, logStub } from '../logCards.ts';
import { toldCard } from '../noticeCards.ts';
import type { SampleCard } from './sample.ts';

const GROUP = 'Access log';
const PRIYA = '7d1f2c40-0000-4000-8000-9e0000000001';
const ASKED = { asked: 'AbCdEf_0123-sealed' };

const WHO = ['Priya Shah', 'Rowan Ledger', '7d1f2c40-0000-4000-8000-9e0000000099'] as const;
const WHAT = [
  ['Opened the summary of a case', 8],
  ['Opened a record', 1],
  ['Asked for the summary of a case, and was shown nothing', 0],
  ['Read the access log', 0],
] as const;

/** The access log, as records officers see it. */
export function logSamples(): readonly SampleCard[] {
  const sample = (
    id: string,
    title: string,
    page: Omit<LogPage, 'isCutShort'>,
    isFirst = true,
    isCutShort = false,
  ): SampleCard => ({
    ...{ id, title, group: GROUP },
    card: logCard({ ...page, isCutShort }, page.of === 'person' ? { person: PRIYA } : ASKED, isFirst),
  });
  const before = { at: '2026-11-23T13:58:00.000Z', chainKey: '2026-11-23:0123456789abcdef', seq: 12 };
  const aCase = { kind: 'log', of: 'case', about: 'RFS-10422' } as const;
  return [
    { id: 'stored-log', title: 'Access log, as it is kept', group: GROUP, card: logStub(ASKED, PRIYA) },
    { id: 'stored-told-muchLookedUp', title: 'Told: much looked up', group: GROUP, card: toldCard('muchLookedUp', PRIYA) }, // prettier-ignore
    sample('log-case', 'On a case', { ...aCase, lines: lines(8), before }),
    sample('log-case-last', 'On a case, the last page', { ...aCase, lines: lines(2) }, false),
    sample('log-case-cut', 'On a case, the first', { ...aCase, lines: lines(5), before }, true, true),
    sample('log-case-full', 'On a case, many records at a time', { ...aCase, lines: lines(8, 400), before }, false),
    sample('log-record', 'With a record', { kind: 'log', of: 'record', about: 'SL-7QK2M9XV', lines: lines(3) }),
    sample('log-person', 'By a person', { kind: 'log', of: 'person', about: 'Priya Shah', lines: lines(4) }),
    sample('log-none', 'Nothing in the log', { ...aCase, lines: [] }),
    sample('log-past-the-end', 'Nothing older', { ...aCase, lines: [] }, false),
  ];
}

function lines(count: number, numbers?: number): readonly LogLine[] {
  return Array.from({ length: count }, (_, nth): LogLine => {
    const [what, shown] = WHAT[nth % WHAT.length] ?? WHAT[0];
    return {
      who: WHO[nth % WHO.length] ?? WHO[0],
      at: `2026-11-23T14:${String(40 - nth).padStart(2, '0')}:00.000Z`,
      what,
      numbers: Array.from({ length: numbers ?? shown }, (_each, at) => `SL-7QK2${String(1000 + at)}`),
      isUrgent: nth === 1,
    };
  });
}
