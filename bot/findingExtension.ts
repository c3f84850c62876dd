import {
  CardFactory,
  type InvokeResponse,
  type MessagingExtensionAttachment,
  type MessagingExtensionResult,
} from 'botbuilder';
import { z } from 'zod';
import { insertedCard, previewOf, REST_TOOK_TOO_LONG, type Preview } from '../cards/searchCards.ts';
import type { Card } from '../cards/elements.ts';
import type { RecordLine } from '../src/listing.ts';
import type { Person } from '../src/people.ts';
import { searchRecords } from '../src/search.ts';
import { readWish } from '../src/searchWish.ts';
import type { Services } from './services.ts';

/** The invoke by which Teams asks for the results of a message extension. */
export const FIND_INVOKE = 'composeExtension/query';

/** The command of the extension, and its one parameter, as the app's manifest names them. */
const COMMAND = 'search';
const PARAMETER = 'text';

/** Teams asks for 25 at a time; further on than this, it is quicker to say more of what is looked for. */
const COUNT_AT_MOST = 25;
const SKIP_AT_MOST = 200;
const TEXT_CHARACTERS = 200;

const query = z.looseObject({
  commandId: z.literal(COMMAND),
  parameters: z
    .array(z.looseObject({ name: z.string(), value: z.unknown() }))
    .max(5)
    .default([]),
  queryOptions: z
    .looseObject({ skip: z.number().int().min(0).default(0), count: z.number().int().min(1).default(COUNT_AT_MOST) })
    .default({ skip: 0, count: COUNT_AT_MOST }),
});

const SAY_WHAT = 'Type a case reference, a record number, or the whole name of an organisation.';
const NOTHING = 'Nothing found that you may see.';
const TOOK_TOO_LONG = 'The search took too long, and found nothing yet. Type more of what you look for.';
const NOT_OURS = 'Sharing Log does not know this kind of search.';
const TOO_LONG = `Shorten it: there is room for ${TEXT_CHARACTERS} characters.`;
export const NOT_NOW = 'Nothing was searched: something went wrong here. Try again in a moment.';

/**
 * Answers a query of the message extension: results that only this person sees, each with a card without case detail to
 * put into a message, or one sentence. Source: issue “Case summary”, 3.
 */
export async function answerQuery(services: Services, person: Person, value: unknown): Promise<InvokeResponse> {
  const read = query.safeParse(value);
  if (!read.success) return sentence(NOT_OURS);
  const { parameters, queryOptions } = read.data;
  const text = parameters.find(({ name }) => name === PARAMETER)?.value ?? '';
  if (typeof text !== 'string') return sentence(NOT_OURS);
  // Teams asks once before anything is typed.
  if (text.trim() === '') return sentence(SAY_WHAT);
  if (text.length > TEXT_CHARACTERS) return sentence(TOO_LONG);
  const { skip } = queryOptions;
  if (skip > SKIP_AT_MOST) return results([]);
  const limit = Math.min(queryOptions.count, COUNT_AT_MOST);
  const wish = readWish(text, services.searching.caseReferencePattern);
  const searched = await searchRecords(services.searching, person, wish, { skip, limit });
  switch (searched.kind) {
    case 'problems':
      return sentence(searched.problems.map((problem) => problem.text).join(' '));
    case 'nothing':
      return skip === 0 ? sentence(NOTHING) : results([]);
    case 'results':
      if (searched.isOutOfTime && searched.lines.length === 0 && skip === 0) return sentence(TOOK_TOO_LONG);
      if (searched.isOutOfTime && searched.lines.length > 0)
        return results(searched.lines, skip + searched.lines.length);
      return searched.lines.length === 0 && skip === 0 ? sentence(NOTHING) : results(searched.lines);
    default:
      return searched satisfies never;
  }
}

/** One sentence in place of results. */
export function sentence(text: string): InvokeResponse {
  return extension({ type: 'message', text });
}

/** `firstOnly` is how many were found in all where finding the rest took too long. */
function results(lines: readonly RecordLine[], firstOnly?: number): InvokeResponse {
  const attachments = lines.map((line) => attachment(insertedCard(line), previewOf(line)));
  const rest =
    firstOnly === undefined ? [] : [attachment(REST_TOOK_TOO_LONG.card(), REST_TOOK_TOO_LONG.preview(firstOnly))];
  return extension({ type: 'result', attachmentLayout: 'list', attachments: [...attachments, ...rest] });
}

function attachment(card: Card, { title, text }: Preview): MessagingExtensionAttachment {
  const preview = { contentType: 'application/vnd.microsoft.card.thumbnail', content: { title, text } };
  return { ...CardFactory.adaptiveCard(card), preview };
}

function extension(composeExtension: MessagingExtensionResult): InvokeResponse {
  return { status: 200, body: { composeExtension } };
}
