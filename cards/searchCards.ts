import type { IChoiceSetInput, IDateInput, ITextInput } from '@microsoft/teams.cards';
import type { RecordLine } from '../src/listing.ts';
import { dateOf, longDate, longTime } from '../src/londonTime.ts';
import { RECORD_TYPES } from '../src/records/registry.ts';
import type { SearchResults } from '../src/search.ts';
import { WISH_CHARACTERS, type WishProblem } from '../src/searchTerms.ts';
import { typeNamed, type Wish } from '../src/searchWish.ts';
import { readTypedDate } from '../src/typedDate.ts';
import {
  box,
  button,
  card,
  cutShort,
  outOfTime,
  heading,
  markedProblem,
  plainButton,
  subtle,
  typedText,
  words,
  type Card,
  type Element,
} from './elements.ts';
import { recordElements } from './listCards.ts';
import { nothingCard } from './noticeCards.ts';
import { problemsTitle } from './questionsCard.ts';

const TITLE = 'Find a record';

/** The form of a search; blank, it may be stored. With problems, what was typed stays in its inputs. */
export function searchForm(wish: Wish = {}, problems: readonly WishProblem[] = []): Card {
  return card(
    [
      heading(TITLE),
      subtle('Fill in what you know: all of it must hold. Only records that you may see are found.', 'None'),
      ...box(
        'attention',
        problemsTitle(problems.length),
        problems.map(({ text }) => text),
      ),
      ...text('reference', 'Case reference or record number', wish, problems),
      ...text('organisation', 'The other organisation', wish, problems),
      subtle('Its whole name, as it was recorded.'),
      ...typeInput(wish, problems),
      ...day('from', 'Contact on or after', wish, problems),
      ...day('to', 'Contact on or before', wish, problems),
      ...text('author', 'Who made the record', wish, problems),
      subtle('The whole name, or “me”.'),
    ],
    [button('Search', 'search.run', {}, 'positive'), button('Search what is open', 'search.run', { open: 1 })],
  );
}

type Field = keyof typeof WISH_CHARACTERS;

function text(id: Field, label: string, wish: Wish, problems: readonly WishProblem[]): readonly Element[] {
  const value = (wish[id] ?? '').slice(0, WISH_CHARACTERS[id]);
  const input: ITextInput = { type: 'Input.Text', id, label, spacing: 'Medium', ...(value === '' ? {} : { value }) };
  return [...marked(id, problems), input];
}

function day(id: 'from' | 'to', label: string, wish: Wish, problems: readonly WishProblem[]): readonly Element[] {
  const value = readTypedDate(wish[id] ?? '');
  const input: IDateInput = {
    type: 'Input.Date',
    id,
    label,
    spacing: 'Medium',
    ...(value === undefined ? {} : { value }),
  };
  return [...marked(id, problems), input];
}

function typeInput(wish: Wish, problems: readonly WishProblem[]): readonly Element[] {
  const value = typeNamed(wish.type ?? '')?.id;
  const input: IChoiceSetInput = {
    type: 'Input.ChoiceSet',
    id: 'type',
    label: 'Kind of record',
    spacing: 'Medium',
    style: 'compact',
    placeholder: 'Any',
    choices: RECORD_TYPES.map(({ id, title }) => ({ title, value: id })),
    ...(value === undefined ? {} : { value }),
  };
  return [...marked('type', problems), input];
}

function marked(id: Field, problems: readonly WishProblem[]): readonly Element[] {
  return problems.filter(({ field }) => field === id).map((problem) => markedProblem(problem.text));
}

/** A page of what was found. Only ever in an invoke's reply. `asked` brings what was searched for back. */
export function resultsCard(results: SearchResults, wish: Wish, asked: string, isFirst: boolean): Card {
  const { lines, before, isCutShort, isWithinTeams, urgentUntil } = results;
  return card(
    [
      heading(lines.length === 0 ? 'Nothing found yet' : 'Found'),
      typedText(wishText(wish)),
      ...(urgentUntil === undefined
        ? []
        : box('warning', 'Urgent access', [`You see this until ${longTime(urgentUntil)}.`])),
      ...(isWithinTeams ? [subtle(LOOKED_THROUGH)] : []),
      ...lines.flatMap((line) => recordElements(line, false)),
      ...furtherBack(results, isFirst),
    ],
    [
      ...(isFirst ? [] : [plainButton('Newest', 'search.open', { asked })]),
      ...(before === undefined
        ? []
        : [plainButton(isCutShort ? 'Look further back' : 'Older', 'search.page', { asked, before })]),
      plainButton('Change the search', 'search.change', { asked }),
    ],
  );
}

/** Why a page ends although there may be more, and what to do about it. */
function furtherBack({ lines, isCutShort, isOutOfTime }: SearchResults, isFirst: boolean): readonly Element[] {
  if (!isCutShort) return [];
  if (!isOutOfTime) return [words('There may be older ones: so far, only the newer records were looked through.')];
  const todo = 'look further back, or change the search to say more of what you look for';
  if (lines.length > 0) return [cutShort(lines.length, isFirst ? '' : ' of the older ones', outOfTime(todo))];
  return [words(`Only the newer records were looked through. The rest took too long: ${todo}.`)];
}

const LOOKED_THROUGH = 'Looked through: your own records, your teams’, and those of people you manage.';

/** What was searched for, in one line. */
function wishText({ reference, organisation, type, from, to, author, isOpen }: Wish): string {
  const days = [from, to].map((typed) => readTypedDate(typed ?? ''));
  const parts = [
    reference,
    organisation,
    typeNamed(type ?? '')?.title,
    days[0] && `from ${longDate(days[0])}`,
    days[1] && `to ${longDate(days[1])}`,
    author && `by ${author}`,
    isOpen && 'with something open',
  ];
  return parts.filter((part) => part !== undefined && part !== '').join(' · ');
}

/** What is not there and what may not be seen, in the words for both, and a way to search for something else. */
export function nothingFoundCard(asked: string): Card {
  const { body, actions = [] } = nothingCard();
  return { ...card(body), actions: [...actions, plainButton('Change the search', 'search.change', { asked })] };
}

/** The message that stands in the chat for a search: nothing of what was searched for. */
export function searchStub(asked: string, userId: string): Card {
  const open = plainButton('Open', 'search.open', { asked }, 'positive');
  return {
    ...card(
      [heading(TITLE), words('Open it to see what was found. Nothing of any case stands in this message.')],
      [open],
    ),
    refresh: { action: open, userIds: [userId] },
  };
}

/**
 * A record to be put into a message by whoever found it: which kind, which number, which day. Others read it too, so there
 * is no name, no organisation and no reference in it; who may open it is checked when they press.
 */
export function insertedCard({ header, title }: RecordLine): Card {
  const { number, contactAt } = header;
  return card(
    [heading(`${title} ${number}`), subtle(`Contact on ${longDate(dateOf(contactAt))}`, 'None')],
    [plainButton('Open', 'record.open', { number }, 'positive')],
  );
}

/**
 * Stands after the results beside the compose box where finding the rest took too long. Put into a message by mistake, it
 * says nothing of what was searched for.
 */
export const REST_TOOK_TOO_LONG = {
  preview: (shown: number): Preview => ({
    title: shown === 1 ? 'Showing the first one' : `Showing the first ${shown}`,
    text: 'The rest took too long to find. Type more of what you look for.',
  }),
  card: (): Card => card([heading(TITLE), words('The search took too long to find everything. Search again.')]),
} as const;

/** How a result is told from the others before it is chosen: for the eyes of whoever searched. */
export interface Preview {
  readonly title: string;
  /** Without anything that HTML or Markdown could take for markup. */
  readonly text: string;
}

export function previewOf({ header, title, about, counterpart }: RecordLine): Preview {
  const details = [longDate(dateOf(header.contactAt)), about, counterpart].filter((part) => part !== undefined);
  const open = header.openItems.length === 0 ? [] : ['something is open'];
  return { title: `${title} ${header.number}`, text: [...details, ...open].map(withoutMarkup).join(' · ') };
}

const PREVIEW_CHARACTERS = 120;

/** Every character that HTML or Markdown could act on, as a character reference; line ends as spaces. */
function withoutMarkup(typed: string): string {
  return typed
    .slice(0, PREVIEW_CHARACTERS)
    .toWellFormed()
    .replace(/\s+/gu, ' ')
    .replace(/[^\p{L}\p{M}\p{N} ,.’'/-]/gu, (character) => `&#${character.codePointAt(0) ?? 0};`);
}
