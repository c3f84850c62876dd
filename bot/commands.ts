import { z } from 'zod';
import { LISTS, type ListKind } from '../cards/listCards.ts';
import { readRecordNumber } from '../src/ids.ts';
import type { Beginning } from '../src/recording/beginning.ts';
import type { RecordType } from '../src/recordType.ts';
import { STARTS, VERSIONS } from './commandList.ts';

/** What somebody asked for by typing. */
export type Command =
  | { readonly kind: 'start'; readonly type: RecordType; readonly isUrgent: boolean }
  | { readonly kind: 'list'; readonly list: ListKind }
  | { readonly kind: 'drafts' }
  | { readonly kind: 'record' | 'history'; readonly number: string | undefined }
  | {
      readonly kind: 'begin';
      readonly purpose: Beginning;
      readonly number: string | undefined;
      /** The case reference that was typed after the number of a record to be linked. */
      readonly reference?: string;
    }
  /** A case: its reference as it was typed, not read yet. */
  | { readonly kind: 'summary'; readonly reference: string }
  /** A summary of a case that was not named, as the menus of Teams type it. */
  | { readonly kind: 'whichCase' }
  | { readonly kind: 'missing' | 'overview' }
  /** Urgent access to a case: what was typed for it, nothing when only the command was. */
  | { readonly kind: 'urgentAccess'; readonly wanted?: string }
  /** What to search for, as it was typed; empty for the form. */
  | { readonly kind: 'search'; readonly text: string }
  /** The access log of a case, a record or a person, as it was typed. */
  | { readonly kind: 'log'; readonly about: string }
  | { readonly kind: 'restrict'; readonly reference: string }
  | { readonly kind: 'teamAdd'; readonly reference: string; readonly team: string }
  | { readonly kind: 'nudges' }
  | { readonly kind: 'deputy'; readonly name: string; readonly until: string }
  | { readonly kind: 'help' }
  | { readonly kind: 'unknown' };

const pressedNumber = z.object({ number: z.string().max(20) });
const pressedAsked = z.object({ asked: z.string().max(1_000) });

/** A summary that was counted in a channel, and is now asked for whole: what was typed there, sealed for its team. */
export interface AskedInChannel {
  readonly kind: 'askedInChannel';
  readonly asked: string;
}

/**
 * The command that does what a button does, for a button that was pressed where others read along: `help` for one that
 * has none. `undefined` for a verb or data that is not ours.
 */
export function commandOf(verb: string, data: unknown): Command | AskedInChannel | undefined {
  const start = STARTS.find((one) => one.verb === verb);
  if (start !== undefined) return { kind: 'start', type: start.type, isUrgent: start.isUrgent };
  const list = (Object.keys(LISTS) as ListKind[]).find((kind) => LISTS[kind].verb === verb); // the keys of that very object
  if (list !== undefined) return { kind: 'list', list };
  if (verb === 'draft.list') return { kind: 'drafts' };
  if (verb === 'nudge.missing') return { kind: 'missing' };
  if (verb === 'record.open' || verb === 'record.history') {
    const read = pressedNumber.safeParse(data);
    const kind = verb === 'record.open' ? 'record' : 'history';
    return read.success ? { kind, number: readRecordNumber(read.data.number) } : undefined;
  }
  if (verb !== 'summary.open') return { kind: 'help' };
  const read = pressedAsked.safeParse(data);
  return read.success ? { kind: 'askedInChannel', asked: read.data.asked } : undefined;
}

/** A message longer than this is no command. */
const COMMAND_CHARACTERS = 200;

/**
 * Reads a message: any case, any run of spaces, the bot's mention taken out. What is not a command is `unknown`; what was
 * typed is never handed on.
 */
export function readCommand(text: string): Command {
  const typed = text
    .slice(0, COMMAND_CHARACTERS + 1)
    .replace(/<at>[^<]*<\/at>/giu, ' ')
    .replace(/[\s\u00a0]+/gu, ' ')
    .trim();
  const asked = typed.toLowerCase();
  if (asked.length > COMMAND_CHARACTERS) return { kind: 'unknown' };
  const start = STARTS.find(({ command }) => command === asked);
  if (start !== undefined) return { kind: 'start', type: start.type, isUrgent: start.isUrgent };
  if (asked === 'my records') return { kind: 'list', list: 'mine' };
  if (asked === 'unlinked') return { kind: 'list', list: 'unlinked' };
  if (asked === 'drafts') return { kind: 'drafts' };
  if (asked === 'missing outcomes') return { kind: 'missing' };
  if (asked === 'team overview') return { kind: 'overview' };
  if (asked === 'nudges') return { kind: 'nudges' };
  if (asked === 'help' || asked === '?') return { kind: 'help' };
  if (asked.startsWith('record sl')) return { kind: 'record', number: readRecordNumber(asked.slice('record '.length)) };
  if (asked.startsWith('history sl'))
    return { kind: 'history', number: readRecordNumber(asked.slice('history '.length)) };
  const version = VERSIONS.find(({ words }) => asked.startsWith(`${words} sl`));
  if (version !== undefined) {
    const number = readRecordNumber(asked.slice(version.words.length));
    return { kind: 'begin', purpose: version.purpose, number };
  }
  const readers = [readCase, readCaseRights, readUrgent, readSearch, readLog, readLink, readDeputy];
  for (const read of readers) {
    const command = read(typed);
    if (command !== undefined) return command;
  }
  return { kind: 'unknown' };
}

/** "case summary REF", or without the reference. */
function readCase(typed: string): Command | undefined {
  const match = /^case summary(?: (.+))?$/iu.exec(typed);
  if (match === null) return undefined;
  return match[1] === undefined ? { kind: 'whichCase' } : { kind: 'summary', reference: match[1] };
}

/** "urgent access REF", or without the reference: the form asks for it then. */
function readUrgent(typed: string): Command | undefined {
  const match = /^urgent access(?: (.+))?$/iu.exec(typed);
  if (match === null) return undefined;
  return { kind: 'urgentAccess', ...(match[1] === undefined ? {} : { wanted: match[1] }) };
}

/** "search", or "search …": read when it is opened. */
function readSearch(typed: string): Command | undefined {
  const match = /^search(?: (.+))?$/iu.exec(typed);
  return match === null ? undefined : { kind: 'search', text: match[1] ?? '' };
}

/** "access log …": a reference, the number of a record, or a person. */
function readLog(typed: string): Command | undefined {
  const match = /^access log (.+)$/iu.exec(typed);
  return match === null ? undefined : { kind: 'log', about: match[1] ?? '' };
}

/** "case team add REF to TEAM", "restrict REF": reference and team as they were typed. */
function readCaseRights(typed: string): Command | undefined {
  const team = /^case team add (.+?) to (.+)$/iu.exec(typed);
  if (team !== null) return { kind: 'teamAdd', reference: team[1] ?? '', team: team[2] ?? '' };
  const restrict = /^restrict (.+)$/iu.exec(typed);
  return restrict === null ? undefined : { kind: 'restrict', reference: restrict[1] ?? '' };
}

/** "deputy PERSON until DATE": the day as `YYYY-MM-DD` or `DD/MM/YYYY`. */
function readDeputy(typed: string): Command | undefined {
  const match = /^deputy (.+) until (\S+)$/iu.exec(typed);
  if (match === null) return undefined;
  const [, name = '', day = ''] = match;
  const british = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/u.exec(day);
  const until =
    british === null
      ? day
      : `${british[3] ?? ''}-${(british[2] ?? '').padStart(2, '0')}-${(british[1] ?? '').padStart(2, '0')}`;
  return { kind: 'deputy', name, until };
}

/** "link SL-… REF": the reference as it was typed. */
function readLink(typed: string): Command | undefined {
  const match = /^link (sl[-–— ]?[0-9a-z]{8})(?: (.+))?$/iu.exec(typed);
  if (match === null) return undefined;
  const reference = match[2] === undefined ? {} : { reference: match[2] };
  return { kind: 'begin', purpose: 'linked', number: readRecordNumber(match[1] ?? ''), ...reference };
}
