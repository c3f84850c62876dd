import { randomBytes } from 'node:crypto';
import { loadPeople } from '../bot/local/people.ts';
import { personalPlace } from '../bot/local/places.ts';
import { cardInvokeActivity } from '../bot/local/teamsActivities.ts';
import type { Presser } from './pressing.ts';

/** The second card, filled in; the telephone number breaks a rule, so that the card comes back and can be sent again. */
export const RECIPIENT = {
  recipientName: 'Nia Practice',
  recipientJobTitle: 'Health visitor',
  recipientOrganisation: 'Exampleshire Health Visiting',
  recipientTelephone: '12',
};
export const CONTACT = { caseReference: 'RFS-10422', concerning: 'Q.Z., aged 5', contactAtDate: '2026-11-02', contactAtTime: '09:30', methods: 'phone' }; // prettier-ignore

/** The activity of a press on a card, with `«data»` where its data belongs. */
export function pressActivity(port: number): string {
  const people = loadPeople(undefined);
  const person = people.people[0];
  if (person === undefined) throw new Error('There are no people to press.');
  const context = {
    id: '1700000000000',
    person,
    place: personalPlace(person),
    tenantId: people.tenantId,
    serviceUrl: `http://127.0.0.1:${port}/local/connector/`,
    now: '2026-11-24T10:00:00.000Z',
  };
  const action = { type: 'Action.Execute', verb: '«verb»', data: '«data»' };
  return JSON.stringify(cardInvokeActivity(context, { activityId: '1', action, trigger: 'manual' }));
}

/**
 * Starts a draft and goes to its second card. Each press from there is a save of its own: the revision that it names is one
 * more than the last, and the answer must show that it was taken.
 */
export async function aDraftToPress(port: number): Promise<Presser> {
  const template = pressActivity(port);
  const bodyOf = (verb: string, data: object): string =>
    template.replace('«verb»', verb).replace('"«data»"', JSON.stringify(data));
  const draftId = await startDraft(port);
  const contact = { draftId, section: 'contact', revision: 1, ...CONTACT };
  await send(port, bodyOf('draft.next', contact), 'Who received it');
  let revision = 1;
  const nextBody = (): string => {
    revision += 1;
    return bodyOf('draft.next', { draftId, section: 'recipient', revision, ...RECIPIENT });
  };
  return { nextBody, expected: 'at least 3 digits' };
}

/** Presses the fixed card of the stock bot, with as much in its inputs. */
export function aFixedCardToPress(port: number): Presser {
  const draftId = randomBytes(13).toString('hex').toUpperCase();
  const data = JSON.stringify({ draftId, section: 'recipient', revision: 2, ...RECIPIENT });
  const body = pressActivity(port).replace('«verb»', 'draft.next').replace('"«data»"', data);
  return { nextBody: () => body, expected: 'What stands under Telephone' };
}

/** Starts a draft through the chat, as a person would, and reads its id from the form. */
async function startDraft(port: number): Promise<string> {
  const person = loadPeople(undefined).people[0]?.id ?? '';
  const chat = `http://127.0.0.1:${port}/local/chats/personal/${person}/messages`;
  const headers = { 'Content-Type': 'application/json' };
  const sent = await fetch(chat, { method: 'POST', headers, body: JSON.stringify({ text: 'record share' }) });
  if (!sent.ok) throw new Error(`The bot answered ${sent.status}.`);
  const ids = (await (await fetch(chat)).text()).match(/"draftId":"[0-9A-Z]{26}"/gu);
  const last = ids?.at(-1);
  if (last === undefined) throw new Error('The bot sent no form.');
  return last.slice('"draftId":"'.length, -1);
}

async function send(port: number, body: string, expected: string): Promise<void> {
  const url = `http://127.0.0.1:${port}/api/messages`;
  const answer = await fetch(url, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body });
  const text = await answer.text();
  if (!text.includes(expected)) throw new Error(`An unexpected answer: ${text.slice(0, 600)}`);
}
