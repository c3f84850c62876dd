import { LOG_CODES, type LogCode } from '../bot/logCodes.ts';
import { loadPeople } from '../bot/local/people.ts';
import { foundIn } from './bot/clearText.ts';
import { EVERY_LINE, EVERY_PRINTED } from './loggedLines.ts';

/** Texts that stand in what tests type, send and keep: by what they are, as what they say is not to be printed. */
function canaries(): Readonly<Record<string, readonly string[]>> {
  const { people, teams, tenantId } = loadPeople(undefined);
  return {
    'the name of a person': people.map(({ name }) => name),
    'an e-mail address': people.map(({ email }) => email),
    'an object id': [...people, ...teams].map(({ id }) => id),
    'the id of the tenant': [tenantId],
    'the name of a team': teams.map(({ name }) => name),
    'what was typed': ['Kanari', 'Ŵŷŵ', 'CANARY', 'Exampleshire'],
    'the reference of a case': ['KNR-80808', 'KNR-90909', 'KNR-70707', 'RFS-10422'],
    'a secret': ['a-token-for-teams', 'a-secret-of-the-tests', 'a-made-up-token-of-the-tests'],
  };
}

/** What is known by its form. */
const FORMS: Readonly<Record<string, RegExp>> = {
  'a token': /eyJ[\w-]{8}/u,
  'the number of a record': /\bSL-[0-9A-Z]{8}\b/u,
  'an id': /[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}/iu,
  'a key or a hash in full': /[\da-f]{32}|[A-Za-z0-9+/_-]{40}/u,
  'an address': /https?:|@/u,
  'free text': /\s/u,
};

/** What stands in lines of the log that must not: the code of the line and what sort of thing it is, never the thing. */
export function leaksIn(lines: Iterable<string>): readonly string[] {
  const leaks = new Set<string>();
  // Lines that differ by their turn only are looked at once.
  const told = new Set([...lines].map((line) => JSON.stringify({ ...parsed(line), correlation: undefined })));
  const sorts = Object.entries(canaries());
  for (const line of told) {
    const { code, ...fields } = parsed(line);
    const named = isLogCode(code) ? code : 'a line without a code';
    const allowed: readonly string[] = isLogCode(code) ? Object.keys(LOG_CODES[code].fields) : [];
    if (Object.keys(fields).some((name) => !allowed.includes(name))) leaks.add(`${named}: a field that is not listed`);
    if (!isLogCode(code)) leaks.add(`${named}: not in the table`);
    const bytes = Buffer.from(line);
    for (const [sort, texts] of sorts) if (foundIn(bytes, texts).length > 0) leaks.add(`${named}: ${sort}`);
    for (const [sort, form] of Object.entries(FORMS)) if (form.test(line)) leaks.add(`${named}: ${sort}`);
  }
  return [...leaks].toSorted();
}

/**
 * The same in what processes printed: lines of the log, which have a code, are looked at as such. The others are sentences for
 * whoever runs a command or starts a bot, who may read numbers of records, ids and addresses there, and nothing else of these.
 */
export function leaksInPrinted(lines: Iterable<string>): readonly string[] {
  const logged: string[] = [];
  const said: string[] = [];
  for (const line of lines) {
    const { level: _level, time: _time, ...fields } = line.startsWith('{') ? parsed(line) : {};
    if ('code' in fields) logged.push(JSON.stringify(fields));
    else said.push(line);
  }
  const text = said.join('\n');
  const bytes = Buffer.from(text);
  const sorts = Object.entries(canaries()).filter(([, texts]) => foundIn(bytes, texts).length > 0);
  const found = [...sorts.map(([sort]) => sort), ...(FORMS['a token']?.test(text) === true ? ['a token'] : [])];
  return [...leaksIn(logged), ...found.map((sort) => `what was printed: ${sort}`)];
}

function parsed(line: string): Readonly<Record<string, unknown>> {
  return JSON.parse(line) as Readonly<Record<string, unknown>>; // lines are objects
}

function isLogCode(code: unknown): code is LogCode {
  return typeof code === 'string' && Object.hasOwn(LOG_CODES, code);
}

/**
 * When all tests have run, what their bots logged and what processes of theirs printed is looked through. Mocha takes this
 * from `--require`.
 * Source: issue “In a real tenant”, proof.
 */
export const mochaHooks = {
  afterAll(): void {
    const leaks = [...leaksIn(EVERY_LINE), ...leaksInPrinted(EVERY_PRINTED)];
    if (leaks.length > 0) throw new Error(`The log, or what was printed, holds what it must not:\n${leaks.join('\n')}`);
  },
};
