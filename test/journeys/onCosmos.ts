import { endDouble, IS_ON_COSMOS, startDouble } from './aStore.ts';

/**
 * Has a double of Cosmos DB run while the tests of a file do, where conversations are played on it. Mocha takes this from
 * `--require`: hooks of a module that many files import would stand in the first of them only, as files share a process.
 */
export const mochaHooks = IS_ON_COSMOS ? { beforeAll: startDouble, afterAll: endDouble } : {};
