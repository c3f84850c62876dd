import type { HelpLine } from '../cards/noticeCards.ts';
import { readRecordNumber } from '../src/ids.ts';
import type { Person } from '../src/people.ts';
import { mayRecord } from '../src/access.ts';
import { RECORD_TYPES } from '../src/records/registry.ts';
import type { RecordType } from '../src/recordType.ts';

/** What somebody asked for by typing. */
export type Command =
  | { readonly kind: 'start'; readonly type: RecordType }
  | { readonly kind: 'drafts' }
  | { readonly kind: 'record'; readonly number: string | undefined }
  | { readonly kind: 'help' }
  | { readonly kind: 'unknown' };

/** What help says, for this person. */
export function helpLines(person: Person): readonly HelpLine[] {
  const starts = RECORD_TYPES.map((type) => ({
    command: type.command,
    does: STARTS[type.id] ?? type.title,
    verb: 'draft.start.' + type.id,
  }));
  return [
    ...(mayRecord(person)
      ? [...starts, { command: 'drafts', does: 'Go on with a record that is not finished.', verb: 'draft.list' }]
      : []),
    { command: 'record SL-…', does: 'Open a record by its number.' },
    { command: 'help', does: 'Show this list.' },
  ];
}

const STARTS: Readonly<Record<string, string>> = {
  share: 'You shared information with another agency or service.',
};

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
  const type = RECORD_TYPES.find((each) => each.command === asked);
  if (type !== undefined) return { kind: 'start', type };
  if (asked === 'drafts') return { kind: 'drafts' };
  if (asked === 'help' || asked === '?') return { kind: 'help' };
  if (asked.startsWith('record sl')) return { kind: 'record', number: readRecordNumber(asked.slice('record '.length)) };
  return { kind: 'unknown' };
}
