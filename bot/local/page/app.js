// @ts-check
import { Client } from './client.js';
import { byId, make } from './dom.js';
import { fetchPeople } from './localApi.js';
import { chooseLook, lookNamed, LOOKS, startingLook, wearLook } from './look.js';
import { failureNote } from './notes.js';
import { startingPerson } from './personChooser.js';

function wireLook() {
  const select = byId('look', HTMLSelectElement);
  select.append(...LOOKS.map((look) => make('option', { text: look.title, attributes: { value: look.id } })));
  select.value = startingLook();
  select.addEventListener('change', () => chooseLook(lookNamed(select.value) ?? 'light'));
}

async function begin() {
  const outcome = await fetchPeople();
  const first = outcome.kind === 'ok' ? startingPerson(outcome.value) : undefined;
  if (outcome.kind === 'ok' && first !== undefined) return new Client(outcome.value, first);
  const why = outcome.kind === 'failed' ? outcome.why : 'The people file names nobody.';
  byId('log', HTMLElement).replaceChildren(failureNote(why, () => void begin()));
  return undefined;
}

wearLook(startingLook());
wireLook();
await begin();
