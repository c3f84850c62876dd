import { z } from 'zod';
import { CodedError } from './errors.ts';
import type { Answers, Instant } from './fields.ts';
import type { DraftStatus, OpenItem, StoredDraft, VersionHeader } from './ports.ts';
import type { Role } from './people.ts';

const answers = z.record(z.string(), z.union([z.string(), z.array(z.string())]));

const entry = z.object({
  /** The name typed as a signature. */
  signature: z.string(),
  personId: z.string(),
  tenantId: z.string(),
  name: z.string(),
  jobTitle: z.string(),
  organisation: z.string(),
  roles: z.array(z.enum(['practitioner', 'manager', 'recordsOfficer'])),
  teamId: z.string(),
  signedAt: z.string(),
});

const frozen = z.object({
  caseKey: z.string(),
  answers,
  entry,
  /** 32 random bytes in hex: keeps a commitment from being guessed from likely answers. */
  salt: z.string(),
  header: z.custom<Omit<VersionHeader, 'number'>>((value) => typeof value === 'object' && value !== null),
});

const committed = z.object({
  caseKey: z.string(),
  number: z.string(),
  seq: z.number(),
  hash: z.string(),
  savedAt: z.string(),
  openItems: z.custom<readonly OpenItem[]>(Array.isArray),
});

const body = z.object({
  purpose: z.literal('record'),
  type: z.string(),
  section: z.string(),
  /** The section that is being changed from the check card, to which it then returns. */
  changing: z.string().optional(),
  answers,
  unfinished: z.record(z.string(), z.string()),
  signature: z.string().optional(),
  teamId: z.string().optional(),
  startedAt: z.string(),
  committing: frozen.optional(),
  committed: committed.optional(),
});

/** Who signed what they signed as, and when: taken from the directory and the server's clock, never from a card. */
export type Entry = Readonly<z.infer<typeof entry>> & { readonly roles: readonly Role[] };

/** What a signature fixed: nothing in it is computed again on the way into the record. */
export type Frozen = Readonly<z.infer<typeof frozen>>;

export type Committed = Readonly<z.infer<typeof committed>>;

/**
 * A person's unfinished record. Saved on every press; `revision` rises by one each time, and a press that names an older
 * one changes nothing.
 * Source: architecture, "Data", draft.
 */
export interface Draft {
  readonly draftId: string;
  readonly personId: string;
  readonly purpose: 'record';
  readonly type: string;
  readonly status: DraftStatus;
  readonly revision: number;
  readonly section: string;
  readonly changing?: string | undefined;
  readonly answers: Answers;
  readonly unfinished: Readonly<Record<string, string>>;
  readonly signature?: string | undefined;
  /** The team that the record will belong to, once it is known. */
  readonly teamId?: string | undefined;
  readonly startedAt: Instant;
  readonly touchedAt: Instant;
  readonly committing?: Frozen | undefined;
  readonly committed?: Committed | undefined;
}

/** The section at which all questions have been gone through. */
export const CHECK = 'check';

/** A draft as it goes to the store. */
export function packDraft(draft: Draft): StoredDraft {
  const { draftId, personId, status, revision, touchedAt, ...rest } = draft;
  return { draftId, personId, status, revision, touchedAt, body: Buffer.from(JSON.stringify(rest)) };
}

/** A draft as it comes from the store. Throws `CodedError('store.broken')` when its body cannot be read. */
export function unpackDraft(stored: StoredDraft): Draft {
  const { draftId, personId, status, revision, touchedAt } = stored;
  try {
    const parsed = body.parse(JSON.parse(Buffer.from(stored.body).toString('utf8')));
    return { draftId, personId, status, revision, touchedAt, ...parsed };
  } catch (cause) {
    throw new CodedError('store.broken', 'A stored draft cannot be read.', { cause });
  }
}
