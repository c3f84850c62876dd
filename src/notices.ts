import type { Draft, Frozen } from './drafts.ts';
import { codeOf } from './errors.ts';
import type { Instant, LocalDate } from './fields.ts';
import type { Person } from './people.ts';
import type { Keys } from './keyPorts.ts';
import type { Directory, DraftStore } from './ports.ts';
import type { Audience, Message, MessageKind, Notifier, NoticeStore, StoredNotice } from './noticePorts.ts';
import { messageToSigner } from './receipts.ts';

/** How often a message is tried before it is given up. */
const ATTEMPTS = 10;
const SENT_AT_ONCE = 50;

export interface NoticeDeps {
  readonly notices: NoticeStore;
  readonly directory: Directory;
  readonly notifier: Notifier;
  readonly drafts: Pick<DraftStore, 'read'>;
  readonly keys: Keys;
}

/** The messages that a signature calls for. The same for the same signature, however often it is rolled forward. */
export function noticesOf({ notices, header }: Frozen, number: string): readonly StoredNotice[] {
  const { recordId, version, savedAt } = header;
  return notices.map(({ what, audience, number: about = number }) =>
    noticeAbout({ recordId, version, what, about, queuedAt: savedAt }, audience),
  );
}

/** A message about one version of a record. The same for the same kind, version and audience, always. */
export function noticeAbout(
  of: Pick<StoredNotice, 'what' | 'about' | 'queuedAt'> & { readonly recordId: string; readonly version: number },
  audience: Audience,
): StoredNotice {
  const { recordId, version, what, about, queuedAt } = of;
  return {
    noticeId: noticeId([recordId, String(version), what], audience),
    what,
    about,
    audience,
    queuedAt,
    attempts: 0,
  };
}

/**
 * The receipt as a message, for whoever signed and was not shown it. The same for the same signature, always. To be queued
 * before the draft is closed: from then on nothing else leads to it.
 * Source: issue “Azure Cosmos DB”, 2.
 */
export function savedNotice({ draftId, personId }: Draft, { header }: Frozen): StoredNotice {
  const { recordId, version, savedAt } = header;
  const about = { recordId, version, what: 'saved', about: draftId, queuedAt: savedAt } as const;
  return noticeAbout(about, { kind: 'person', personId });
}

/** Says to whoever signed that it was not saved, as somebody else came first. To be queued before the draft is opened again. */
export function overtakenNotice({ draftId, personId, revision }: Draft, { header }: Frozen): StoredNotice {
  const about = { recordId: draftId, version: revision, what: 'overtaken', about: draftId } as const;
  return noticeAbout({ ...about, queuedAt: header.savedAt }, { kind: 'person', personId });
}

/** The welcome of somebody who has the app since this day. The same for the same person and day, always. */
export function welcomeNotice(personId: string, date: LocalDate, queuedAt: Instant): StoredNotice {
  const audience = { kind: 'person', personId } as const;
  const id = noticeId([personId, date, 'welcome'], audience);
  return { noticeId: id, what: 'welcome', about: personId, audience, queuedAt, attempts: 0 };
}

/** Messages about urgent access, one to each of these people. The same for the same access, however often it is asked for. */
export function urgentNotices(
  what: 'urgentAccess' | 'restrictedAsked',
  grantId: string,
  audiences: readonly Audience[],
  queuedAt: Instant,
): readonly StoredNotice[] {
  return audiences.map((audience) => ({
    noticeId: noticeId([grantId, what], audience),
    what,
    about: grantId,
    audience,
    queuedAt,
    attempts: 0,
  }));
}

/** Whether a message about this was addressed to somebody, also one that went on to them because another was out of reach. */
export async function wasTold(
  { notices, directory }: Pick<NoticeDeps, 'notices' | 'directory'>,
  personId: string,
  about: string,
): Promise<boolean> {
  for (const { audience } of await notices.about(about)) {
    if (audience.kind === 'recordsOfficers' || audience.kind === 'managersOf') {
      if ((await groupOf(directory, audience)).some(({ id }) => id === personId)) return true;
    } else if ((await addressee(directory, audience))?.id === personId) return true;
  }
  return false;
}

/**
 * Sends what is still to be sent. Runs when one was queued, at start and every minute; at most one run at a time in a
 * process. Of several processes that send at the same moment one sends a message.
 * A message that may not have arrived is tried again: better told twice than not at all. Somebody who cannot be reached, or
 * to whom it was not delivered ten times, gives way to their manager, but where only they may know. `failed` hears a code for
 * each message that was not sent.
 */
export async function sendNotices(deps: NoticeDeps, failed: (code: string) => void): Promise<void> {
  for (const notice of await deps.notices.pending(SENT_AT_ONCE)) {
    try {
      await sendOne(deps, notice, failed);
    } catch (error) {
      failed(codeOf(error));
    }
  }
}

/** How many managers up a message goes; more are a loop in the directory. */
const UP_AT_MOST = 5;

async function sendOne(deps: NoticeDeps, notice: StoredNotice, failed: (code: string) => void, up = 0): Promise<void> {
  const { audience } = notice;
  if (audience.kind === 'recordsOfficers' || audience.kind === 'managersOf') {
    const group = await groupOf(deps.directory, audience);
    await deps.notices.queue(group.map(({ id }) => addressed(notice, { kind: 'person', personId: id })));
    await deps.notices.settle(notice.noticeId, group.length === 0 ? 'givenUp' : 'sent');
    if (group.length === 0) failed('notice.nobody');
    for (const { id } of group) await sendOne(deps, addressed(notice, { kind: 'person', personId: id }), failed);
    return;
  }
  const person = await addressee(deps.directory, audience);
  if (person === undefined) return giveUp(deps, notice, failed, 'notice.nobody');
  const message = await messageOf(deps, notice);
  if (message === 'wait') return;
  if (message === 'never') return deps.notices.settle(notice.noticeId, 'givenUp');
  if (deps.notifier.isHeldUp?.(person) === true) return failed('notice.heldUp');
  if (!(await deps.notices.claim(notice))) return;
  const told = await deps.notifier.tell(person, message);
  if (told === 'sent') return deps.notices.settle(notice.noticeId, 'sent');
  if (told === 'failed' && notice.attempts + 1 < ATTEMPTS) return failed('notice.again');
  const code = told === 'unreachable' ? 'notice.unreachable' : 'notice.failed';
  if (THEIRS_ONLY.has(notice.what)) return giveUp(deps, notice, failed, code);
  // Their own manager hears of it instead; queued first, so that it is not lost in between.
  const instead = addressed(notice, { kind: 'managerOf', personId: person.id });
  await deps.notices.queue([instead]);
  await giveUp(deps, notice, failed, code);
  return up < UP_AT_MOST ? sendOne(deps, instead, failed, up + 1) : undefined;
}

/**
 * Messages that go on to nobody else: what is only for people who are named, as each of them has it anyway, what became of
 * somebody's own signature, and a welcome.
 */
const THEIRS_ONLY: ReadonlySet<MessageKind> = new Set(['restrictedAsked', 'saved', 'overtaken', 'welcome']);

async function messageOf(deps: NoticeDeps, notice: StoredNotice): Promise<Message | 'wait' | 'never'> {
  const { what, about } = notice;
  return what === 'saved' || what === 'overtaken' ? messageToSigner(deps, { ...notice, what }) : { what, about };
}

async function giveUp(
  deps: NoticeDeps,
  notice: StoredNotice,
  failed: (code: string) => void,
  code: string,
): Promise<void> {
  await deps.notices.settle(notice.noticeId, 'givenUp');
  failed(code);
}

type ToMany = Extract<Audience, { kind: 'recordsOfficers' | 'managersOf' }>;

/** Each of those who are told together, once. */
async function groupOf(directory: Directory, audience: ToMany): Promise<readonly Person[]> {
  if (audience.kind === 'recordsOfficers') return directory.recordsOfficers();
  const managers = await Promise.all(audience.teamIds.map((teamId) => directory.managersOf(teamId)));
  const others = managers.flat().filter(({ id }) => id !== audience.personId);
  if (others.length === 0) return directory.recordsOfficers();
  return [...new Map(others.map((manager) => [manager.id, manager])).values()];
}

async function addressee(directory: Directory, audience: Exclude<Audience, ToMany>): Promise<Person | undefined> {
  const person = await directory.person(audience.personId);
  if (audience.kind === 'person') return person;
  return person?.managerId === undefined ? undefined : directory.person(person.managerId);
}

/** The same message to one person, or to somebody's manager. */
function addressed(notice: StoredNotice, audience: Audience): StoredNotice {
  const of = notice.noticeId.slice(0, -noticeId([''], notice.audience).length);
  return { ...notice, noticeId: noticeId([of], audience), audience, attempts: 0 };
}

function noticeId(of: readonly string[], audience: Audience): string {
  return [...of, audience.kind, ...('personId' in audience ? [audience.personId] : [])].join(':');
}
