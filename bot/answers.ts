import { draftTitle } from '../cards/draftTitle.ts';
import { recordingCard } from '../cards/draftCards.ts';
import { plainButton, type Card } from '../cards/elements.ts';
import { listStub } from '../cards/listCards.ts';
import { helpCard, noticeCard, nothingCard } from '../cards/noticeCards.ts';
import { deputyCard, openStub, sentCard } from '../cards/nudgeCards.ts';
import { overviewCard } from '../cards/overviewCard.ts';
import { draftStub, historyStub, recordStub } from '../cards/recordCards.ts';
import { restrictionStub, teamAddedCard } from '../cards/restrictionCards.ts';
import { searchForm, searchStub } from '../cards/searchCards.ts';
import { summaryStub } from '../cards/summaryCard.ts';
import { mayListUnlinked } from '../src/access.ts';
import { sealAsked } from '../src/asked.ts';
import { addCaseTeam } from '../src/caseTeams.ts';
import { nameDeputy } from '../src/nudging/acting.ts';
import { sentNudges } from '../src/nudging/sent.ts';
import { teamOverview } from '../src/overview.ts';
import type { Person } from '../src/people.ts';
import { begin } from '../src/recording/beginning.ts';
import { listDrafts, startDraft } from '../src/recording/drafting.ts';
import { readWish } from '../src/searchWish.ts';
import { helpLines } from './commandList.ts';
import type { Command } from './commands.ts';
import { logMessage } from './logActions.ts';
import { caseTyped } from './restrictionActions.ts';
import { sealWish } from './searchActions.ts';
import type { Services } from './services.ts';
import { urgentMessage } from './urgentActions.ts';

/** The message that answers a command. It may be stored, so it holds nothing of the case. */
export async function answerTo(
  services: Services,
  person: Person,
  userId: string,
  command: Command,
  teamId?: string,
): Promise<Card> {
  switch (command.kind) {
    case 'start': {
      const view = await startDraft(services.recording, person, command.type, {
        teamId,
        isUrgent: command.isUrgent,
      });
      const card = recordingCard(view);
      return view.kind === 'questions' ? formMessage(card, view.draft.draftId, userId) : card;
    }
    case 'drafts':
      return recordingCard(await listDrafts(services.recording, person));
    case 'record':
      return command.number === undefined ? nothingCard() : recordStub(command.number, userId);
    case 'history':
      return command.number === undefined ? nothingCard() : historyStub(command.number, userId);
    case 'begin': {
      const number = command.number ?? 'SL-none';
      const view = await begin(services.recording, person, number, command.purpose, command.reference);
      if (view.kind !== 'questions' && view.kind !== 'check') return recordingCard(view);
      const { draftId } = view.draft;
      return formMessage(draftStub(draftId, draftTitle(view.draft, view.type)), draftId, userId);
    }
    case 'list':
      return command.list === 'unlinked' && !mayListUnlinked(person) ? nothingCard() : listStub(command.list, userId);
    case 'summary':
      return summaryStub({ asked: sealAsked(services.keys, person.id, command.reference) }, userId);
    case 'whichCase':
      return noticeCard('Which case?', 'Type its reference after it, such as: case summary RFS-10422');
    case 'urgentAccess':
      return urgentMessage(services, person, command.wanted);
    case 'search': {
      if (command.text === '') return searchForm();
      const wish = readWish(command.text, services.searching.caseReferencePattern);
      return searchStub(sealWish(services, person, wish), userId);
    }
    case 'log':
      return logMessage(services, person, command.about, userId);
    case 'restrict':
      return restrictionStub({ asked: sealAsked(services.keys, person.id, command.reference) }, userId);
    case 'teamAdd': {
      const { reference, team } = command;
      return teamAddedCard(await addCaseTeam(services.opening, person, caseTyped(reference), team));
    }
    case 'missing':
      return openStub('missing', userId);
    case 'overview': {
      const teams = await teamOverview(services.opening, person);
      return teams === undefined ? nothingCard() : overviewCard(teams);
    }
    case 'nudges': {
      const lines = await sentNudges(services.nudging, person);
      return lines === undefined ? nothingCard() : sentCard(lines);
    }
    case 'deputy':
      return deputyCard(await nameDeputy(services.nudging, person, command.name, command.until));
    case 'help':
      return helpCard(helpLines(person), true);
    case 'unknown':
      return helpCard(helpLines(person), false);
    default:
      return command satisfies never;
  }
}

/** The first card of a form, blank as it is, may be stored; `refresh` brings the current step to each of the person's devices. */
export function formMessage(card: Card, draftId: string, userId: string): Card {
  return {
    ...card,
    refresh: { action: plainButton('Show where it stands', 'draft.open', { draftId }), userIds: [userId] },
  };
}
