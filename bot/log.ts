import { constants } from 'node:os';
import { ERROR_CODES } from '../src/errors.ts';
import type { Keys } from '../src/keyPorts.ts';
import { correlationId } from './correlation.ts';
import { LATE, LOG_CODES, type FieldKind, type LogCode } from './logCodes.ts';

type ValueOf<K> = K extends 'count' ? number : K extends readonly string[] ? K[number] : string;

/** What may be said with a code. */
export type LogFields<C extends LogCode> = {
  readonly [F in keyof (typeof LOG_CODES)[C]['fields']]?: ValueOf<(typeof LOG_CODES)[C]['fields'][F]>;
};

/** Writes one line: a code and what `LOG_CODES` allows with it. What people typed never reaches it. */
export type Log = <C extends LogCode>(code: C, fields?: LogFields<C>) => void;

/** A line as it is written. */
export type LogLine = { readonly code: LogCode } & Readonly<Record<string, string | number>>;

export type LogLevel = (typeof LOG_CODES)[LogCode]['level'];

export interface LogParts {
  /** Where lines go. */
  readonly write: (line: LogLine, level: LogLevel) => void;
  /** Turns somebody's id into what may be written. */
  readonly hash: (personId: string) => string;
  /** Hears how much was kept out of a line. */
  readonly dropped: (count: number) => void;
}

/** Our own faults, and those of the operating system and of looking up a host. */
const FAULTS: ReadonlySet<string> = new Set([
  ...[...ERROR_CODES, LATE, 'unknown'],
  ...[...Object.keys(constants.errno), 'ENOTFOUND', 'EAI_AGAIN'],
]);

/** The codes of Node, of its HTTP client and parser, and of the Azure libraries; none is made of what somebody typed. */
const OTHERS = /^(?:ERR|UND_ERR|HPE|REQUEST|PARSE|ABORT)_[A-Z0-9_]{1,60}$/u;

/**
 * Makes the one way into the log. Fields are checked when they are written as well as when this is compiled: one that is not
 * named, or that is none of its kind, is left out, and a line `log.dropped` and the figures say so. Within a turn each line
 * has its correlation id.
 * Source: issue “In a real tenant”, 6; project decision 0021.
 */
export function createLog({ write, hash, dropped }: LogParts): Log {
  function send(code: LogCode, fields: Readonly<Record<string, string | number>>): void {
    const correlation = correlationId();
    write({ code, ...fields, ...(correlation === undefined ? {} : { correlation }) }, LOG_CODES[code].level);
  }

  function drop(of: LogCode | undefined, count: number): void {
    dropped(count);
    send('log.dropped', { ...(of === undefined ? {} : { of }), count });
  }

  return (code, fields = {}) => {
    // Whoever is not bound by the types may say anything.
    if (!isLogCode(code)) return drop(undefined, 1);
    const kinds: Readonly<Record<string, FieldKind>> = LOG_CODES[code].fields;
    const kept: Record<string, string | number> = {};
    let lost = 0;
    for (const [name, value] of Object.entries<unknown>(fields)) {
      if (value === undefined) continue;
      const text = Object.hasOwn(kinds, name) ? written(kinds[name], value, hash) : undefined;
      if (text === undefined) lost += 1;
      else kept[name] = text;
    }
    send(code, kept);
    if (lost > 0) drop(code, lost);
  };
}

/** Somebody's id as it stands in the log: the first 64 bits of a keyed hash that is used for nothing else. */
export function personHash(keys: Pick<Keys, 'lookupHash'>): (personId: string) => string {
  return (personId) => keys.lookupHash('log', personId.toLowerCase()).slice(0, 16);
}

/** Whether the table has this code. */
export function isLogCode(code: unknown): code is LogCode {
  return typeof code === 'string' && Object.hasOwn(LOG_CODES, code);
}

/** What is written of a value; `undefined` when it is none of its kind. */
function written(kind: FieldKind | undefined, value: unknown, hash: LogParts['hash']): string | number | undefined {
  if (kind === 'count') return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
  if (kind === undefined || typeof value !== 'string') return undefined;
  switch (kind) {
    case 'fault':
      return FAULTS.has(value) || OTHERS.test(value) ? value : undefined;
    case 'logCode':
      return isLogCode(value) ? value : undefined;
    case 'person':
      return hash(value);
    default:
      return kind.includes(value) ? value : undefined;
  }
}
