import { CardFactory, type Activity, type TurnContext } from 'botbuilder';
import { noticeCard, welcomeCard } from '../cards/noticeCards.ts';
import type { Card } from '../cards/elements.ts';
import { dateOf } from '../src/londonTime.ts';
import { welcomeNotice } from '../src/notices.ts';
import type { Person } from '../src/people.ts';
import { helpLines } from './commandList.ts';
import { personOf, placeOf } from './identity.ts';
import { rememberConversation } from './personalChat.ts';
import type { Services } from './services.ts';

export const NOT_KNOWN = 'Sharing Log does not know you. Ask your IT team to add you, then try again.';

/**
 * The app was installed for a person or taken away from them, by whomever, or changed to another version. Of a team nothing
 * is kept. Whoever has it is welcomed once; a new version welcomes nobody.
 * Source: issue “In a real tenant”, 4; docs/decisions/0022.
 */
export async function onInstallation(services: Services, context: TurnContext): Promise<void> {
  const { activity } = context;
  if (placeOf(activity).kind !== 'personal') return;
  if (activity.action === 'remove' || activity.action === 'remove-upgrade') return lose(services, activity);
  if (activity.action !== 'add' && activity.action !== 'add-upgrade') return;
  const person = await personOf(services.directory, activity);
  if (person === undefined)
    return activity.action === 'add' ? send(context, noticeCard('Not known here', NOT_KNOWN)) : undefined;
  await rememberConversation(services, activity, person);
  if (activity.action === 'add') await welcome(services, context, person);
}

/** The bot came into somebody's own chat, or went from it. Sends nothing: the installation does. */
export async function onMembers(services: Services, { activity }: TurnContext): Promise<void> {
  if (placeOf(activity).kind !== 'personal') return;
  if (isAmong(activity.membersRemoved, activity)) return lose(services, activity);
  if (!isAmong(activity.membersAdded, activity)) return;
  const person = await personOf(services.directory, activity);
  if (person !== undefined) await rememberConversation(services, activity, person);
}

function isAmong(members: Activity['membersAdded'], { recipient }: Activity): boolean {
  return Array.isArray(members) && members.some((member) => member.id === recipient.id);
}

/** Nobody writes to them until they write, or have the app again. */
async function lose({ directory, stores }: Services, activity: Activity): Promise<void> {
  const person = await personOf(directory, activity);
  if (person !== undefined) await stores.nudges.setReachable(person.id, false);
}

/** Of several processes that hear of the same installation, one welcomes; and once a day, however often Teams tells of it. */
async function welcome({ stores, clock }: Services, context: TurnContext, person: Person): Promise<void> {
  const notice = welcomeNotice(person.id, dateOf(clock.now()), clock.now());
  await stores.notices.queue([notice]);
  if (!(await stores.notices.claim(notice))) return;
  await stores.notices.settle(notice.noticeId, 'sent');
  await send(context, welcomeCard(helpLines(person)));
}

async function send(context: TurnContext, card: Card): Promise<void> {
  await context.sendActivity({
    type: 'message',
    attachments: [CardFactory.adaptiveCard(card)],
    summary: 'Sharing Log',
  });
}
