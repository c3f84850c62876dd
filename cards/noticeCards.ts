import type { Message } from '../src/noticePorts.ts';
import {
  box,
  buttons,
  card,
  heading,
  plainButton,
  subtle,
  words,
  type Action,
  type Card,
  type Element,
} from './elements.ts';

/** One command as help lists it. */
export interface HelpLine {
  readonly command: string;
  readonly does: string;
  /** The verb that does the same at a press; absent when the command needs something typed. */
  readonly verb?: string;
}

/** A short card that says one thing. */
export function noticeCard(title: string, text: string, actions: readonly Action[] = []): Card {
  return card([heading(title), words(text)], actions);
}

/**
 * The same card with a line on how little can be shown while the directory cannot be asked. It stands on every card alike, so that
 * it says nothing of what there is.
 */
export function withoutDirectory(drawn: Card): Card {
  const [note] = box('accent', 'The directory cannot be asked just now', [
    'You can record, sign and see your own records. Other people’s come back with it.',
  ]);
  return note === undefined ? drawn : { ...drawn, body: [...drawn.body, note] };
}

/** What the bot can be asked. Also the answer to what it did not understand, which is never repeated. */
export function helpCard(lines: readonly HelpLine[], understood: boolean): Card {
  return card([
    heading(understood ? 'What you can ask' : 'That was not understood'),
    subtle(
      understood ? 'Type one of these, or press its button.' : 'You can ask for these. Type one, or press its button.',
      'None',
    ),
    ...lines.flatMap(helpElements),
  ]);
}

function helpElements({ command, does, verb }: HelpLine): readonly Element[] {
  const title = verb?.startsWith('draft.start') === true ? 'Start' : 'Open';
  return [
    {
      type: 'ColumnSet',
      spacing: 'Medium',
      columns: [
        {
          type: 'Column',
          width: 'stretch',
          verticalContentAlignment: 'Center',
          items: [{ type: 'TextBlock', text: command, weight: 'Bolder', wrap: true }, subtle(does, 'None')],
        },
        ...(verb === undefined
          ? []
          : [
              {
                type: 'Column' as const,
                width: 'auto',
                items: [buttons([{ ...plainButton(title, verb, {}), tooltip: `${title}: ${command}` }])],
              },
            ]),
      ],
    },
  ];
}

/** The first message in a person's chat: what the bot keeps and who can see it. */
export function welcomeCard(lines: readonly HelpLine[]): Card {
  return card([
    heading('Sharing Log'),
    words(
      'Records what you share about children and families, so that colleagues and courts can see why it was right.',
    ),
    words(
      'What is kept: the answers you give, who you are, and when you signed. An unfinished record is kept for you until you sign or delete it.',
    ),
    words(
      'Who can see it: you, the teams of its case, your manager, and the records team. Where a case is restricted, only people who are named. Each time a record is opened, that is written down. Messages in this chat hold no names or case details.',
    ),
    ...lines.flatMap(helpElements),
  ]);
}

/**
 * The one answer for what does not exist and for what one may not see.
 * Source: architecture, "Who may do what".
 */
export function nothingCard(): Card {
  return noticeCard(
    'Nothing here',
    'Nothing here that you may see. Check the reference; if someone is at risk, ask for urgent access.',
    [plainButton('Ask for urgent access', 'urgent.ask', {})],
  );
}

type Told = Exclude<Message['what'], 'saved' | 'welcome'>;

const TOLD: Readonly<Record<Told, { readonly title: string; readonly text: string; readonly decides?: true }>> = {
  urgent: {
    title: 'An urgent record was made',
    text: 'It was signed with the little that was known. It is to be completed by noon of the next working day.',
  },
  ownRecords: {
    title: 'People asked for their own records',
    text: 'The records team must answer, as a rule within a month. The record says who asked, and when.',
  },
  identityNotConfirmed: {
    title: 'Shared without a check of who asked',
    text: 'Information was shared at a request, and it was not checked who was asking. The record says why.',
  },
  earlierLimits: {
    title: 'A case with limits to consent',
    text: 'Somebody has just recorded on the same case. They may not see this record, which tells of limits to consent. Read it, and decide what they need to know.',
  },
  urgentAccess: {
    title: 'A case was opened by urgent access',
    text: 'Somebody who may not otherwise see it said why they need it now, and may read it for an hour. You are told because you manage a team of the case, or look after records.',
  },
  restrictedAsked: {
    title: 'Urgent access was asked for',
    text: 'Somebody asked for a case that only certain people may see, and you are one of them. It was not opened. See why they asked, and decide what they must know now.',
  },
  muchLookedUp: {
    title: 'Much was looked up within an hour',
    text: 'One person has opened a great many cases or records, or has asked for many that they may not see. They are answered more slowly now, and nothing was taken from them. The access log says what they asked for.',
  },
  overtaken: {
    title: 'Not saved: somebody else was first',
    text: 'You signed, and the record was changed by somebody else before yours was saved. What you wrote is kept. Open it to go on with yours, or to delete it.',
  },
  restrictionAsked: {
    title: 'Only named people may see a case',
    text: 'The author of a record has asked for that. It holds already. Confirm or lift it within a working day.',
    decides: true,
  },
  restrictionOverdue: {
    title: 'A restriction waits to be decided',
    text: 'The author of a record has asked that only named people see its case. No manager has decided on it for a working day. It goes on holding until somebody does.',
    decides: true,
  },
};

/**
 * A message to somebody who must hear of something: no detail of the case, for it is kept in their chat. `about` is the
 * number of a record, or the id of urgent access, of a person or of a draft.
 */
export function toldCard(what: Told, about: string): Card {
  const { title, text, decides } = TOLD[what];
  // About a person, whom this message does not name: their log is brought by the press.
  if (what === 'muchLookedUp')
    return noticeCard(title, text, [plainButton('Open their log', 'log.open', { person: about }, 'positive')]);
  if (what === 'overtaken') return noticeCard(title, text, [plainButton('Open', 'draft.open', { draftId: about }, 'positive')]); // prettier-ignore
  if (what === 'urgentAccess' || what === 'restrictedAsked')
    return noticeCard(title, text, [plainButton('See who asked', 'urgent.show', { grantId: about }, 'positive')]);
  const open =
    decides === true
      ? plainButton('Decide', 'restriction.open', { number: about }, 'positive')
      : plainButton('Open record', 'record.open', { number: about }, 'positive');
  return card([heading(title), subtle(`Record ${about}`, 'None'), words(text)], [open]);
}

const FAULTS = {
  notSaved:
    'Your last press has not been saved: the log cannot be reached just now. What was saved before is safe. Try again in a moment.',
  busy: 'Not done yet: the log is very busy just now. What was saved before is safe, and your answers are kept as far as you had pressed Continue. Wait a moment, then press again.',
  unsure:
    'It is not known yet whether your last press was saved: the log did not answer in time. What was saved before is safe. Look where it stands in a moment.',
  unsureSigned:
    'It is not known yet whether your signature was kept: the log did not answer in time. Do not enter it again. If it was kept, the receipt comes here as soon as the record is saved; if not, your answers are still there to be signed. Look where it stands in a moment.',
  directory:
    'The directory of your organisation cannot be asked just now, so nobody’s rights can be looked up. What was saved before is safe. Try again in a few minutes.',
  unknown: 'Something went wrong here. What was saved before is safe. Try again in a moment.',
} as const;

/** How a fault with this code is told to people; `signed` when they had pressed to sign. */
export function faultOf(code: string, signed = false): keyof typeof FAULTS {
  if (code === 'store.unsure') return signed ? 'unsureSigned' : 'unsure';
  if (code === 'store.busy') return 'busy';
  if (code.startsWith('directory.')) return 'directory';
  return code.startsWith('store.') ? 'notSaved' : 'unknown';
}

/** Said when something went wrong on our side. Nothing of the fault itself is shown. */
export function faultCard(fault: keyof typeof FAULTS, retry?: Action): Card {
  return noticeCard('Not done', FAULTS[fault], retry === undefined ? [] : [retry]);
}
