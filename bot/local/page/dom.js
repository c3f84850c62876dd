// @ts-check

/**
 * Makes an element. Text goes in as text, never as markup.
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} tag
 * @param {{ className?: string, text?: string, attributes?: Readonly<Record<string, string>> }} [options]
 * @param {readonly (Node | undefined)[]} [children]
 * @returns {HTMLElementTagNameMap[K]}
 */
export function make(tag, options = {}, children = []) {
  const element = document.createElement(tag);
  if (options.className !== undefined) element.className = options.className;
  if (options.text !== undefined) element.textContent = options.text;
  for (const [name, value] of Object.entries(options.attributes ?? {})) element.setAttribute(name, value);
  for (const child of children) if (child !== undefined) element.append(child);
  return element;
}

/**
 * Makes a button that does not submit anything.
 * @param {string} text
 * @param {string} className
 * @param {() => void} onPress
 */
export function makeButton(text, className, onPress) {
  const button = make('button', { className, text, attributes: { type: 'button' } });
  button.addEventListener('click', onPress);
  return button;
}

/**
 * Finds an element of the page's own markup; its absence is a mistake in that markup.
 * @template {HTMLElement} T
 * @param {string} id
 * @param {new () => T} kind
 * @returns {T}
 */
export function byId(id, kind) {
  const element = document.getElementById(id);
  if (element instanceof kind) return element;
  throw new Error(`The page has no ${kind.name} called ${id}.`);
}
