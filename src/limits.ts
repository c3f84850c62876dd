import { knownType } from './forms.ts';
import type { Answers } from './fields.ts';
import type { StoredVersion } from './ports.ts';
import type { ReadingDeps } from './readRecord.ts';
import { saidIn } from './said.ts';

/** What a record tells of limits to consent: how it was taken back since, then its own limits. Empty when it tells of none. */
export async function limitTexts(
  deps: ReadingDeps,
  stored: StoredVersion,
  answers: Answers,
): Promise<readonly string[]> {
  if (!stored.header.consentLimited) return [];
  const told = [await takenBack(deps, stored), knownType(stored.header.type).says.limits?.(answers)];
  return told.filter((text) => text !== undefined);
}

/** How consent was taken back since a record was made, as it was recorded; `undefined` when it was not. */
export async function takenBack(
  deps: ReadingDeps,
  { caseKey, header }: Pick<StoredVersion, 'caseKey' | 'header'>,
): Promise<string | undefined> {
  if (header.version === 1 || !header.consentLimited) return undefined;
  const all = await deps.records.versions(caseKey, header.recordId);
  const last = all.findLast((stored) => stored.header.kind === 'withdrawn');
  if (last === undefined) return undefined;
  const said = await saidIn(deps, last);
  return [said?.title ?? '', ...(said?.lines.map(({ text }) => text) ?? [])].join('\n');
}
