import type { AnyCondition } from '../../conditions.ts';
import type { Check, Reads } from '../../recordType.ts';
import { isBlank } from '../../fields.ts';

/** The words that differ between the person told, the person asking and the person asked. */
interface CounterpartWords {
  /** "Who received it?", asked of the name. */
  readonly who: string;
  /** "the recipient", within a sentence. */
  readonly them: string;
  readonly source: string;
}

const PARTS = ['Name', 'JobTitle', 'Organisation', 'Telephone'] as const;

const MISSING_OPTIONS = {
  name: { label: 'Name' },
  jobTitle: { label: 'Job title' },
  organisation: { label: 'Organisation' },
  telephone: { label: 'Telephone' },
} as const;

const MISSING_KEYS = {
  Name: 'name',
  JobTitle: 'jobTitle',
  Organisation: 'organisation',
  Telephone: 'telephone',
} as const;

/**
 * The fields of the other person: name, job title, organisation, telephone, and what of these could not be had.
 * Source: RK §3.1–3.3.
 */
export function counterpartFields<const P extends string>(prefix: P, words: CounterpartWords) {
  const { source, them } = words;
  return prefixed(prefix, {
    Name: {
      kind: 'text',
      rule: 'name',
      label: words.who,
      hint: 'Their full name.',
      mend: `Give the name of ${them}`,
      source,
    },
    JobTitle: { kind: 'text', rule: 'name', label: 'Their job title', mend: `Give the job title of ${them}`, source },
    Organisation: {
      kind: 'text',
      rule: 'name',
      label: 'Their organisation',
      mend: `Give the organisation of ${them}`,
      source,
    },
    Telephone: { kind: 'phone', label: 'Their telephone number', mend: `Give the telephone number of ${them}`, source },
    Missing: {
      kind: 'choices',
      label: 'Could not get one of these?',
      hint: 'Tick what you could not get and leave it blank above.',
      mend: 'Tick what you could not get',
      optional: true,
      options: MISSING_OPTIONS,
      source: 'Project decision 0003',
    },
    MissingReason: {
      kind: 'text',
      rule: 'name',
      label: 'Why could you not get it?',
      beside: 'Only if you ticked something above.',
      mend: `Say why you could not get these details of ${them}`,
      source: 'Project decision 0003',
    },
  } as const);
}

/** The parts of the block, in its order: the same of everybody, whatever the prefix. */
export const COUNTERPART_PARTS = [...PARTS, 'Missing', 'MissingReason'] as const;

export function counterpartInSummary<const P extends string>(prefix: P) {
  return { with: [[`${prefix}Organisation`]] } as const;
}

/** The names of the other person's fields, in the order of the block. */
export function counterpartNames<const P extends string>(prefix: P) {
  return [
    `${prefix}Name`,
    `${prefix}JobTitle`,
    `${prefix}Organisation`,
    `${prefix}Telephone`,
    `${prefix}Missing`,
    `${prefix}MissingReason`,
  ] as const;
}

/** When the reason for a gap is asked. */
export function counterpartAskWhen<const P extends string>(prefix: P) {
  return prefixed(prefix, { MissingReason: { field: `${prefix}Missing` as const, blank: false } } as const);
}

/** Each detail is required unless it is ticked as missing. */
export function counterpartRequiredWhen<const P extends string>(prefix: P) {
  return prefixed(prefix, {
    Name: unlessMissing(prefix, 'name'),
    JobTitle: unlessMissing(prefix, 'jobTitle'),
    Organisation: unlessMissing(prefix, 'organisation'),
    Telephone: unlessMissing(prefix, 'telephone'),
  } as const);
}

/** A detail that is ticked as missing and filled in as well is a contradiction. */
export function counterpartChecks<const P extends string>(
  prefix: P,
): readonly (Check & { readonly on: `${P}Missing` })[] {
  return PARTS.map((part) => ({
    on: `${prefix}Missing`,
    source: 'Project decision 0003',
    find: (answers) => {
      const ticked = answers[`${prefix}Missing`]?.includes(MISSING_KEYS[part]) === true;
      if (!ticked || isBlank(answers[`${prefix}${part}`])) return undefined;
      const named = MISSING_OPTIONS[MISSING_KEYS[part]].label.toLowerCase();
      return {
        level: 'problem',
        field: `${prefix}Missing`,
        text: `You gave the ${named} and ticked it as one you could not get. Untick it, or clear what you typed.`,
      };
    },
  }));
}

/** A detail that could not be had reads "not given (refused)", where its answer would stand. */
export function counterpartReads<const P extends string>(prefix: P) {
  const gap = (part: (typeof PARTS)[number]): Reads => {
    return (answers) => {
      const given = answers[`${prefix}${part}`];
      if (typeof given === 'string') return given;
      const reason = answers[`${prefix}MissingReason`];
      return typeof reason === 'string' ? `not given (${reason})` : undefined;
    };
  };
  const said: Reads = () => undefined;
  return prefixed(prefix, {
    Name: gap('Name'),
    JobTitle: gap('JobTitle'),
    Organisation: gap('Organisation'),
    Telephone: gap('Telephone'),
    Missing: said,
    MissingReason: said,
  });
}

function unlessMissing<const P extends string, const K extends string>(prefix: P, key: K) {
  return { not: { field: `${prefix}Missing`, has: key } } as const satisfies AnyCondition;
}

function prefixed<const P extends string, const T extends Record<string, unknown>>(prefix: P, parts: T) {
  const entries = Object.entries(parts).map(([key, value]) => [`${prefix}${key}`, value]);
  // Object.fromEntries forgets key types; each key is the prefix and the part's own name.
  return Object.fromEntries(entries) as { readonly [K in keyof T & string as `${P}${K}`]: T[K] };
}
