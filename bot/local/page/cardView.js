// @ts-check
import { make } from './dom.js';
import { HOST_CONFIG } from './hostConfig.js';
import { markdownToHtml } from './markdown.js';
/** @import { CardAction } from './wire.js' */

const { AdaptiveCards } = window;

AdaptiveCards.GlobalSettings.setTabIndexAtCardRoot = false;
AdaptiveCards.AdaptiveCard.onProcessMarkdown = (
  /** @type {string} */ text,
  /** @type {import('adaptivecards').IMarkdownProcessingResult} */ result,
) => {
  result.outputHtml = markdownToHtml(text);
  result.didProcess = true;
};

/** @typedef {ReturnType<typeof drawCard>} CardView */

/**
 * Draws an Adaptive Card. The element is a form of its own, because the renderer names radio buttons by the input's id and two cards
 * with the same question would otherwise share one choice.
 * @param {object} json
 * @param {(action: CardAction) => void} onPress called for Action.Execute once its inputs are in order
 */
export function drawCard(json, onPress) {
  const card = new AdaptiveCards.AdaptiveCard();
  card.hostConfig = new AdaptiveCards.HostConfig(HOST_CONFIG);
  card.onExecuteAction = (action) => {
    if (action instanceof AdaptiveCards.ExecuteAction) onPress(describe(action));
    else if (action instanceof AdaptiveCards.OpenUrlAction) openAddress(action.url);
  };
  card.parse(json, new AdaptiveCards.SerializationContext(AdaptiveCards.Versions.v1_5));
  const body = card.render();
  const element = make('form', { className: 'card', attributes: { novalidate: '' } }, [body]);
  element.addEventListener('submit', (event) => event.preventDefault());
  nameGroups(element);
  nameFolds(element);
  // The renderer names its inputs anew when a press finds one of them empty, and when that is mended.
  for (const kind of ['click', 'change']) element.addEventListener(kind, () => nameGroups(element));
  // Once the renderer has done its own naming.
  card.onElementVisibilityChanged = () => queueMicrotask(() => nameFolds(element));
  const heading = findHeading(element);
  return {
    element,
    /** The card's heading, or its first text when nothing is marked as one. */
    title: heading?.textContent?.trim() ?? 'Card',
    /** Puts the focus on the heading, where reading starts. */
    focusHeading() {
      const target = heading ?? element;
      target.tabIndex = -1;
      target.focus({ preventScroll: true });
    },
    /** Shows that a press is under way. Focus and what was typed stay. @param {boolean} busy */
    setBusy(busy) {
      element.setAttribute('aria-busy', String(busy));
    },
  };
}

/**
 * @param {import('adaptivecards').ExecuteAction} action
 * @returns {CardAction}
 */
function describe(action) {
  const { id, title, verb } = action;
  return {
    type: 'Action.Execute',
    ...(id === undefined ? {} : { id }),
    ...(title === undefined ? {} : { title }),
    verb,
    data: action.data ?? {},
  };
}

/** @param {string | undefined} address */
function openAddress(address) {
  if (address !== undefined && /^https:\/\//i.test(address)) window.open(address, '_blank', 'noopener,noreferrer');
}

/** @param {HTMLElement} element */
function findHeading(element) {
  const found = element.querySelector('[role="heading"]') ?? element.querySelector('.ac-textBlock, .ac-richTextBlock');
  return found instanceof HTMLElement ? found : undefined;
}

// The renderer ties a question's label and its problem to the first of its choices only; a screen reader should hear them for the group.
/** @param {HTMLElement} element */
function nameGroups(element) {
  for (const group of element.querySelectorAll('.ac-choiceSetInput-expanded, .ac-choiceSetInput-multiSelect')) {
    const [own, ...ofGroup] = (group.querySelector('input')?.getAttribute('aria-labelledby') ?? '')
      .trim()
      .split(/\s+/)
      .reverse();
    if (own === undefined || ofGroup.length === 0) continue;
    const [label, problem] = ofGroup.reverse();
    group.querySelector('input')?.setAttribute('aria-labelledby', own);
    group.setAttribute('role', group.classList.contains('ac-choiceSetInput-expanded') ? 'radiogroup' : 'group');
    if (label !== undefined) group.setAttribute('aria-labelledby', label);
    if (problem === undefined) group.removeAttribute('aria-describedby');
    else group.setAttribute('aria-describedby', problem);
  }
}

// The renderer says at what is unfolded whether it is shown; it is the button that should say so.
/** @param {HTMLElement} element */
function nameFolds(element) {
  for (const button of element.querySelectorAll('button[aria-controls]')) {
    const folded = element.querySelector(`#${CSS.escape(button.getAttribute('aria-controls') ?? '')}`);
    if (!(folded instanceof HTMLElement)) continue;
    folded.removeAttribute('aria-expanded');
    button.setAttribute('aria-expanded', String(folded.style.display !== 'none'));
  }
}
