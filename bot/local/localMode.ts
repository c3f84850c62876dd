import type { Server } from 'restify';
import type { LocalClock } from './clock.ts';
import { mountClockRoutes } from './clockRoutes.ts';
import { connectorOf, createLocalWorld, type LocalConnector } from './connector.ts';
import { mountConnectorRoutes } from './connectorRoutes.ts';
import { mountEventRoutes } from './eventRoutes.ts';
import { localGuard } from './guard.ts';
import { mountPageRoutes, type GalleryCard } from './pageRoutes.ts';
import type { PeopleFile } from './people.ts';
import { mountUserRoutes } from './userRoutes.ts';

/** What local mode needs. `baseUrl` is asked when a route runs, because the port may be chosen at listening. */
export type LocalModeDeps = {
  readonly people: PeopleFile;
  readonly clock: LocalClock;
  /** The server's own address, such as `http://127.0.0.1:3978`. */
  readonly baseUrl: () => string;
  /** Hears of a route that threw. */
  readonly failed: (error: unknown) => void;
  readonly gallery: () => readonly GalleryCard[];
};

/**
 * Turns the server into a Teams of its own: the guard before every route, the Bot Connector, the clock, the page and the gallery.
 * Call it once, before listening. Call `close()` of what it returns before closing the server.
 */
export function mountLocalMode(server: Server, deps: LocalModeDeps): LocalConnector {
  const world = createLocalWorld(deps);
  server.pre(localGuard);
  mountConnectorRoutes(server, world);
  mountUserRoutes(server, world);
  mountEventRoutes(server, world);
  mountClockRoutes(server, world);
  mountPageRoutes(server, world, deps.gallery);
  return connectorOf(world);
}
