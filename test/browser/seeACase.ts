import { PARTLY, SPOKEN } from '../journeys/answers.ts';
import { aSignedShare } from './aSignedShare.ts';
import type { Teams } from './aTeams.ts';

const CASE = PARTLY.caseReference ?? '';

/** Calls `look` at the summary of a case, at what there is where nothing may be seen, and at what opens it all the same. */
export async function seeACase(teams: Teams, look: (name: string) => Promise<void>): Promise<void> {
  await aSignedShare(teams, { ...SPOKEN, caseReference: CASE });
  await aSignedShare(teams, PARTLY);
  await teams.say(`case summary ${CASE}`);
  await teams.shows('Keep this from');
  await look('the summary of a case');
  await teams.say('case summary ZZ-404');
  await teams.shows('Nothing here');
  await look('nothing that may be seen');
  await teams.become('Ffion Example');
  await teams.say(`urgent access ${CASE}`);
  await teams.shows('Urgent access');
  await look('why it is needed');
  await teams.answerCard({ 'Why do you need it now?': 'He has not come home, and I am with his mother.' });
  await teams.press('Open for an hour');
  await teams.shows('Keep this from');
  await look('a case that is open for an hour');
  await teams.become('Maureen Castle');
  await teams.say('team overview');
  await teams.shows('Team overview');
  await look('the overview of a team');
}
