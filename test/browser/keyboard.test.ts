import assert from 'node:assert/strict';
import { withABrowser } from './aBrowser.ts';
import { IN_HASTE, WITH_CONSENT } from './answers.ts';
import { aTeams, type Answer, type Answers, type Teams } from './aTeams.ts';

/** Where the focus is: what a person hears of it. */
interface Focused {
  readonly kind: 'text' | 'date' | 'radio' | 'checkbox' | 'select' | 'button' | 'heading' | 'other';
  readonly name: string;
  /** The question that a choice belongs to. */
  readonly group: string;
}

describe('a share by keyboard only', () => {
  let teams: Teams;
  withABrowser();
  beforeEach(async () => {
    teams = await aTeams();
  });
  afterEach(() => teams.close());

  const key = (name: string): Promise<void> => teams.page.keyboard.press(name);

  const focused = (): Promise<Focused> =>
    teams.page.evaluate((): Focused => {
      const element = document.activeElement;
      const textOf = (ids: string | null | undefined): string =>
        (ids ?? '')
          .split(/\s+/u)
          .map(
            (id) =>
              document
                .getElementById(id)
                ?.textContent.replace(/\s*\*$/u, '')
                .trim() ?? '',
          )
          .join(' ')
          .trim();
      const group = textOf(element?.closest('[role=radiogroup], [role=group]')?.getAttribute('aria-labelledby'));
      const name = textOf(element?.getAttribute('aria-labelledby')) || (element?.textContent.trim() ?? '');
      if (element?.getAttribute('role') === 'heading') return { kind: 'heading', name, group };
      if (element instanceof HTMLButtonElement) return { kind: 'button', name, group };
      if (element instanceof HTMLSelectElement) return { kind: 'select', name, group };
      if (element instanceof HTMLTextAreaElement) return { kind: 'text', name, group };
      if (!(element instanceof HTMLInputElement)) return { kind: 'other', name, group };
      if (element.type === 'radio' || element.type === 'checkbox') return { kind: element.type, name, group };
      return { kind: element.type === 'text' || element.type === 'tel' ? 'text' : 'date', name, group };
    });

  const isChosen = (answer: Answer | undefined, option: string): boolean =>
    typeof answer === 'string' ? answer === option : answer?.includes(option) === true;

  /** Arrow keys go round the options of a question until the wanted one is chosen. */
  const choose = async (wanted: Answer | undefined): Promise<void> => {
    if (wanted === undefined) return;
    await key('Space');
    for (let presses = 0; !isChosen(wanted, (await focused()).name); presses += 1) {
      assert.ok(presses < 20, `There is no way by arrow keys to ${String(wanted)}`);
      await key('ArrowDown');
    }
  };

  /** Tabs through a card from its heading, answers what is in the table and presses the button. */
  const tabThrough = async (answers: Answers, button: string): Promise<void> => {
    for (let stops = 0; stops < 80; stops += 1) {
      await key('Tab');
      const at = await focused();
      if (at.kind === 'button' && at.name === button) return key('Enter');
      const typed = answers[at.name];
      if (at.kind === 'text' && typeof typed === 'string') await teams.page.keyboard.insertText(typed);
      else if (at.kind === 'radio') await choose(answers[at.group]);
      else if (at.kind === 'checkbox' && isChosen(answers[at.group], at.name)) await key('Space');
    }
    assert.fail(`There is no way by Tab to ${button}`);
  };

  /** Waits until the focus is on the heading of a card that was not there before. */
  const headingAfter = async (before: string): Promise<string> => {
    await teams.page.waitForFunction(
      (old) =>
        document.activeElement?.getAttribute('role') === 'heading' &&
        document.activeElement.closest('form')?.textContent !== old,
      before,
    );
    return (await focused()).name;
  };

  /** Types a command in the compose box, and goes back from there to the top of the form that answers it. */
  const ask = async (command: string, heading: string): Promise<void> => {
    await key('Tab');
    assert.equal((await focused()).name, 'Skip to writing a message');
    await key('Enter');
    await teams.page.keyboard.type(command);
    await key('Enter');
    await teams.shows(heading);
    for (let back = 0; (await focused()).name !== 'Case reference'; back += 1) {
      assert.ok(back < 60, 'There is no way back by Shift and Tab to the first question');
      await key('Shift+Tab');
    }
    await key('Shift+Tab');
  };

  /** From card to card until the receipt; the headings met on the way. */
  const goOn = async (answers: Answers): Promise<readonly string[]> => {
    const seen: string[] = [];
    for (let at = ''; !at.startsWith('Saved: SL-');) {
      const before = (await teams.card.textContent()) ?? '';
      if (at === 'Check your answers') await tabThrough({ 'Sign with your name': 'Priya Shah' }, 'Sign and save');
      else await tabThrough(answers, 'Continue');
      at = await headingAfter(before);
      seen.push(at);
    }
    return seen;
  };

  it('goes from the compose box to the receipt, with the focus on each new heading', async () => {
    await ask('record share', 'The contact');
    const seen = await goOn(WITH_CONSENT);
    assert.ok(seen.includes('Check your answers'), seen.join(', '));
  });

  it('that is urgent goes on from its receipt to the form that completes it', async () => {
    await ask('record share urgent', 'What you shared');
    const [check, receipt] = await goOn(IN_HASTE);
    assert.equal(check, 'Check your answers');
    const before = (await teams.card.textContent()) ?? '';
    await tabThrough({}, 'Complete it');
    assert.equal(await headingAfter(before), 'Go on below', receipt);
    await teams.shows('Who received it');
    await tabThrough(WITH_CONSENT, 'Continue');
    await teams.shows('What was shared, and why');
  });
});
