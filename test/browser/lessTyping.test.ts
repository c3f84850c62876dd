import assert from 'node:assert/strict';
import { SPOKEN } from '../journeys/answers.ts';
import { withABrowser } from './aBrowser.ts';
import { REPLY_AWAITED, WITH_CONSENT, withoutAnswers } from './answers.ts';
import { aSignedShare } from './aSignedShare.ts';
import { aTeams, question, type Teams } from './aTeams.ts';

describe('less typing in the browser', () => {
  let teams: Teams;
  withABrowser();
  before(async () => {
    teams = await aTeams();
  });
  after(() => teams.close());

  const valueOf = (label: string): Promise<string> => teams.card.getByLabel(question(label)).inputValue();

  const someone = () => teams.card.getByRole('button', { name: 'Someone you dealt with lately' });

  it('offers people dealt with lately in a list that is folded, and fills in the one that is picked', async () => {
    await aSignedShare(teams, { recipientName: 'Bryn Sample', recipientJobTitle: 'Head teacher' });
    const bryn = 'Fill in Bryn Sample, Head teacher, Exampleshire Health Visiting';
    await teams.say('request made');
    await teams.shows('The contact');
    await teams.answerCard(REPLY_AWAITED);
    await teams.press('Continue');
    await teams.shows('Who you asked');
    assert.ok(!(await teams.card.getByRole('button', { name: bryn }).isVisible()), 'the list is folded');
    await someone().click();
    await teams.press(bryn);
    await teams.shows('What you asked for');
    await teams.press('Back');
    assert.equal(await valueOf('Who did you ask?'), 'Bryn Sample');
    assert.equal(await valueOf('Their job title'), 'Head teacher');
    assert.equal(await valueOf('Their organisation'), SPOKEN.recipientOrganisation);
    assert.equal(await valueOf('Their telephone number'), SPOKEN.recipientTelephone);
  });

  it('takes an earlier agreement on the case over, to be looked at before it is sent', async () => {
    const caseReference = 'RFS-30001';
    const earlier = await aSignedShare(teams, { caseReference, consentGivenBy: 'The uncle, S.B.' });
    await teams.say('record share');
    await teams.shows('The contact');
    const answers = { ...WITH_CONSENT, 'Case reference': caseReference };
    while (!(await teams.card.getByRole('heading', { name: 'Consent and the family' }).isVisible())) {
      await teams.answerCard(answers);
      await teams.press('Continue');
    }
    await teams.answerCard(answers);
    await teams.press(`Same consent as ${earlier}`);
    assert.match(await teams.card.innerText(), new RegExp(`Taken over from ${earlier}`, 'u'));
    await teams.answerAll(withoutAnswers(answers, ['Who agreed to this?', 'Who are they?', 'How did they agree?']));
    assert.match(await teams.card.innerText(), /Who agreed to this\?\s+The uncle, S\.B\./u);
  });

  it('copies a record for somebody else, and asks only what belongs to them', async () => {
    const first = await aSignedShare(teams, { caseReference: 'RFS-30002' });
    await teams.press('Same again for…');
    await teams.shows('Who received it');
    assert.equal(await valueOf('Who received it?'), '');
    const asked: string[] = [];
    const answers = { ...WITH_CONSENT, 'Who received it?': 'Lowri Made-Up', 'Their job title': 'Sergeant' };
    await teams.answerAll(answers, async () => {
      asked.push(await teams.card.getByRole('heading').first().innerText());
    });
    const second = await teams.sign();
    assert.deepEqual(asked, ['Who received it', 'Consent and the family']);
    assert.notEqual(second, first);
    await teams.press('Open record');
    await teams.shows(`Record share ${second}`);
    const record = await teams.card.innerText();
    for (const text of ['Lowri Made-Up', 'RFS-30002', SPOKEN.reason ?? '']) assert.ok(record.includes(text), text);
  });

  it('lists the records that one has made, and opens one from the list', async () => {
    const number = await aSignedShare(teams, { caseReference: 'RFS-30003' });
    await teams.say('my records');
    await teams.shows('Your records');
    await teams.card.getByText(`Record share ${number}`).waitFor();
    assert.match(await teams.card.innerText(), /RFS-30003\s+Exampleshire Health Visiting/u);
    await teams.press(teams.card.getByTitle(`Open: ${number}`));
    await teams.shows(`Record share ${number}`);
  });
});
