import { LISTS, type ListKind } from '../cards/listCards.ts';
import type { HelpLine } from '../cards/noticeCards.ts';
import { readRecordNumber } from '../src/ids.ts';
import type { Person } from '../src/people.ts';
import { mayListUnlinked, mayRecord } from '../src/access.ts';
import { RECORD_TYPES } from '../src/records/registry.ts';
import type { RecordType } from '../src/recordType.ts';

/** What somebody asked for by typing. */
export type Command =
  | { readonly kind: 'start'; readonly type: RecordType; readonly isUrgent: boolean }
  | { readonly kind: 'list'; readonly list: ListKind }
  | { readonly kind: 'drafts' }
  | { readonly kind: 'record'; readonly number: string | undefined }
  | { readonly kind: 'help' }
  | { readonly kind: 'unknown' };

/** What help says, for this person. */
export function helpLines(person: Person): readonly HelpLine[] {
  const starts = STARTS.map(({ command, does, verb }) => ({ command, does, verb }));
  return [
    ...(mayRecord(person)
      ? [
          ...starts,
          { command: 'drafts', does: 'Go on with a record that is not finished.', verb: 'draft.list' },
          { command: 'my records', does: 'See the records that you have made.', verb: LISTS.mine.verb },
        ]
      : []),
    ...(mayListUnlinked(person)
      ? [{ command: 'unlinked', does: 'See the records that have no case.', verb: LISTS.unlinked.verb }]
      : []),
    { command: 'record SL-…', does: 'Open a record by its number.' },
    { command: 'help', does: 'Show this list.' },
  ];
}

/** The commands that start a record, each with the verb that does the same at a press. */
export const STARTS: readonly Start[] = RECORD_TYPES.flatMap((type) => [
  { type, isUrgent: false, command: type.command, does: type.does, verb: `draft.start.${type.id}` },
  ...(type.urgent === undefined
    ? []
    : [
        {
          type,
          isUrgent: true,
          command: type.urgent.command,
          does: type.urgent.does,
          verb: `draft.startUrgent.${type.id}`,
        },
      ]),
]);

interface Start extends HelpLine {
  readonly type: RecordType;
  readonly isUrgent: boolean;
  readonly verb: string;
}

/** A message longer than this is no command. */
const COMMAND_CHARACTERS = 200;

/**
 * Reads a message: any case, any run of spaces, the bot's mention taken out. What is not a command is `unknown`; what was
 * typed is never handed on.
 */
export function readCommand(text: string): Command {
  const asked = text
    .slice(0, COMMAND_CHARACTERS + 1)
    .replace(/<at>[^<]*<\/at>/giu, ' ')
    .replace(/[\s\u00a0]+/gu, ' ')
    .trim()
    .toLowerCase();
  if (asked.length > COMMAND_CHARACTERS) return { kind: 'unknown' };
  const start = STARTS.find(({ command }) => command === asked);
  if (start !== undefined) return { kind: 'start', type: start.type, isUrgent: start.isUrgent };
  if (asked === 'my records') return { kind: 'list', list: 'mine' };
  if (asked === 'unlinked') return { kind: 'list', list: 'unlinked' };
  if (asked === 'drafts') return { kind: 'drafts' };
  if (asked === 'help' || asked === '?') return { kind: 'help' };
  if (asked.startsWith('record sl')) return { kind: 'record', number: readRecordNumber(asked.slice('record '.length)) };
  return { kind: 'unknown' };
}
