import { accessOf, may, mayRecord, VERSION_RIGHTS } from '../access.ts';
import { owned } from '../caseFacts.ts';
import { CHECK, packDraft, unpackDraft, type Draft } from '../drafts.ts';
import { CodedError, codeOf } from '../errors.ts';
import type { Instant } from '../fields.ts';
import { newUlid } from '../ids.ts';
import { journeyCards } from '../journey.ts';
import { whole } from '../listed.ts';
import { signingAs, type Person, type Team } from '../people.ts';
import type { StoredVersion } from '../ports.ts';
import type { RecordType } from '../recordType.ts';
import { formOf } from '../forms.ts';
import { asksForSomebody, recentPeople } from '../recents.ts';
import { situationOf, type Loaded, type RecordingDeps } from './deps.ts';
import { situationFor } from './looking.ts';
import { checkView, currentCard, isIn, questionsView, withSigningDefaults, type Pressed } from './show.ts';
import { settle } from './settling.ts';
import type { DraftLine, QuestionsView, RecordingView } from './views.ts';

/** How many drafts a list shows at once. Source: architecture, "Card budgets". */
const LINES_A_PAGE = 8;

/** Said when a press comes from a card that is no longer the current one. */
const MOVED_ON = 'This has moved on since that card was drawn. This is where it stands now; nothing was done twice.';

/** How a record is started: for a channel's team, and with the few questions of an urgent one only. */
export interface Starting {
  readonly teamId?: string | undefined;
  readonly isUrgent?: boolean;
  /** When the contact was, if that is known. */
  readonly contactAt?: Instant | undefined;
}

/** Starts a record. Resolves when the draft is durable. */
export async function startDraft(
  deps: RecordingDeps,
  person: Person,
  type: RecordType,
  starting: Starting = {},
): Promise<RecordingView> {
  if (!mayRecord(person)) return { kind: 'mayNotRecord' };
  return createDraft(deps, person, newDraft(deps, person, type, starting));
}

/** A draft with nothing in it yet, at its first card. */
export function newDraft(
  deps: Pick<RecordingDeps, 'clock' | 'random'>,
  person: Person,
  type: RecordType,
  { teamId, isUrgent, contactAt }: Starting = {},
): Draft {
  const now = deps.clock.now();
  const { teamIds } = signingAs(person);
  const form = formOf({ type: type.id, isUrgent, purpose: 'record' });
  return {
    draftId: newUlid(deps.clock, deps.random),
    personId: person.id,
    purpose: 'record',
    type: type.id,
    ...(isUrgent === true ? { isUrgent } : {}),
    status: 'open',
    revision: 1,
    section: journeyCards(form, {})[0]?.id ?? CHECK,
    answers: contactAt === undefined ? {} : { contactAt },
    unfinished: {},
    teamId: teamId ?? (teamIds.length > 1 ? undefined : (teamIds[0] ?? '')),
    startedAt: now,
    touchedAt: now,
  };
}

/**
 * Keeps a new draft and shows where it stands. With an id that is there already it is a fault, or, with `openThere`, the
 * same press again: what is there is shown.
 */
export async function createDraft(
  deps: RecordingDeps,
  person: Person,
  draft: Draft,
  ifThere: 'fault' | 'openThere' = 'fault',
): Promise<RecordingView> {
  if ((await deps.drafts.create(packDraft(deps.keys, draft))) === 'saved')
    return show(deps, person, { draft, type: formOf(draft) });
  if (ifThere === 'openThere') return openDraft(deps, person, draft.draftId);
  throw new CodedError('store.fault', 'A new draft has the id of an older one.');
}

/**
 * A person's own draft. `undefined` when there is none with this id, when it is somebody else's, and when it is a further
 * version of a record that this person may not make any more: what was refused is written down.
 */
export async function load(deps: RecordingDeps, person: Person, draftId: string): Promise<Loaded | undefined> {
  const stored = await deps.drafts.read(person.id, draftId);
  if (stored === undefined) return undefined;
  const draft = unpackDraft(deps.keys, stored);
  return (await mayStill(deps, person, draft)) ? { draft, type: formOf(draft) } : undefined;
}

/** Whether a draft may still be gone on with: one of a further version holds what stands in its record. */
async function mayStill(deps: RecordingDeps, person: Person, { base, purpose, status }: Draft): Promise<boolean> {
  if (base === undefined || purpose === 'record' || status !== 'open') return true;
  // It may have been filed under another case since the draft was begun.
  const latest = await deps.records.latest(base.caseKey, base.recordId);
  const record = latest === undefined ? base : owned(latest);
  if (await may(deps, VERSION_RIGHTS[purpose], person, record)) return true;
  const refused = { personId: person.id, action: 'record.refused', subject: base.number } as const;
  await deps.access.append({ at: deps.clock.now(), ...refused });
  return false;
}

/** Shows where a draft stands: its current card, the check card, its receipt, or that it is being saved. */
export async function openDraft(deps: RecordingDeps, person: Person, draftId: string): Promise<RecordingView> {
  const loaded = await load(deps, person, draftId);
  return loaded === undefined ? { kind: 'noDraft' } : show(deps, person, loaded);
}

/** Shows the current step again after a press that came from an older card. Nothing is changed. */
export async function showMovedOn(deps: RecordingDeps, person: Person, draftId: string): Promise<RecordingView> {
  const view = await openDraft(deps, person, draftId);
  return view.kind === 'questions' || view.kind === 'check' ? { ...view, notice: MOVED_ON } : view;
}

/** The view of a loaded draft; `pressed` is what the press just made has left to be shown again. */
export async function show(
  deps: RecordingDeps,
  person: Person,
  loaded: Loaded,
  pressed?: Pressed,
): Promise<RecordingView> {
  const { draft, type } = loaded;
  if (draft.status !== 'open') return settled(deps, person, loaded);
  await noteTheirs(deps, person, draft);
  const card = currentCard(type, draft);
  const situation = await situationFor(deps, person, loaded, card);
  if (card !== undefined) return withRecents(deps, person, questionsView(type, draft, card, situation, pressed));
  const view = checkView(type, draft, await teamsOf(deps, person, draft), situation, pressed);
  return person.asKnown === undefined ? view : { ...view, asKnownAt: person.asKnown.at };
}

/**
 * Where a signed draft stands. What somebody else has changed is shown to those who may see it at this moment, and that is
 * noted first.
 */
async function settled(deps: RecordingDeps, person: Person, loaded: Loaded): Promise<RecordingView> {
  const view = await settle(deps, loaded);
  if (view.kind !== 'overtaken') return view;
  if (!(await mayStill(deps, person, view.draft))) return { kind: 'noDraft' };
  await noteTheirs(deps, person, view.draft);
  return view;
}

/** Notes that somebody is about to be shown what somebody else wrote while they did, where a draft stands on that. */
async function noteTheirs(deps: RecordingDeps, person: Person, { base }: Draft): Promise<void> {
  if (base?.overtakes === undefined) return;
  const seen = { personId: person.id, action: 'record.open', subject: base.number } as const;
  await deps.access.append({ at: deps.clock.now(), ...seen });
}

/** Offers the people whom this person dealt with lately, where the other person is asked for. */
async function withRecents(deps: RecordingDeps, person: Person, view: QuestionsView): Promise<QuestionsView> {
  const { type, draft, card } = view;
  if (!asksForSomebody(type, card.asked, draft.answers)) return view;
  const recents = await recentPeople(deps, person);
  return { ...view, recents };
}

/** The teams that this person may choose between for a draft; not asked for when its team is settled. */
export async function teamsOf(deps: RecordingDeps, person: Person, draft: Draft): Promise<readonly Team[]> {
  if (draft.teamId !== undefined) return [];
  const teams = await Promise.all(signingAs(person).teamIds.map((id) => deps.directory.team(id)));
  return teams.filter((team) => team !== undefined);
}

/** Said when the store failed: the card comes back as it was sent. */
const NOT_SAVED =
  'Your last press has not been saved: the log cannot be reached just now. What you typed is still here; try again in a moment.';

/** Said when the store did not take it, for there was too much to do. */
const BUSY =
  'Not saved yet: the log is very busy just now. What you typed is still here, and your answers are kept as far as you had pressed Continue. Wait a moment, then press the button again.';

/** Said when nobody knows: pressing again is safe either way. */
const NOT_KNOWN =
  'It is not known yet whether your last press was saved: the log did not answer in time. What you typed is still here; try again in a moment.';

/**
 * Runs the writing part of a press. When the store fails, the card that was pressed comes back with all that was typed,
 * and says that it was not saved, or that nobody knows; if it was saved all the same, the draft is shown where it stands now.
 * Other faults are thrown on.
 */
export async function keepingTyped(
  deps: RecordingDeps,
  person: Person,
  loaded: Loaded,
  pressed: Pressed,
  write: () => Promise<RecordingView>,
): Promise<RecordingView> {
  try {
    return await write();
  } catch (error) {
    const code = codeOf(error);
    if (!code.startsWith('store.')) throw error;
    const saved = await savedAllTheSame(deps, person, loaded);
    if (saved !== undefined) {
      const again = saved.draft.section === loaded.draft.section ? pressed : undefined;
      return orElse(show(deps, person, saved, again), new CodedError('store.unsure', 'A saved press could not be shown.')); // prettier-ignore
    }
    const view = await orElse(show(deps, person, loaded, pressed), error);
    return view.kind === 'questions' || view.kind === 'check' ? { ...view, notice: noticeOf(code) } : view;
  }
}

function noticeOf(code: string): string {
  if (code === 'store.unsure') return NOT_KNOWN;
  return code === 'store.busy' ? BUSY : NOT_SAVED;
}

/** The view, or what is true of the press when the store fails once more: not what is true of the showing. */
async function orElse(view: Promise<RecordingView>, ofThePress: unknown): Promise<RecordingView> {
  try {
    return await view;
  } catch (error) {
    throw codeOf(error).startsWith('store.') ? ofThePress : error;
  }
}

/** The draft as it stands now, if a save whose answer was lost did reach it. `undefined` also while it cannot be read. */
async function savedAllTheSame(deps: RecordingDeps, person: Person, before: Loaded): Promise<Loaded | undefined> {
  try {
    const now = await load(deps, person, before.draft.draftId);
    return now?.draft.revision === before.draft.revision ? undefined : now;
  } catch (error) {
    if (!codeOf(error).startsWith('store.')) throw error;
    return undefined;
  }
}

/** Saves the next revision of a draft. `undefined` when somebody else's press came first. */
export async function saveNext(
  deps: RecordingDeps,
  before: Draft,
  changes: Partial<Draft>,
): Promise<Draft | undefined> {
  const draft: Draft = { ...before, ...changes, revision: before.revision + 1, touchedAt: deps.clock.now() };
  return (await deps.drafts.save(packDraft(deps.keys, draft))) === 'saved' ? draft : undefined;
}

/** A draft as it stands when it moves to a card: on the check card, what is asked there has its defaults. */
export function movedTo(deps: RecordingDeps, { draft, type }: Loaded, section: string): Partial<Draft> {
  if (section !== CHECK) return { section };
  const answers = withSigningDefaults(type, draft.answers, situationOf(deps, draft));
  return { section, changing: undefined, answers };
}

/**
 * A page of what a person has not finished: urgent records that are to be completed, then drafts, the one touched last
 * first. Pages count from 1; one past the end is the last. Urgent records that took too long to find are left out, and the
 * view says so.
 */
export async function listDrafts(deps: RecordingDeps, person: Person, page = 1): Promise<RecordingView> {
  const drafts = (await deps.drafts.unfinished(person.id)).map((stored) => unpackDraft(deps.keys, stored));
  const begun = new Set(drafts.map(({ base }) => base?.recordId));
  const { items: found, isCutShort } = mayRecord(person)
    ? await deps.records.toBeCompleted(managing(person), COMPLETIONS_LISTED)
    : whole<StoredVersion>([]);
  const access = accessOf(deps, person);
  const mayComplete = await Promise.all(found.map((stored) => access.footing('record.complete', owned(stored))));
  const urgent = found.filter((_, at) => mayComplete[at] !== undefined);
  const all: readonly DraftLine[] = [
    ...urgent.filter(({ header }) => !begun.has(header.recordId)).map(({ header }) => ({ kind: 'urgent' as const, header })), // prettier-ignore
    ...drafts.map(lineOf),
  ];
  const pages = Math.max(1, Math.ceil(all.length / LINES_A_PAGE));
  const shown = Math.min(Math.max(1, page), pages);
  const lines = all.slice((shown - 1) * LINES_A_PAGE, shown * LINES_A_PAGE);
  return { kind: 'drafts', lines, page: shown, pages, isCutShort };
}

/** Urgent records are completed within a day: more than this are a sign of something else. */
const COMPLETIONS_LISTED = 40;

/** Whose urgent records somebody may complete: their own, and those of the teams that they manage. */
function managing(person: Person): { readonly authorId: string; readonly teamIds: readonly string[] } {
  return { authorId: person.id, teamIds: person.roles.includes('manager') ? person.teamIds : [] };
}

function lineOf(draft: Draft): DraftLine {
  const type = formOf(draft);
  const section = type.sections.find((each) => isIn(each, draft.section));
  return { kind: 'draft', draft, type, sectionTitle: section?.title ?? 'Check your answers' };
}
