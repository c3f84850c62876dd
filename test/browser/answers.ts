import type { Answers } from './aTeams.ts';

const CONTACT: Answers = {
  'Case reference': 'RFS-10422',
  'Who is this about?': 'Q.Z., aged 5, and her aunt',
  'Who received it?': 'Nia Practice',
  'Their job title': 'Health visitor',
  'Their organisation': 'Exampleshire Health Visiting',
  'Their telephone number': '01632 960 101',
  'Why did you share it?': 'The mother asked for help with feeding.\nShe rang twice last week.',
  'What kind of information was it?': ['Health', 'Family and household'],
  'What was shared?': 'That the child has lost weight since August.',
};

/** A telephone call that the family agreed to. Everything in it is made up. */
export const WITH_CONSENT: Answers = {
  ...CONTACT,
  'How was it shared?': ['Telephone'],
  'Did the family agree to this sharing?': 'Yes, with consent',
  'Was the family told about it?': 'Yes, everyone concerned',
  'Were they told that records are kept, and that they may see them?': 'Yes, this time',
  'Who agreed to this?': 'The mother, K.B.',
  'Who are they?': ['Parent with parental responsibility'],
  'How did they agree?': 'By word of mouth',
  'Did they set any limits?': 'No limits',
  'Do you know the outcome?': 'Yes',
  'What was the outcome?': 'A visit was booked for Thursday.',
  'What happens next?': 'none',
};

/** A secure email that the mother had refused. Everything in it is made up. */
export const WITHOUT_CONSENT: Answers = {
  ...CONTACT,
  'How was it shared?': ['Secure email'],
  'Do you know that it arrived?': 'Not yet',
  'Did the family agree to this sharing?': 'No, without consent',
  'Was the family told about it?': 'No',
  'Why was it right to share without consent?': ['Someone might come to harm'],
  'What happened about asking?': ['They refused'],
  'Explain why you shared without consent': 'Waiting would have left the child at risk tonight.',
  'Why was the family, or some of it, not told?': ['It might put someone at risk'],
  'Do you know the outcome?': 'Not yet',
  'What happens next?': 'The allocated worker rings on Friday.',
};
