import type { Commit, CommitResult, RecordStore } from '../../ports.ts';
import {
  asHead,
  chainedOf,
  HEAD_ID,
  headDoc,
  keyDoc,
  recordDoc,
  restingOn,
  versionDoc,
  versionId,
  type HeadDoc,
  type VersionDoc,
} from './caseDocs.ts';
import { aliasSteps } from './caseAliases.ts';
import { CASE_ID, caseDoc } from './caseStore.ts';
import { saveTeams } from './caseTeams.ts';
import type { Connection, On } from './connection.ts';
import type { Step } from './documents.ts';
import type { Revisions } from './revisions.ts';
import { settled } from './settled.ts';
import type { Wordings } from './wordings.ts';

/** The version comes first, so that a version which is there already is told from a head that has moved. */
const VERSION_STEP = 0;

/**
 * Commits in one batch: the version with its chain entry, its key, what its record is found by, and the head, if it is
 * still the one that the entry follows; with the first commit of a case file, who may see the case. New words are kept before
 * it, because they stand in another partition: words without a record do no harm, a record without its words could not be
 * read.
 * Source: project decision 0016.
 */
export function committing({ call }: Connection, words: Wordings, revisions: Revisions): RecordStore['commit'] {
  return (commit) =>
    call(async (on) => {
      const missing = await words.missing(on, commit.wordings);
      if (missing.length > 0) {
        const refused = await refusal(on, commit);
        if (refused !== undefined) return refused;
        await Promise.all(missing.map((wording) => words.keep(on, wording)));
      }
      const { caseKey } = commit.entry;
      if (await openedBefore(on, revisions, commit)) return 'moved';
      const steps = stepsOf(commit);
      let isUnanswered = true;
      return settled<CommitResult>(on.deadline, {
        async attempt() {
          const isFirst = isUnanswered;
          isUnanswered = false;
          const result = await on.cases.batch(caseKey, steps);
          if ('etags' in result) return 'committed';
          if (!isFirst) return undefined;
          return result.refusedAt === VERSION_STEP ? 'exists' : 'moved';
        },
        lookBack: () => lookBack(on, commit),
      });
    });
}

/**
 * Opens a case file that has links and is nobody's yet: what is found under its teams changes with it, and the head, so that
 * the commit has to look again. That is rare: nobody's case files have no head.
 */
async function openedBefore(on: On, revisions: Revisions, { opens, head }: Commit): Promise<boolean> {
  if (opens === undefined || restingOn(head)?.teamIds.length !== 0) return false;
  if ((await on.cases.read(opens.caseKey, CASE_ID)) !== undefined) return false;
  await saveTeams(on, revisions, caseDoc(opens), undefined);
  return true;
}

/** A case file without a head is nobody's; whoever opens it makes the head, so that of two only one is first. */
function stepsOf({ version, entry, hash, head, opens }: Commit): readonly Step[] {
  const { caseKey, seq } = entry;
  const rests = restingOn(head);
  const opened = rests === undefined && opens !== undefined ? [caseDoc(opens)] : [];
  const teamIds = rests?.teamIds ?? opened[0]?.teamIds ?? [];
  const next = headDoc(caseKey, seq, hash, teamIds);
  return [
    { create: versionDoc(version, chainedOf(entry, hash)) },
    ...(rests === undefined ? [{ create: next }, ...aliasSteps(caseKey)] : [{ replace: next, etag: rests.etag }]),
    { create: keyDoc(version) },
    { upsert: recordDoc(caseKey, version.header, teamIds) },
    ...opened.map((create) => ({ create })),
  ];
}

/** Why a commit cannot be made as things are now, if so. */
async function refusal({ cases }: On, { version, entry, head }: Commit): Promise<CommitResult | undefined> {
  const { recordId, version: nth } = version.header;
  const [there, now] = await Promise.all([
    cases.read(entry.caseKey, versionId(recordId, nth)),
    cases.read<HeadDoc>(entry.caseKey, HEAD_ID),
  ]);
  if (there !== undefined) return 'exists';
  return asHead(entry.caseKey, now).etag === head.etag ? undefined : 'moved';
}

/** What became of a batch that was not answered: its version is there, with its chain entry, or what keeps it from being there. */
async function lookBack(on: On, commit: Commit): Promise<CommitResult | undefined> {
  const { recordId, version } = commit.version.header;
  const there = await on.cases.read<VersionDoc>(commit.entry.caseKey, versionId(recordId, version));
  if (there?.chained?.hash === commit.hash) return 'committed';
  return refusal(on, commit);
}
