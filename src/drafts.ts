import { z } from 'zod';
import { CodedError } from './errors.ts';
import type { Answers, Instant } from './fields.ts';
import type { Keys } from './keyPorts.ts';
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
  /** Role and team are older than what rights are worked out from: as they were last known at this instant. */
  asKnownAt: z.string().optional(),
});

/** `record` makes a new one; anything else is the kind of the further version that a draft makes. */
const PURPOSES = [
  'record',
  'completed',
  'outcome',
  'amended',
  'endorsed',
  'commented',
  'linked',
  'withdrawn',
  'disputed',
] as const;
export type Purpose = (typeof PURPOSES)[number];

const base = z.object({
  caseKey: z.string(),
  recordId: z.string(),
  number: z.string(),
  /** The version that the draft was begun on. */
  version: z.number(),
  authorId: z.string(),
  teamId: z.string(),
  /** What stood in that version. */
  answers,
  openItems: z.custom<readonly OpenItem[]>(Array.isArray),
  consentLimited: z.boolean(),
  isUnlinked: z.boolean(),
  linkedTo: z.string().optional(),
  contactAt: z.string(),
  /** Set when somebody else's version came first, while this draft was written on an earlier one. */
  overtakes: z.number().optional(),
});

const notice = z.object({
  what: z.enum(['ownRecords', 'identityNotConfirmed', 'urgent', 'earlierLimits']),
  /** The record that it is about, when that is not the one being signed. */
  number: z.string().optional(),
  audience: z.union([
    z.object({ kind: z.literal('recordsOfficers') }),
    z.object({ kind: z.enum(['managerOf', 'person']), personId: z.string() }),
  ]),
});

const frozen = z.object({
  caseKey: z.string(),
  /** What was said beside the answers: why it was changed, who took consent back. */
  said: z.object({ wordingHash: z.string(), answers }).optional(),
  /** The number, where the record has one already. */
  number: z.string().optional(),
  /** Who is to be told once it is saved. */
  notices: z.array(notice),
  answers,
  entry,
  /** 32 random bytes in hex: keeps a commitment from being guessed from likely answers. */
  salt: z.string(),
  /** Only named people are to see its case, from before it is saved. */
  restrict: z.literal(true).optional(),
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
  purpose: z.enum(PURPOSES),
  type: z.string(),
  isUrgent: z.boolean().optional(),
  base: base.optional(),
  copiedFrom: z.string().optional(),
  section: z.string(),
  /** The section that is being changed from the check card, to which it then returns. */
  changing: z.string().optional(),
  answers,
  unfinished: z.record(z.string(), z.string()),
  signature: z.string().optional(),
  teamId: z.string().optional(),
  restrict: z.boolean().optional(),
  startedAt: z.string(),
  committing: frozen.optional(),
  committed: committed.optional(),
});

/** Who signed what they signed as, and when: taken from the directory and the server's clock, never from a card. */
export type Entry = Readonly<z.infer<typeof entry>> & { readonly roles: readonly Role[] };

/** The version of a record that a draft builds on. */
export type Base = Readonly<z.infer<typeof base>>;

/** Somebody who is to be told of a record, as fixed by the signature. */
export type FrozenNotice = Readonly<z.infer<typeof notice>>;

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
  /** `record` makes a new one; anything else is a further version of the record in `base`. */
  readonly purpose: Purpose;
  readonly type: string;
  /** Only the few questions of the urgent form are asked; the rest is not known yet. */
  readonly isUrgent?: boolean | undefined;
  readonly base?: Base | undefined;
  /** The record that this one was copied from with "Same again". */
  readonly copiedFrom?: string | undefined;
  readonly status: DraftStatus;
  readonly revision: number;
  readonly section: string;
  readonly changing?: string | undefined;
  readonly answers: Answers;
  readonly unfinished: Readonly<Record<string, string>>;
  readonly signature?: string | undefined;
  /** The team that the record will belong to, once it is known. */
  readonly teamId?: string | undefined;
  /** Its author asks that only named people see its case. */
  readonly restrict?: boolean | undefined;
  readonly startedAt: Instant;
  readonly touchedAt: Instant;
  readonly committing?: Frozen | undefined;
  readonly committed?: Committed | undefined;
}

/** The section at which all questions have been gone through. */
export const CHECK = 'check';

/** A draft as it goes to the store: sealed. */
export function packDraft(keys: Keys, draft: Draft): StoredDraft {
  const { draftId, personId, status, revision, touchedAt, ...rest } = draft;
  const body = keys.seal({ kind: 'draft', personId, draftId }, Buffer.from(JSON.stringify(rest)));
  return { draftId, personId, status, revision, touchedAt, body };
}

/** A draft as it comes from the store. Throws `CodedError('store.broken')` when its body cannot be read. */
export function unpackDraft(keys: Keys, stored: StoredDraft): Draft {
  const { draftId, personId, status, revision, touchedAt } = stored;
  const plain = keys.open({ kind: 'draft', personId, draftId }, stored.body);
  try {
    const parsed = body.parse(JSON.parse(Buffer.from(plain).toString('utf8')));
    return { draftId, personId, status, revision, touchedAt, ...parsed };
  } catch (cause) {
    throw new CodedError('store.broken', 'A stored draft cannot be read.', { cause });
  }
}
