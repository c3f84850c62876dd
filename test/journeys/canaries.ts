import assert from 'node:assert/strict';
import { PEOPLE, RIVERSIDE, type TestBot } from './aBot.ts';
import type { Inputs } from './aCard.ts';
import { http, type KeptMessage } from './aChat.ts';
import { URGENT } from './answers.ts';
import { BRANCHES } from './branches.ts';

export type Somebody = keyof typeof PEOPLE;

export const EVERYBODY = Object.keys(PEOPLE) as readonly Somebody[]; // the keys of the table are all there is
const NORTHGATE = '7d1f2c40-0000-4000-8000-7ea000000002';

/** The case of every canary record. */
export const CASE_OF_ALL = 'KNR-80808';

/** A branch of the tables, on the one case, with some answers changed. */
function onTheOneCase(name: string, changes: Inputs = {}): readonly [Somebody, string, Inputs] {
  const branch = BRANCHES[name];
  assert.ok(branch !== undefined, name);
  return ['priya', branch.command, { ...branch.answers, ...changes, caseReference: CASE_OF_ALL }];
}

/** Records that between them ask for everything that can be typed, and tell everybody who can be told. */
export const CANARY_RECORDS: readonly (readonly [Somebody, string, Inputs])[] = [
  onTheOneCase('a share with partial consent, beyond its limits, to someone without a telephone'),
  onTheOneCase('a share that a child under 16 decided about, of which the family was not told'),
  onTheOneCase('a request received, part of which was shared with partial consent, beyond its limits', {
    requestKind: 'ownRecords',
    requesterIdentity: 'notConfirmed',
    requesterIdentityDetail: 'She would not wait',
  }),
  onTheOneCase('a request received that was refused'),
  onTheOneCase('a request received that is not decided yet'),
  onTheOneCase('a request received that was passed on'),
  onTheOneCase(
    'a request made that was answered in part, with partial consent and limits, to someone without a telephone',
  ),
  onTheOneCase('a decision not to share, to be looked at again'),
  ['ffion', 'record share urgent', { ...URGENT, caseReference: CASE_OF_ALL }],
];

/** Marks every typed answer, so that it is found wherever it went; what was marked is added to `typed`. */
export function withCanaries(answers: Inputs, typed: string[], more = ''): Inputs {
  return Object.fromEntries(
    Object.entries(answers).map(([id, text]) => {
      if (!text.includes(' ')) return [id, text];
      const marked = id.endsWith('Telephone') ? text : `${text} Kanari${typed.length}${more}`;
      typed.push(marked);
      return [id, marked];
    }),
  );
}

/** What the bot has written into all chats: of every person, and of every team. */
export async function everyMessage(bot: TestBot): Promise<readonly KeptMessage[]> {
  const personal = await Promise.all(EVERYBODY.map((person) => bot.chat(person).messages()));
  const channels = await Promise.all(
    [RIVERSIDE, NORTHGATE].map((team) => http(`${bot.running.url}/local/chats/channel/${team}/messages`)),
  );
  const inChannels = channels.flatMap(({ body }) => body.messages as readonly KeptMessage[]); // the route's own answer
  return [...personal.flat(), ...inChannels].filter(({ sender }) => sender === 'bot');
}
