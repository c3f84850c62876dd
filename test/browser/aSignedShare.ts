import type { Inputs } from '../journeys/aCard.ts';
import { answerAll } from '../journeys/aChat.ts';
import { SPOKEN } from '../journeys/answers.ts';
import type { Teams } from './aTeams.ts';

/** A share of Priya Shah's that was signed on another device; its number, once the page shows the receipt. */
export async function aSignedShare(teams: Teams, changes: Inputs = {}): Promise<string> {
  const check = await answerAll(await teams.bot.chat('priya').ask('record share'), { ...SPOKEN, ...changes });
  const receipt = await check.press('Sign and save', { signature: 'Priya Shah' });
  await teams.shows(receipt.heading);
  return receipt.heading.replace('Saved: ', '');
}
