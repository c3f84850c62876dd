import type { InvokeResponse, TurnContext } from 'botbuilder';
import { z } from 'zod';
import { recordingCard } from '../cards/draftCards.ts';
import { draftTitle } from '../cards/draftTitle.ts';
import { draftStub } from '../cards/recordCards.ts';
import type { Person } from '../src/people.ts';
import { share } from '../src/records/share.ts';
import { startDraft } from '../src/recording/drafting.ts';
import { formMessage } from './answers.ts';
import { sendToPerson } from './personalChat.ts';
import type { Services } from './services.ts';

/** The invoke by which Teams asks what an action on a message is to open. */
export const ACTION_INVOKE = 'composeExtension/fetchTask';

/** The action as the app's manifest names it. Of the message nothing is read but when it was sent. */
const action = z.looseObject({
  commandId: z.literal('recordShare'),
  messagePayload: z.looseObject({ createdDateTime: z.iso.datetime({ offset: true }).optional().catch(undefined) }),
});

const STARTED =
  'A record is started in your own chat with Sharing Log, with the time of this message. Nothing else was taken from it.';
const STARTED_WITHOUT_TIME =
  'A record is started in your own chat with Sharing Log. The time of this message could not be read.';
const NOT_REACHED = 'Open your own chat with Sharing Log and type “record share” there.';
/** Said when it went wrong on the way: a draft may be there. */
export const NOT_STARTED =
  'Something went wrong here. Look under “drafts” in your own chat with Sharing Log, and try again in a moment.';
const NOT_OURS = 'Sharing Log does not know this action.';

/**
 * Starts a record of a share from a message in Teams, in the person's own chat; answers with one sentence.
 * Source: issue “What an IT department installs”, 1.
 */
export async function startFromMessage(
  services: Services,
  context: TurnContext,
  person: Person,
): Promise<InvokeResponse> {
  const read = action.safeParse(context.activity.value);
  if (!read.success) return said(NOT_OURS);
  const contactAt = sentAt(read.data.messagePayload.createdDateTime, services.clock.now());
  const view = await startDraft(services.recording, person, share, { contactAt });
  const started = view.kind === 'questions';
  const card = started
    ? formMessage(
        draftStub(view.draft.draftId, draftTitle(view.draft, view.type)),
        view.draft.draftId,
        context.activity.from.id,
      )
    : recordingCard(view);
  if (!(await sendToPerson(services, context, person, card))) return said(NOT_REACHED);
  return said(started && contactAt === undefined ? STARTED_WITHOUT_TIME : STARTED);
}

/** When a message was sent, to the minute, as a card asks for it; `undefined` for a time that has not come. */
function sentAt(text: string | undefined, now: string): string | undefined {
  if (text === undefined) return undefined;
  const at = `${new Date(text).toISOString().slice(0, 16)}:00.000Z`;
  return at > now ? undefined : at;
}

/** One sentence in a dialog of Teams. */
export function said(text: string): InvokeResponse {
  return { status: 200, body: { task: { type: 'message', value: text } } };
}
