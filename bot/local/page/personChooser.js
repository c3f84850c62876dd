// @ts-check
import { byId, make } from './dom.js';
import { initials } from './messageView.js';
/** @import { PeopleFile, Person } from './wire.js' */

const KEY = 'sharingLog.person';
const ROLE_WORDS = { practitioner: 'practitioner', manager: 'manager', recordsOfficer: 'records officer' };

/** The person played last time, or the first in the file. @param {PeopleFile} file @returns {Person | undefined} */
export function startingPerson(file) {
  return file.people.find((person) => person.id === localStorage.getItem(KEY)) ?? file.people[0];
}

/** "practitioner", "manager and records officer". @param {Person} person */
function rolesOf(person) {
  return person.roles.length === 0 ? 'no role' : person.roles.map((role) => ROLE_WORDS[role]).join(' and ');
}

/**
 * Wires the choice of who to be.
 * @param {PeopleFile} file
 * @param {(person: Person) => void} onChoose
 */
export function createPersonChooser(file, onChoose) {
  const dialog = byId('personDialog', HTMLDialogElement);
  const list = byId('personList', HTMLElement);
  byId('personButton', HTMLButtonElement).addEventListener('click', () => dialog.showModal());
  byId('personClose', HTMLButtonElement).addEventListener('click', () => dialog.close());

  /** @param {Person} person @param {boolean} current */
  function entry(person, current) {
    const teams = file.teams.filter((team) => person.teamIds.includes(team.id)).map((team) => team.name);
    const button = make('button', { className: 'personEntry', attributes: { type: 'button' } }, [
      make('span', { className: 'avatar', text: initials(person.name), attributes: { 'aria-hidden': 'true' } }),
      make('span', { className: 'chatWords' }, [
        make('span', { className: 'chatTitle', text: person.name }),
        make('span', { className: 'chatPreview', text: `${person.jobTitle} · ${rolesOf(person)}` }),
        make('span', { className: 'chatPreview', text: teams.length === 0 ? 'No team' : teams.join(', ') }),
      ]),
    ]);
    if (current) button.setAttribute('aria-current', 'true');
    button.addEventListener('click', () => {
      dialog.close();
      localStorage.setItem(KEY, person.id);
      onChoose(person);
    });
    return make('li', {}, [button]);
  }

  return {
    /** Says who is being played. @param {Person} person */
    show(person) {
      byId('personAvatar', HTMLElement).textContent = initials(person.name);
      byId('personName', HTMLElement).textContent = `You are ${person.name}, ${rolesOf(person)}`;
      list.replaceChildren(...file.people.map((one) => entry(one, one.id === person.id)));
    },
  };
}
