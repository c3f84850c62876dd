import { randomBytes } from 'node:crypto';
import { act } from '../bot/actions.ts';
import { fileDirectory } from '../bot/local/fileDirectory.ts';
import type { PeopleFile } from '../bot/local/people.ts';
import { services, type Services } from '../bot/services.ts';
import { readSettings } from '../bot/settings.ts';
import type { Keys } from '../src/keyPorts.ts';
import { openKeys, ringHolder } from '../src/keyring.ts';
import type { Person } from '../src/people.ts';
import type { Clock, Random } from '../src/ports.ts';
import type { Stores } from '../src/storePorts.ts';
import type { CosmosPlace } from '../src/stores/cosmos/connection.ts';
import { openCosmos } from '../src/stores/cosmos/openCosmos.ts';
import { answersOn } from '../test/journeys/aChat.ts';
import { buttonIn, headingOf, pressData, textOf, type Inputs, type WireCard } from '../test/journeys/aCard.ts';

/** How long a call may take here, where one process is bot and account on a machine that does other work as well. */
const UNHURRIED = { callMs: 60_000, attemptMs: 60_000, listMs: 60_000 };
const RING = { lookupKey: randomBytes(32), encryptionKeys: [{ id: 'bench', key: randomBytes(32) }] };

export const random: Random = { bytes: (length) => randomBytes(length) };

/** The bot behind its HTTP edge, without its timers: nothing happens but what is asked for. */
export interface CosmosBot {
  readonly stores: Stores;
  readonly keys: Keys;
  readonly services: Services;
  /** Presses a button of a verb as this person: the card that answers. */
  readonly press: (person: Person, verb: string, data?: object) => Promise<WireCard>;
  readonly close: () => Promise<void>;
}

export async function aCosmosBot(place: CosmosPlace, people: PeopleFile, clock: Clock): Promise<CosmosBot> {
  const { tenantId } = people;
  const stores = await openCosmos({ ...place, tenantId, random, limits: UNHURRIED });
  const keys = await openKeys(stores.storeKey, ringHolder(RING), tenantId, random);
  const all = services({
    ...{ tenantId, stores, keys, clock, random, directory: fileDirectory(people), settings: readSettings({}) },
    queued: () => undefined,
    isAllowedUrl: () => false,
    unfinished: () => undefined,
    wait: async () => undefined,
  });
  return {
    stores,
    keys,
    services: all,
    async press(person, verb, data = {}) {
      const reply = await act(all, person, verb, data);
      if (reply === undefined) throw new Error(`The bot does not take ${verb}.`);
      return { ...(reply.sent ?? reply).card };
    },
    close: () => stores.close(),
  };
}

/** A card of a form, and how to go on from it. */
export interface Form {
  readonly card: WireCard;
  readonly heading: string;
  readonly press: (title: string, typed?: Inputs) => Promise<Form>;
}

/** Begins a share and stands on its first card. */
export async function aForm({ press }: CosmosBot, person: Person): Promise<Form> {
  const on = (card: WireCard): Form => ({
    card,
    heading: headingOf(card),
    async press(title, typed = {}) {
      const action = buttonIn(card, title);
      return on(await press(person, action.verb, pressData(card, action, typed)));
    },
  });
  return on(await press(person, 'draft.start.share'));
}

/** Answers card after card up to the check card; `around` does each press. */
export async function toCheck(
  form: Form,
  answers: Inputs,
  around: (press: () => Promise<Form>) => Promise<Form> = (press) => press(),
): Promise<Form> {
  let shown = form;
  for (let cards = 0; shown.heading !== 'Check your answers'; cards += 1) {
    const { press, card } = shown;
    if (cards > 10) throw new Error(`The form does not go on: ${textOf(card)}`);
    shown = await around(() => press('Continue', answersOn(card, answers)));
  }
  return shown;
}
