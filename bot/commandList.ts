import { LISTS } from '../cards/listCards.ts';
import type { HelpLine } from '../cards/noticeCards.ts';
import { mayListUnlinked, mayReadAccessLog, mayRecord } from '../src/access.ts';
import type { Person } from '../src/people.ts';
import type { Beginning } from '../src/recording/beginning.ts';
import { amendment, dispute, link, outcomeAddition, withdrawal } from '../src/records/additions.ts';
import { RECORD_TYPES } from '../src/records/registry.ts';
import type { RecordType } from '../src/recordType.ts';

/** Where Teams offers a command before anything is typed. */
export type MenuScope = 'personal' | 'team' | 'groupChat';

/** A command as help and the menus of Teams tell of it. What a person adds to it stands in capitals. */
export interface ListedCommand extends HelpLine {
  /** Whom help tells of it; without it, everybody. */
  readonly isFor?: (person: Person) => boolean;
  /** The menus of Teams that it stands in: at most twelve a scope, which packaging checks. */
  readonly menus?: readonly MenuScope[];
}

/** A command that starts a record, with the verb that does the same at a press. */
export interface Start extends HelpLine {
  readonly type: RecordType;
  readonly isUrgent: boolean;
  readonly verb: string;
}

const EVERYWHERE: readonly MenuScope[] = ['personal', 'team', 'groupChat'];
const PERSONAL: readonly MenuScope[] = ['personal'];

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

/** The commands that begin a further version of a record, each with a number after it. */
export const VERSIONS = [
  { type: outcomeAddition, purpose: 'outcome' },
  { type: amendment, purpose: 'amended' },
  { type: withdrawal, purpose: 'withdrawn' },
  { type: dispute, purpose: 'disputed' },
].map(({ type, purpose }) => ({ words: type.command, type, purpose: purpose as Beginning })); // the literal is one

const isManager = ({ roles }: Person): boolean => roles.includes('manager');
const managesOrKeeps = ({ roles }: Person): boolean => roles.includes('manager') || roles.includes('recordsOfficer');

/** Every command, in the order of help. */
export const COMMANDS: readonly ListedCommand[] = [
  ...STARTS.map(({ command, does, verb }) => ({ command, does, verb, isFor: mayRecord, menus: EVERYWHERE })),
  {
    command: 'drafts',
    does: 'Go on with a record that is not finished.',
    verb: 'draft.list',
    isFor: mayRecord,
    menus: PERSONAL,
  },
  {
    command: 'missing outcomes',
    does: 'See what is still open, in your records and your teams’.',
    verb: 'nudge.missing',
    isFor: mayRecord,
    menus: PERSONAL,
  },
  {
    command: 'case summary REF',
    does: 'See what was shared on a case, with whom and on what footing.',
    isFor: mayRecord,
    menus: EVERYWHERE,
  },
  {
    command: 'urgent access REF',
    does: 'Open a case for an hour when someone is at risk. It asks why, and tells its managers.',
    verb: 'urgent.ask',
    isFor: mayRecord,
    menus: PERSONAL,
  },
  {
    command: 'my records',
    does: 'See the records that you have made.',
    verb: LISTS.mine.verb,
    isFor: mayRecord,
    menus: PERSONAL,
  },
  { command: 'team overview', does: 'See how much your teams record, and what is left open.', isFor: isManager },
  {
    command: 'deputy PERSON until DATE',
    does: 'Have somebody stand in for you, such as until 15/01/2027.',
    isFor: isManager,
  },
  { command: 'case team add REF to TEAM', does: 'Let another team see a case.', isFor: managesOrKeeps },
  {
    command: 'restrict REF',
    does: 'Have only named people see a case, or change who is named.',
    isFor: managesOrKeeps,
  },
  { command: 'nudges', does: 'See which daily cards were sent, and with what result.', isFor: managesOrKeeps },
  {
    command: 'unlinked',
    does: 'See the records that have no case.',
    verb: LISTS.unlinked.verb,
    isFor: mayListUnlinked,
  },
  {
    command: 'access log …',
    does: 'See who opened what, on a case, with a record (SL-…) or by a person: give its reference, its number or the name.',
    isFor: mayReadAccessLog,
  },
  {
    command: 'search',
    does: 'Find records by case, organisation, day, kind or author.',
    verb: 'search.form',
    menus: PERSONAL,
  },
  { command: 'record SL-…', does: 'Open a record by its number.' },
  { command: 'history SL-…', does: 'See what was changed in a record, by whom, when and why.' },
  { command: 'link SL-… REF', does: link.does },
  ...VERSIONS.map(({ words, type, purpose }) => ({
    command: `${words} SL-…`,
    does: type.does,
    isFor: (person: Person) => mayRecord(person) || purpose === 'disputed',
  })),
  { command: 'help', does: 'Show this list.', menus: EVERYWHERE },
];

/** What help says, for this person. */
export function helpLines(person: Person): readonly HelpLine[] {
  return COMMANDS.filter(({ isFor }) => isFor === undefined || isFor(person)).map(({ command, does, verb }) => ({
    command,
    does,
    ...(verb === undefined ? {} : { verb }),
  }));
}

/** What a menu of Teams offers, in the order of help: the words that are typed, without what a person adds. */
export function menuOf(scope: MenuScope): readonly { readonly title: string; readonly description: string }[] {
  return COMMANDS.filter(({ menus }) => menus?.includes(scope) === true).map(({ command, does }) => ({
    title: command.replace(/ [A-Z]{2,}.*$/u, ''),
    description: does,
  }));
}
