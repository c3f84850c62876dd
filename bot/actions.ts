import { z } from 'zod';
import { draftTitle } from '../cards/draftTitle.ts';
import { historyCard } from '../cards/historyCard.ts';
import { recordsCard } from '../cards/listCards.ts';
import { answerCard, draftStub, openedBelowCard, recordCard, recordTextCard } from '../cards/recordCards.ts';
import { recordingCard } from '../cards/draftCards.ts';
import { plainButton, type Card } from '../cards/elements.ts';
import { helpCard, nothingCard } from '../cards/noticeCards.ts';
import { readRecordNumber } from '../src/ids.ts';
import { myRecords, unlinkedRecords } from '../src/listing.ts';
import { readHistory } from '../src/history.ts';
import { openRecord } from '../src/opening.ts';
import type { Person } from '../src/people.ts';
import { begin, type Beginning } from '../src/recording/beginning.ts';
import { sameAgain, sameConsent } from '../src/recording/copying.ts';
import { listDrafts, openDraft, startDraft } from '../src/recording/drafting.ts';
import { endorse } from '../src/recording/endorsing.ts';
import { sign } from '../src/recording/signing.ts';
import { askCancel, back, change, discard, later, next, showAnswer, useRecent } from '../src/recording/stepping.ts';
import type { RecordingView } from '../src/recording/views.ts';
import { ENDORSEMENTS } from '../src/records/additions.ts';
import { CASE_HANDLERS } from './caseActions.ts';
import { helpLines, STARTS } from './commandList.ts';
import { LOG_HANDLERS } from './logActions.ts';
import { NUDGE_HANDLERS } from './nudgeActions.ts';
import { URGENT_HANDLERS } from './urgentActions.ts';
import { SEARCH_HANDLERS } from './searchActions.ts';
import { RESTRICTION_HANDLERS } from './restrictionActions.ts';
import type { Services } from './services.ts';

/** What a press is answered with. `stored` replaces the message that the card stood in, for every device. */
export interface Reply {
  readonly card: Card;
  readonly stored?: Card;
  /** A form that gets a message of its own, below. */
  readonly sent?: { readonly card: Card; readonly draftId: string };
}

const draftId = z.string().regex(/^[0-9A-HJKMNP-TV-Z]{26}$/u);
const section = z
  .string()
  .max(64)
  .regex(/^[\w.]+$/u);
const revision = z.number().int().min(1);
const number = z.string().max(20);
const page = z.number().int().min(1).max(10_000);

const idData = z.strictObject({ draftId });
const pressData = z.looseObject({ draftId, section, revision });
const CONTROL_KEYS = new Set(['draftId', 'section', 'revision', 'change', 'number']);

/** The verbs that begin a further version of a record. */
const BEGINNINGS: Readonly<Record<string, Beginning>> = {
  'record.complete': 'completed',
  'outcome.start': 'outcome',
  'record.amend': 'amended',
  'record.comment': 'commented',
  'record.link': 'linked',
  'record.withdraw': 'withdrawn',
  'record.dispute': 'disputed',
};

type Handler = (services: Services, person: Person, data: unknown) => Promise<Reply>;

/** Makes the handler of one verb: its data is checked before anything is looked up. */
function verb<T>(schema: z.ZodType<T>, run: (services: Services, person: Person, data: T) => Promise<Reply>): Handler {
  return (services, person, data) => run(services, person, schema.parse(data));
}

const HANDLERS: Readonly<Record<string, Handler>> = {
  ...NUDGE_HANDLERS,
  ...CASE_HANDLERS,
  ...URGENT_HANDLERS,
  ...SEARCH_HANDLERS,
  ...LOG_HANDLERS,
  ...RESTRICTION_HANDLERS,
  ...Object.fromEntries(
    STARTS.map(({ type, isUrgent, verb: name }) => [
      name,
      verb(z.strictObject({}), async ({ recording }, person) => {
        const view = await startDraft(recording, person, type, { isUrgent });
        if (view.kind !== 'questions') return drawn(view);
        // The card that was pressed stays as it is: the form stands below it, where it can be found again.
        const sent = { card: recordingCard(view), draftId: view.draft.draftId };
        return { card: helpCard(helpLines(person), true), sent };
      }),
    ]),
  ),
  'draft.next': verb(pressData, async ({ recording }, person, data) =>
    drawn(await next(recording, person, pressOf(data))),
  ),
  'draft.back': verb(pressData, async ({ recording }, person, data) =>
    drawn(await back(recording, person, pressOf(data))),
  ),
  'draft.later': verb(pressData, async ({ recording }, person, data) =>
    drawn(await later(recording, person, pressOf(data))),
  ),
  'draft.sign': verb(pressData, async ({ recording }, person, data) =>
    drawn(await sign(recording, person, pressOf(data))),
  ),
  'draft.change': verb(pressData.extend({ change: section }), async ({ recording }, person, data) =>
    drawn(await change(recording, person, { ...pressOf(data), change: data.change })),
  ),
  'draft.recent': verb(pressData.extend({ number }), async ({ recording }, person, data) =>
    drawn(await useRecent(recording, person, { ...pressOf(data), number: numberOf(data.number) })),
  ),
  'draft.sameConsent': verb(pressData.extend({ number }), async ({ recording }, person, data) =>
    drawn(await sameConsent(recording, person, { ...pressOf(data), number: numberOf(data.number) })),
  ),
  'draft.cancel': verb(pressData, async ({ recording }, person, data) =>
    drawn(await askCancel(recording, person, data.draftId)),
  ),
  'draft.discard': verb(z.strictObject({ draftId, revision }), async ({ recording }, person, data) =>
    drawn(await discard(recording, person, data)),
  ),
  'draft.open': verb(idData, async ({ recording }, person, data) =>
    drawn(await openDraft(recording, person, data.draftId)),
  ),
  'draft.showAnswer': verb(idData.extend({ field: section }), async ({ recording }, person, data) =>
    drawn(await showAnswer(recording, person, data)),
  ),
  'draft.list': verb(z.strictObject({}), async ({ recording }, person) => drawn(await listDrafts(recording, person))),
  'draft.page': verb(z.strictObject({ page }), async ({ recording }, person, data) =>
    drawn(await listDrafts(recording, person, data.page)),
  ),
  'record.open': verb(z.strictObject({ number, version: page.optional() }), async (services, person, data) => {
    const opened = await openRecord(services.opening, person, numberOf(data.number), 'record.open', data.version);
    return { card: opened.kind === 'nothing' ? nothingCard() : recordCard(opened) };
  }),
  ...Object.fromEntries(
    Object.entries(BEGINNINGS).map(([name, purpose]) => [
      name,
      verb(z.strictObject({ number }), async ({ recording }, person, data) =>
        below(await begin(recording, person, numberOf(data.number), purpose), data.number),
      ),
    ]),
  ),
  'record.endorse': verb(
    z.strictObject({ number, how: z.enum(ENDORSEMENTS), version: page.optional() }),
    async ({ recording }, person, data) =>
      drawn(await endorse(recording, person, { ...data, number: numberOf(data.number) })),
  ),
  'record.history': verb(z.strictObject({ number, version: page.optional() }), async ({ opening }, person, data) => {
    const read = await readHistory(opening, person, numberOf(data.number), data.version);
    return { card: read.kind === 'nothing' ? nothingCard() : historyCard(read) };
  }),
  'record.again': verb(z.strictObject({ number }), async ({ recording }, person, data) =>
    below(await sameAgain(recording, person, numberOf(data.number)), data.number),
  ),
  'record.mine': verb(z.strictObject({ before: draftId.optional() }), async ({ listing }, person, { before }) => ({
    card: recordsCard('mine', await myRecords(listing, person, before), before === undefined),
  })),
  'record.unlinked': verb(z.strictObject({ before: draftId.optional() }), async ({ listing }, person, { before }) => {
    const list = await unlinkedRecords(listing, person, before);
    return { card: list === undefined ? nothingCard() : recordsCard('unlinked', list, before === undefined) };
  }),
  'record.showAnswer': verb(
    z.strictObject({ number, version: page.optional(), field: section }),
    async (services, person, data) => {
      const { version } = data;
      const opened = await openRecord(services.opening, person, numberOf(data.number), 'record.open', version);
      if (opened.kind === 'nothing') return { card: nothingCard() };
      const lines = [...opened.sections.flatMap((each) => each.lines), ...(opened.said?.lines ?? [])];
      const line = lines.find(({ field }) => field === data.field);
      if (line === undefined) return { card: recordCard(opened) };
      const at = { number: opened.header.number, ...(version === undefined ? {} : { version }) };
      const back = plainButton('Back to the record', 'record.open', at, 'positive');
      return { card: answerCard(line.label, line.text, back, opened.urgentUntil) };
    },
  ),
  'record.copyText': verb(
    z.strictObject({ number, version: page.optional(), part: page.optional() }),
    async (services, person, data) => {
      const opened = await openRecord(services.opening, person, numberOf(data.number), 'record.copyText', data.version);
      return { card: opened.kind === 'nothing' ? nothingCard() : recordTextCard(opened, data.part ?? 1) };
    },
  ),
};

/**
 * Carries out what a card's button asked for. `undefined` when the verb is unknown or its data is not what the verb
 * takes: nothing was looked up and nothing was written.
 */
export async function act(services: Services, person: Person, name: string, data: unknown): Promise<Reply | undefined> {
  const handler = Object.hasOwn(HANDLERS, name) ? HANDLERS[name] : undefined;
  if (handler === undefined || hasProtoKey(data)) return undefined;
  try {
    return await handler(services, person, data ?? {});
  } catch (error) {
    if (error instanceof z.ZodError) return undefined;
    throw error;
  }
}

/** No button of ours sends this key, and a schema would drop it in silence. */
function hasProtoKey(data: unknown): boolean {
  return typeof data === 'object' && data !== null && Object.hasOwn(data, '__proto__');
}

/** The verbs of buttons that sign one record. */
export const SIGNING_VERBS: ReadonlySet<string> = new Set(['draft.sign', 'record.endorse']);

/** Every verb that a card may carry. */
export const VERBS: readonly string[] = Object.keys(HANDLERS);

function drawn(view: RecordingView): Reply {
  const card = recordingCard(view);
  // An endorsement is pressed on the message of the record, which goes on being that.
  return view.kind === 'receipt' && view.purpose !== 'endorsed' ? { card, stored: card } : { card };
}

/** A form that has answers in it gets a message of its own below the card that was pressed: a stub, for it is stored. */
function below(view: RecordingView, number: string): Reply {
  if (view.kind !== 'questions' && view.kind !== 'check') return drawn(view);
  const { draftId: id } = view.draft;
  return {
    card: openedBelowCard(number),
    sent: { card: draftStub(id, draftTitle(view.draft, view.type)), draftId: id },
  };
}

/** The inputs of a press: everything that is not a control value, which must be text. */
function pressOf(data: z.infer<typeof pressData>) {
  const inputs = Object.entries(data).filter(([key]) => !CONTROL_KEYS.has(key));
  return {
    draftId: data.draftId,
    section: data.section,
    revision: data.revision,
    typed: inputTexts.parse(Object.fromEntries(inputs)),
  };
}

/** Input ids are field names: letters only, so that `__proto__` and its kin never get in. */
const inputTexts = z.record(z.string().regex(/^[a-z][A-Za-z]{0,63}$/u), z.string());

function numberOf(text: string): string {
  return readRecordNumber(text) ?? 'SL-none';
}
