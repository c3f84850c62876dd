import { writeFileSync } from 'node:fs';
import type { AnyCondition } from '../../src/conditions.ts';
import { LIMITS, type Field, type FieldKind, type Options } from '../../src/fields.ts';
import type { RecordType, Section } from '../../src/recordType.ts';
import { RECORD_TYPES } from '../../src/records/registry.ts';

/** Where the page stands. */
export const PAGE = new URL('../../docs/record-types.md', import.meta.url);

const KINDS: Readonly<Record<FieldKind, string>> = {
  text: `text, at most ${LIMITS.text} characters`,
  longText: `longText, at most ${LIMITS.longText} characters`,
  phone: `phone, at most ${LIMITS.phone} characters, at least 3 digits`,
  choice: 'choice, one of',
  choices: 'choices, any of',
  date: 'date',
  dateTime: 'dateTime, a date and a time in Europe/London',
};

const RULES = {
  name: 'name rule: at least two letters, and no placeholder such as “tbc” or “n/a”',
  why: 'why rule: at least two words, and neither a placeholder nor a pointer such as “see file”',
  reference: 'reference rule: 2 to 64 letters, digits, spaces and - / . _, with a digit',
} as const;

const PLACES = { journey: 'asked on the way', signing: 'asked on the check card', offered: 'behind a button' } as const;

/** The reference page of every record type, in Markdown, from the declarations alone. */
export function recordTypesPage(): string {
  return [
    '# Record types',
    'Made from the declarations in `src/records/` by `npm run docs`. Do not edit it: a test compares the two.',
    'Every question must be answered when it is asked, unless it says otherwise. Answers to questions that no longer apply stay in the draft and are not signed. Each record is signed with a typed name.',
    ...RECORD_TYPES.flatMap(typePart),
  ].join('\n\n').concat('\n'); // prettier-ignore
}

function typePart(type: RecordType): readonly string[] {
  const facts = [`- Command: \`${type.command}\``, `- Id: \`${type.id}\``, `- Source: ${type.source}`];
  return [`## ${type.title}`, facts.join('\n'), ...type.sections.flatMap((section) => sectionPart(type, section))];
}

function sectionPart(type: RecordType, section: Section): readonly string[] {
  const place = PLACES[section.place ?? 'journey'];
  const button = section.button === undefined ? '' : ` “${section.button}”`;
  return [
    `### ${section.title}`,
    `Section \`${section.id}\`, ${place}${button}.`,
    ...section.fields.map((name) => fieldPart(type, name)),
  ];
}

function fieldPart(type: RecordType, name: string): string {
  const field = type.fields[name];
  if (field === undefined) return '';
  return [`#### \`${name}\``, field.label, factsOf(type, name, field).join('\n')].join('\n\n');
}

function factsOf(type: RecordType, name: string, field: Field): readonly string[] {
  const { [name]: asked } = type.askWhen;
  const implied = type.implied[name];
  const checks = [...new Set(type.checks.filter(({ on }) => on === name).map(({ source }) => source))];
  return [
    `- Kind: ${KINDS[field.kind]}`,
    ...('options' in field ? optionLines(field.options) : []),
    `- Asked: ${asked === undefined ? 'always' : `when ${conditionWords(asked)}`}`,
    `- Required: ${requiredWords(type, name, field)}`,
    ...('rule' in field && field.rule !== undefined ? [`- Rule: ${RULES[field.rule]}`] : []),
    ...('noneAllowed' in field ? ['- “none” is a complete answer'] : []),
    ...('alone' in field && field.alone !== undefined ? [`- \`${field.alone}\` cannot stand with another`] : []),
    ...(name in type.defaults ? ['- A default is offered'] : []),
    ...(name in type.notOffered ? ['- Some options are offered only to some agencies or for some dates'] : []),
    ...(implied === undefined ? [] : [`- When it is ruled out: recorded as \`${implied.value}\`, “${implied.reads}”`]),
    ...(checks.length === 0 ? [] : [`- Also checked: ${checks.join('; ')}`]),
    ...(field.retired === undefined ? [] : [`- Retired: ${field.retired}`]),
    `- Source: ${field.source}`,
  ];
}

function optionLines(options: Options): readonly string[] {
  return Object.entries(options).map(([key, { label, source, retired }]) => {
    const from = source === undefined ? '' : ` (${source})`;
    return `  - \`${key}\`: ${label}${from}${retired === undefined ? '' : ` (retired ${retired})`}`;
  });
}

function requiredWords(type: RecordType, name: string, field: Field): string {
  const condition = type.requiredWhen[name];
  if (condition !== undefined) return `when ${conditionWords(condition)}`;
  return field.optional === true ? 'no' : 'whenever it is asked';
}

/** A condition in words: "`consent` is `with` or `partly`". */
function conditionWords(condition: AnyCondition): string {
  if ('not' in condition) return `not (${conditionWords(condition.not)})`;
  if ('all' in condition) return condition.all.map(partWords).join(' and ');
  if ('any' in condition) return condition.any.map(partWords).join(' or ');
  const field = `\`${condition.field}\``;
  if ('blank' in condition) return `${field} is ${condition.blank ? 'blank' : 'answered'}`;
  return 'is' in condition ? `${field} is ${keysWords(condition.is)}` : `${field} has ${keysWords(condition.has)}`;
}

function partWords(condition: AnyCondition): string {
  return 'all' in condition || 'any' in condition ? `(${conditionWords(condition)})` : conditionWords(condition);
}

function keysWords(keys: string | readonly string[]): string {
  return (typeof keys === 'string' ? [keys] : keys).map((key) => `\`${key}\``).join(' or ');
}

if (import.meta.main) writeFileSync(PAGE, recordTypesPage());
