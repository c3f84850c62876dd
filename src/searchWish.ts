import { z } from 'zod';
import { placeholderFault, foldWords } from './placeholders.ts';
import { readRecordNumber } from './ids.ts';
import { caseBlock } from './records/blocks/caseBlock.ts';
import { RECORD_TYPES } from './records/registry.ts';
import type { RecordType } from './recordType.ts';

const typed = z.string().exactOptional();
const wish = z.strictObject({
  /** A case reference, or a record's number. */
  reference: typed,
  /** The whole name of the other organisation. */
  organisation: typed,
  /** The id of a record type, or what stands for one. */
  type: typed,
  from: typed,
  to: typed,
  /** The name of whoever made the record. */
  author: typed,
  isOpen: z.literal(true).exactOptional(),
});

/** What somebody wants to find, as they typed it: nothing of it was looked at yet. */
export type Wish = Readonly<z.infer<typeof wish>>;

/** As text, to be sealed. */
export function packWish(wanted: Wish): string {
  return JSON.stringify(wanted);
}

/** A wish that was packed; `undefined` for any other text. */
export function unpackWish(text: string): Wish | undefined {
  try {
    const read = wish.safeParse(JSON.parse(text));
    return read.success ? read.data : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/**
 * Reads what was typed after `search`: "RFS-10422 open", "from 1/11/2026 type share by Priya Shah", "organisation …". What
 * comes first, before such words, is a record's number, a case reference if it can be one, or else the whole name of an
 * organisation; so is the whole, when it cannot be read as such words to its end.
 * Source: issue “Case summary”, 3.
 */
export function readWish(text: string, pattern?: RegExp): Wish {
  const words = text.split(/\s+/u).filter((word) => word !== '');
  const clauses = clausesOf(words);
  const at = words.findIndex((_, nth) => clauses(nth) !== undefined);
  const first = (at < 0 ? words : words.slice(0, at)).join(' ');
  const rest = at < 0 ? {} : (clauses(at) ?? {});
  if (first === '') return rest;
  const isReference = readRecordNumber(first) !== undefined || isReferenceLike(first, pattern);
  return isReference || rest.organisation !== undefined
    ? { ...rest, reference: first }
    : { ...rest, organisation: first };
}

/** Whether this can be the reference of a case. Source: record-types, reference rule. */
export function isReferenceLike(text: string, pattern?: RegExp): boolean {
  return placeholderFault(caseBlock.fields.caseReference, text, pattern) === undefined;
}

/** The record type that people call this: by its id, its command, or its title. */
export function typeNamed(text: string): RecordType | undefined {
  const folded = foldWords(text);
  return RECORD_TYPES.find(({ id, command, title }) =>
    [id, command, title, command.replace(/^record /u, '')].some((name) => foldWords(name) === folded),
  );
}

/** Words that the name of a type takes at most: "decided not to share". */
const TYPE_WORDS = 4;

/** Reads the words from a place on, to the end, as clauses: `undefined` when they are not. Each place is read once. */
function clausesOf(words: readonly string[]): (from: number) => Wish | undefined {
  const known = new Map<number, Wish | undefined>();

  function at(from: number): Wish | undefined {
    if (from === words.length) return {};
    if (!known.has(from)) known.set(from, read(from));
    return known.get(from);
  }

  function read(from: number): Wish | undefined {
    const next = from + 1;
    switch (words[from]?.toLowerCase()) {
      case 'open':
        return and({ isOpen: true }, at(next));
      case 'from':
      case 'to':
        return readDay(words[from]?.toLowerCase() === 'from' ? 'from' : 'to', next);
      case 'type':
        return readType(next);
      case 'by':
        return readName('author', next);
      case 'org':
      case 'organisation':
        return readName('organisation', next);
      default:
        return undefined;
    }
  }

  function readDay(field: 'from' | 'to', from: number): Wish | undefined {
    const day = words[from] ?? '';
    return /\d/u.test(day) ? and({ [field]: day }, at(from + 1)) : undefined;
  }

  function readType(from: number): Wish | undefined {
    for (let end = Math.min(from + TYPE_WORDS, words.length); end > from; end -= 1) {
      const named = words.slice(from, end).join(' ');
      const rest = end === from + 1 || typeNamed(named) !== undefined ? at(end) : undefined;
      if (rest !== undefined) return { type: typeNamed(named)?.id ?? named, ...rest };
    }
    return undefined;
  }

  function readName(field: 'author' | 'organisation', from: number): Wish | undefined {
    for (let end = from + 1; end <= words.length; end += 1) {
      const rest = at(end);
      if (rest !== undefined) return { [field]: words.slice(from, end).join(' '), ...rest };
    }
    return undefined;
  }

  return at;
}

function and(one: Wish, rest: Wish | undefined): Wish | undefined {
  return rest && { ...one, ...rest };
}
