import { textIn, type Answers, type LocalDate } from '../fields.ts';
import { dateOf } from '../londonTime.ts';
import type { Situation } from '../recordType.ts';
import { addWorkingDays } from '../workingDays.ts';

/** The London day of the contact; today while it is not answered. */
export function contactDay(answers: Answers, situation: Situation): LocalDate {
  const contactAt = textIn(answers.contactAt);
  return contactAt === undefined ? situation.today : dateOf(contactAt);
}

/** So many working days after the contact, and never before the next working day. */
export function afterContact(answers: Answers, situation: Situation, workingDays: number): LocalDate {
  const due = addWorkingDays(contactDay(answers, situation), workingDays);
  const earliest = addWorkingDays(situation.today, 1);
  return due < earliest ? earliest : due;
}
