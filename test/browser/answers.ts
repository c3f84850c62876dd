import type { Answers } from './aTeams.ts';

const CASE: Answers = {
  'Case reference': 'RFS-10422',
  'Who is this about?': 'Q.Z., aged 5, and her aunt',
};

const SOMEBODY: Answers = {
  'Their job title': 'Health visitor',
  'Their organisation': 'Exampleshire Health Visiting',
  'Their telephone number': '01632 960 101',
};

/** What an urgent record asks for, and nothing else. */
export const IN_HASTE: Answers = {
  ...CASE,
  'Which agency was told?': 'Exampleshire Health Visiting',
  'How was it shared?': ['Telephone'],
  'Why did you share it?': 'The mother asked for help with feeding.\nShe rang twice last week.',
  'What was shared?': 'That the child has lost weight since August.',
};

const CONTACT: Answers = {
  ...IN_HASTE,
  ...SOMEBODY,
  'Who received it?': 'Nia Practice',
  'What kind of information was it?': ['Health', 'Family and household'],
};

const AGREED: Answers = {
  'Who agreed to this?': 'The mother, K.B.',
  'Who are they?': ['Parent with parental responsibility'],
  'How did they agree?': 'By word of mouth',
};

const FAMILY_TOLD: Answers = {
  'Was the family told about it?': 'Yes, everyone concerned',
  'Were they told that records are kept, and that they may see them?': 'Yes, this time',
};

const CAME_OF_IT: Answers = {
  'Do you know the outcome?': 'Yes',
  'What was the outcome?': 'A visit was booked for Thursday.',
  'What happens next?': 'none',
};

const NOT_KNOWN_YET: Answers = {
  'Do you know the outcome?': 'Not yet',
  'What happens next?': 'The allocated worker rings on Friday.',
};

/** A telephone call that the family agreed to. Everything in it is made up. */
export const WITH_CONSENT: Answers = {
  ...CONTACT,
  ...AGREED,
  ...FAMILY_TOLD,
  ...CAME_OF_IT,
  'Did the family agree to this sharing?': 'Yes, with consent',
  'Did they set any limits?': 'No limits',
};

/** A secure email that the mother had refused. Everything in it is made up. */
export const WITHOUT_CONSENT: Answers = {
  ...CONTACT,
  ...NOT_KNOWN_YET,
  'How was it shared?': ['Secure email'],
  'Do you know that it arrived?': 'Not yet',
  'Did the family agree to this sharing?': 'No, without consent',
  'Was the family told about it?': 'No',
  'Why was it right to share without consent?': ['Someone might come to harm'],
  'What happened about asking?': ['They refused'],
  'Explain why you shared without consent': 'Waiting would have left the child at risk tonight.',
  'Why was the family, or some of it, not told?': ['It might put someone at risk'],
};

/** Somebody asked; what was decided is still to be said. Everything in it is made up. */
const ASKED_OF_US: Answers = {
  ...CASE,
  ...SOMEBODY,
  'What kind of request is it?': 'From another agency or service',
  'Why do they want it?': 'The health visitor is worried about his weight.',
  'Who asked?': 'Nia Practice',
  'What did they ask for?': 'His weight at our last three visits.',
  'How did you check who they are?': 'I rang back on a published number',
};

const GIVEN: Answers = {
  ...ASKED_OF_US,
  ...AGREED,
  'Why did you decide so?': 'It bears on his health, and his mother agreed.',
  'What kind of information was it?': ['Health'],
  'What was shared?': 'The three weights, and that he had been unwell.',
};

/** All of it was shared, by telephone and with consent. */
export const ASKED_ALL: Answers = {
  ...GIVEN,
  ...FAMILY_TOLD,
  ...CAME_OF_IT,
  'What have you decided?': 'To share all of it',
  'How was it shared?': ['Telephone'],
  'Did the family agree to this sharing?': 'Yes, with consent',
  'Did they set any limits?': 'No limits',
};

/** Part of it was shared, and everything that can be asked is asked: the longest way. */
export const ASKED_PART: Answers = {
  ...GIVEN,
  ...NOT_KNOWN_YET,
  'What kind of request is it?': 'From the police',
  'When were you asked?': '2025-03-03',
  'When did you share it?': '2025-03-04',
  'At (UK time)': '09:30',
  'Their job title': 'Detective constable',
  'Their organisation': 'Exampleshire Police',
  'Their telephone number': '',
  'Could not get one of these?': ['Telephone'],
  'Why could you not get it?': 'The desk would not give a number',
  'How did you check who they are?': 'Another way',
  'More about that check': 'Their sergeant came along',
  'What have you decided?': 'To share part of it',
  'What stood against sharing?': ['It is not needed for their purpose', 'A court has limited it'],
  'How was it shared?': ['Letter', 'Another way'],
  'Which other way?': 'By hand, through the school',
  'Did the family agree to this sharing?': 'Partly: some agreed, others refused or were not asked',
  'Lawful basis for sharing': 'Legal obligation',
  'Was the family told about it?': 'Some of them',
  'Were they told that records are kept, and that they may see them?': 'No',
  'Why were they not told about records?': 'The call was cut off',
  'Who are they?': ['Child under 16', 'Parent with parental responsibility'],
  'What makes you judge the child able to decide?': 'He could say in his own words what would happen next.',
  'When did they agree?': '2025-03-03',
  'Did they set any limits?': 'Yes, there are limits',
  'What are the limits?': 'Nothing about the earlier placement.',
  'Was what you shared within those limits?': 'No, it went further',
  'Why did you go beyond the limits?': 'The placement bears on who is at risk now.',
  'Why was it right to share without consent?': ['Someone might come to harm', 'A court ordered it'],
  'What happened about asking?': ['They refused', 'They were not asked'],
  'Which law or court order?': 'Exampleshire Family Court, 24 February 2025',
  'Explain why you shared without consent': 'The father refused, and the risk could not wait for him.',
  'Who in the family was told?': 'The mother and the eldest',
  'Why was the family, or some of it, not told?': ['It might put someone at risk'],
  'Explain why they were not told': 'Telling the father might have put the mother at risk.',
  'Is there anyone who must not learn of this, or of an address?': 'The former partner, D.B.',
  'Who made this decision?': ['I did, jointly with others', 'A manager endorsed it'],
  'Jointly with whom?': 'Lowri Made-Up, Exampleshire Police',
  'Which manager endorsed it?': 'Maureen Castle',
  'What is their reference?': 'XP/4411/25',
  'Your professional view': 'The grandmother is able to keep him safe for now.',
  'What kind of view is it?': 'Judgement',
};

/** It was refused: nothing was shared, so the family need not be told. */
export const ASKED_REFUSED: Answers = {
  ...ASKED_OF_US,
  'What have you decided?': 'Not to share it',
  'What stood against sharing?': ['Not sure who is asking'],
  'Why did you decide so?': 'Nobody at the published number knew of this caller.',
  'Was there anything about consent?': 'The mother was not asked.',
  'Do you know the outcome?': 'None is expected',
  'What happens next?': 'none',
  'Was the family told about it?': 'Not needed: nothing was shared',
};

export const ASKED_UNDECIDED: Answers = {
  ...ASKED_OF_US,
  'What have you decided?': 'I have not decided yet',
  'What are you waiting for?': 'Whether his mother agrees; I see her tomorrow.',
};

export const ASKED_NOTHING_HELD: Answers = {
  ...ASKED_OF_US,
  'What have you decided?': 'We hold nothing on this',
  'Why did you decide so?': 'The family has never been known to this team.',
  'Do you know the outcome?': 'None is expected',
  'What happens next?': 'none',
};

export const ASKED_PASSED_ON: Answers = {
  ...ASKED_OF_US,
  ...NOT_KNOWN_YET,
  'What have you decided?': 'I passed the request on',
  'To whom did you pass it on?': 'Rowan Ledger, records team',
};

/** We asked somebody, and the family agreed to it. Everything in it is made up. */
const ASKED_BY_US: Answers = {
  ...CASE,
  ...SOMEBODY,
  ...AGREED,
  'When did you ask?': '2025-03-03',
  'When did they agree?': '2025-03-03',
  'At (UK time)': '09:30',
  'How did they check who you are?': 'They rang me back',
  'Who did you ask?': 'Nia Practice',
  'Why do you need it?': 'His aunt says that he has stopped eating at home.',
  'What did you ask for?': 'His weight at the last three visits.',
  'What is their reference?': 'HV-20-77',
  'Did the family agree to your asking?': 'Yes, with consent',
  'Were there any limits?': 'No limits',
};

export const REPLY_AWAITED: Answers = {
  ...ASKED_BY_US,
  'What did they reply?': 'Nothing yet',
  'What happens next?': 'I ring them again on Friday.',
};

/** They gave all of it. */
export const REPLY_ALL: Answers = {
  ...ASKED_BY_US,
  ...CAME_OF_IT,
  'What did they reply?': 'They shared all of it',
  'When did they reply?': '2025-03-04',
  'What kind of information did they give?': ['Health'],
  'What did they share?': 'His weight at all three visits.',
  'How did they share it?': ['Secure email'],
};

export const REPLY_NOTHING_HELD: Answers = {
  ...ASKED_BY_US,
  'What did they reply?': 'They hold nothing on this',
  'When did they reply?': '2025-03-04',
  'Do you know the outcome?': 'None is expected',
  'What happens next?': 'none',
};

/** They gave part of it; it had been asked for without consent and with limits. */
export const REPLY_IN_PART: Answers = {
  ...withoutAnswers(ASKED_BY_US, [...Object.keys(AGREED), 'When did they agree?']),
  ...CAME_OF_IT,
  'What did they reply?': 'They shared part of it',
  'How did they check who you are?': 'Another way',
  'More about that check': 'My manager rang theirs',
  'Did the family agree to your asking?': 'No, without consent',
  'Were there any limits?': 'Yes, there were limits',
  'What were the limits?': 'Only what was written down this year.',
  'Why was it right to ask without consent?': ['Asking would have meant harmful delay'],
  'What happened about asking the family?': ['They could not be reached'],
  'Explain why you asked without consent': 'Nobody answered all day, and he had to be seen by tonight.',
  'When did they reply?': '2025-03-04',
  'What kind of information did they give?': ['Health', 'An assessment'],
  'What did they share?': 'Two of the three weights, and the name of his doctor.',
  'How did they share it?': ['Secure email', 'Another way'],
  'Which other way?': 'Read out over the telephone',
  'Why did they hold it back?': 'The third visit was made by another service.',
};

export const REPLY_REFUSED: Answers = {
  ...ASKED_BY_US,
  'What did they reply?': 'They refused',
  'When did they reply?': '2025-03-04',
  'Why did they hold it back?': 'They want the consent in writing.',
  'Do you know the outcome?': 'None is expected',
  'What happens next?': 'I send the signed form by Monday.',
};

/** Sharing was thought about, and decided against. Everything in it is made up. */
export const DECIDED_AGAINST: Answers = {
  ...CASE,
  'With whom did you think of sharing?': 'Exampleshire High School',
  'Why did you think of sharing?': 'The head teacher wondered why he is so often late.',
  'Why did you decide not to share?': 'He asked me not to, and nobody is at risk if I wait.',
  'What stood against sharing?': ['Consent was refused'],
  'Was there anything about consent?': 'He refused; his mother was not asked.',
  'What happens next?': 'I talk with him again next week.',
  'When will you look at this decision again?': '2090-01-04',
};

/** The answers of a table without those to some of its questions. */
export function withoutAnswers(answers: Answers, labels: readonly string[]): Answers {
  return Object.fromEntries(Object.entries(answers).filter(([label]) => !labels.includes(label)));
}
