// @ts-check
import { drawCard } from './cardView.js';
import { byId, make } from './dom.js';
import { fetchGallery } from './localApi.js';
import { chooseLook, lookNamed, LOOKS, startingLook, wearLook } from './look.js';
/** @import { GalleryCard } from './wire.js' */

const WIDTHS = ['360', '800'];
const query = new URLSearchParams(location.search);

/** The address of this page with a choice changed; what is at its default is left out. @param {Record<string, string>} changes */
function remember(changes) {
  for (const [name, value] of Object.entries(changes)) query.set(name, value);
  history.replaceState(undefined, '', `?${query}${location.hash}`);
}

function wireLook() {
  const select = byId('look', HTMLSelectElement);
  select.append(...LOOKS.map((look) => make('option', { text: look.title, attributes: { value: look.id } })));
  select.value = lookNamed(query.get('theme')) ?? startingLook();
  wearLook(lookNamed(select.value) ?? 'light');
  select.addEventListener('change', () => {
    chooseLook(lookNamed(select.value) ?? 'light');
    remember({ theme: select.value });
  });
}

function wireWidth() {
  const select = byId('width', HTMLSelectElement);
  const cards = byId('cards', HTMLElement);
  const asked = query.get('width') ?? '';
  select.value = WIDTHS.includes(asked) ? asked : '800';
  cards.dataset.width = select.value;
  select.addEventListener('change', () => {
    cards.dataset.width = select.value;
    remember({ width: select.value });
  });
}

/** @param {readonly GalleryCard[]} cards */
function showAll(cards) {
  for (const group of new Set(cards.map((card) => card.group))) {
    const members = cards.filter((card) => card.group === group);
    byId('cards', HTMLElement).append(make('h2', { className: 'groupTitle', text: group }), ...members.map(showOne));
    byId('contents', HTMLElement).append(
      make('li', {}, [
        make('span', { className: 'groupName', text: group }),
        make(
          'ul',
          {},
          members.map((card) => make('li', {}, [make('a', { text: card.title, attributes: { href: `#${card.id}` } })])),
        ),
      ]),
    );
  }
}

/** @param {GalleryCard} card */
function showOne(card) {
  const size = `${(new TextEncoder().encode(JSON.stringify(card.card)).length / 1024).toFixed(1)} KB`;
  return make('section', { className: 'example', attributes: { id: card.id, 'aria-labelledby': `${card.id}-title` } }, [
    make('div', { className: 'exampleHead' }, [
      make('h3', { text: card.title, attributes: { id: `${card.id}-title` } }),
      make('a', { text: 'Alone', attributes: { href: `?${alone(card.id)}`, 'aria-label': `${card.title}, alone` } }),
      make('span', { className: 'dialogHint', text: size }),
    ]),
    drawCard(card.card, () => {}).element,
  ]);
}

/** @param {string} id */
function alone(id) {
  const next = new URLSearchParams(query);
  next.set('id', id);
  return next.toString();
}

async function begin() {
  const outcome = await fetchGallery();
  const main = byId('cards', HTMLElement);
  if (outcome.kind === 'failed') return main.append(make('p', { className: 'problem', text: outcome.why }));
  const wanted = query.get('id');
  document.body.classList.toggle('single', wanted !== null);
  showAll(wanted === null ? outcome.value : outcome.value.filter((card) => card.id === wanted));
  if (main.childElementCount === 0)
    main.append(make('p', { className: 'dialogHint', text: 'There is no card to show.' }));
  // The anchors come into being after the page has loaded, too late for the browser's own jump.
  document.getElementById(location.hash.slice(1))?.scrollIntoView();
}

wireLook();
wireWidth();
await begin();
