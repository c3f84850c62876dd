import { accessOf, markedUntil, underGrant, type Access, type Footing } from './access.ts';
import { owned } from './caseFacts.ts';
import { textIn, type Answers, type Instant } from './fields.ts';
import { findCase, type CaseAsked, type FoundCase } from './findingCase.ts';
import { limitTexts } from './limits.ts';
import { dateOf } from './londonTime.ts';
import type { OpeningDeps } from './opening.ts';
import { slowed } from './pacing.ts';
import { unpackPayload } from './payloads.ts';
import type { Person } from './people.ts';
import type { OpenItem, StoredVersion, VersionHeader } from './ports.ts';
import { readRecord } from './readRecord.ts';
import { keptFrom } from './reading.ts';
import { summaryLine, type SummaryLine } from './summaryLine.ts';

/** The story of a case, as far as one person may see it. */
export interface CaseSummary {
  readonly kind: 'summary';
  readonly caseKey: string;
  /** As the latest record that gives it has it; `undefined` for a record without a case. */
  readonly reference: string | undefined;
  readonly records: number;
  readonly firstContact: Instant;
  readonly lastContact: Instant;
  readonly open: readonly (OpenItem & { readonly number: string })[];
  /** Limits to consent that are in force, those of the latest contact first. */
  readonly limits: readonly { readonly number: string; readonly text: string }[];
  /** Everybody who must not learn of something on this case, each once. */
  readonly keepFrom: readonly string[];
  /** How many contacts there were in which month, `YYYY-MM`, the first month first, months without any among them. */
  readonly months: readonly { readonly month: string; readonly contacts: number }[];
  /** The records of this page, the latest contact first. */
  readonly lines: readonly SummaryLine[];
  /** The place of the page's first line among all, from 1. */
  readonly from: number;
  /** Given when there are more: the record after which the next page begins. */
  readonly before?: string;
  /** When the urgent access ends by which alone they see it. */
  readonly urgentUntil?: Instant;
}

/** Absent and forbidden are one answer. Source: architecture, "Who may do what". */
export type Summarised = CaseSummary | { readonly kind: 'nothing' };

/** Source: architecture, "Card budgets". */
export const LINES_A_PAGE = 8;

/**
 * Tells the story of a case to somebody who may see it, or one page of it: what comes after the record `before`. Records
 * that they may not see are not counted, drafts are no part of it. What is shown, and what is refused, is noted in the
 * access log before anything is shown.
 * Source: issue "Case summary", 1; RK §1 (retrieval).
 */
export async function summarise(
  deps: OpeningDeps,
  person: Person,
  asked: CaseAsked,
  before?: string,
): Promise<Summarised> {
  const access = accessOf(deps, person);
  const found = await caseAsked(deps, access, person, asked);
  const seen = found.caseKey === undefined ? [] : await seenOf(deps, access, found.caseKey);
  const [first] = seen;
  if (found.caseKey === undefined || first === undefined) {
    await noteSummary(deps, person, 'case.refused', found.subject);
    return { kind: 'nothing' };
  }
  const told = seen.map(({ stored }) => ({ stored, answers: unpackPayload(deps.keys, stored).answers }));
  const page = pageAfter(told, before);
  const limits = await limitsOf(deps, told);
  const numbers = new Set([...page.shown.map(({ stored }) => stored.header), ...limits].map(({ number }) => number));
  // One record that is seen under a grant alone makes it a view under the grant.
  const { footing } = seen.find((each) => each.footing.kind === 'urgent') ?? first;
  await noteSummary(deps, person, 'case.open', [found.caseKey, ...numbers].join(' '), footing);
  const contacts = told.map(({ stored }) => stored.header.contactAt);
  return {
    kind: 'summary',
    caseKey: found.caseKey,
    reference: told.map(({ answers }) => textIn(answers.caseReference)).find((text) => text !== undefined),
    records: told.length,
    firstContact: contacts.at(-1) ?? '',
    lastContact: contacts[0] ?? '',
    open: openOf(told.map(({ stored }) => stored.header)),
    limits,
    keepFrom: [...new Set(told.map(({ answers }) => keptFrom(answers)).filter((text) => text !== undefined))],
    months: monthsOf(contacts),
    lines: await Promise.all(page.shown.map(async ({ stored }) => summaryLine(await readRecord(deps, stored)))),
    from: page.from,
    ...(page.before === undefined ? {} : { before: page.before }),
    ...markedUntil(footing),
  };
}

/** The case that is asked for; by a record of it only for somebody who may see that record. */
async function caseAsked(deps: OpeningDeps, access: Access, person: Person, asked: CaseAsked): Promise<FoundCase> {
  const found = await findCase(deps, person, asked);
  const { record } = found;
  if (record === undefined) return found;
  const isSeen = (await access.footing('record.open', owned(record))) !== undefined;
  return isSeen ? found : { ...found, caseKey: undefined };
}

interface Seen {
  readonly stored: StoredVersion;
  readonly footing: Footing;
}

/** The records of a case that this person may see, the latest contact first. */
async function seenOf(deps: OpeningDeps, access: Access, caseKey: string): Promise<readonly Seen[]> {
  const all = await deps.records.caseFile(caseKey);
  const footings = await Promise.all(all.map((stored) => access.footing('record.open', owned(stored))));
  return all
    .flatMap((stored, at): readonly Seen[] => {
      const footing = footings[at];
      return footing === undefined ? [] : [{ stored, footing }];
    })
    .sort((a, b) => compare(keyOf(b.stored.header), keyOf(a.stored.header)));
}

function keyOf({ contactAt, recordId }: VersionHeader): string {
  return `${contactAt} ${recordId}`;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

interface Told {
  readonly stored: StoredVersion;
  readonly answers: Answers;
}

/** A page by key; what is asked for after the last record is an empty page, after one that is not there the first. */
function pageAfter(told: readonly Told[], before: string | undefined) {
  const start = before === undefined ? 0 : told.findIndex(({ stored }) => stored.header.recordId === before) + 1;
  const shown = told.slice(start, start + LINES_A_PAGE);
  const last = shown.at(-1)?.stored.header.recordId;
  return { shown, from: start + 1, before: start + LINES_A_PAGE < told.length ? last : undefined };
}

async function limitsOf(deps: OpeningDeps, told: readonly Told[]): Promise<CaseSummary['limits']> {
  const limited = told.filter(({ stored }) => stored.header.consentLimited);
  const texts = await Promise.all(limited.map(({ stored, answers }) => limitTexts(deps, stored, answers)));
  return limited.flatMap(({ stored }, at) => {
    const text = (texts[at] ?? []).join('\n');
    return text === '' ? [] : [{ number: stored.header.number, text }];
  });
}

function openOf(headers: readonly VersionHeader[]): CaseSummary['open'] {
  const open = headers.flatMap(({ openItems, number }) => openItems.map((item) => ({ ...item, number })));
  return open.sort((a, b) => compare(a.due, b.due));
}

function monthsOf(contacts: readonly Instant[]): CaseSummary['months'] {
  const counts = new Map<string, number>();
  for (const contactAt of contacts) {
    const month = dateOf(contactAt).slice(0, 'YYYY-MM'.length);
    counts.set(month, (counts.get(month) ?? 0) + 1);
  }
  const known = [...counts.keys()].sort();
  const months = [];
  for (let month = known[0]; month !== undefined && month <= (known.at(-1) ?? ''); month = monthAfter(month)) {
    months.push({ month, contacts: counts.get(month) ?? 0 });
  }
  return months;
}

function monthAfter(month: string): string {
  const [year = 0, nth = 0] = month.split('-').map(Number);
  return nth === 12 ? `${year + 1}-01` : `${year}-${String(nth + 1).padStart(2, '0')}`;
}

/** Notes what is about to be answered, and holds the answer back where a great many were asked for. */
async function noteSummary(
  deps: OpeningDeps,
  person: Person,
  action: 'case.open' | 'case.refused',
  subject: string,
  footing?: Footing,
): Promise<void> {
  await deps.access.append({ at: deps.clock.now(), personId: person.id, action, subject, ...underGrant(footing) });
  await slowed(deps, person);
}
