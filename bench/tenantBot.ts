import { randomBytes } from 'node:crypto';
import { closeAtSignal } from '../bot/closeAtSignal.ts';
import { exchange } from '../bot/exchange.ts';
import { RATES } from '../bot/gate.ts';
import { fileDirectory } from '../bot/local/fileDirectory.ts';
import { loadPeople } from '../bot/local/people.ts';
import { createLog, personHash } from '../bot/log.ts';
import { createMetrics } from '../bot/metrics.ts';
import { openStore } from '../bot/openStore.ts';
import { readProductionSettings } from '../bot/productionSettings.ts';
import { startProduction } from '../bot/productionStart.ts';
import { makeFolder } from '../bot/starting.ts';

/**
 * The bot as it runs in a tenant, with an issuer and a connector on this machine in the place of Microsoft's: their
 * addresses are ISSUER_URL and CONNECTOR_ORIGIN. With NO_RATES=yes one person may send as much as a bench does.
 */
const { ISSUER_URL: openIdUrl = '', CONNECTOR_ORIGIN: connector = '' } = process.env;
const settings = readProductionSettings(process.env);
const people = loadPeople(settings.settings.PEOPLE_FILE);
makeFolder(settings.settings.DATA_DIR);
const metrics = createMetrics();
const random = { bytes: (length: number) => randomBytes(length) };
const opened = await openStore(settings.settings, { tenantId: people.tenantId, random, observe: metrics.requested });
const bot = await startProduction(settings, {
  opened,
  directory: { directory: fileDirectory(people), check: async () => undefined },
  metrics,
  log: createLog({
    write: (line) => console.error(JSON.stringify(line)),
    hash: personHash(opened.keys),
    dropped: metrics.dropped,
  }),
  instead: {
    openIdUrl,
    deliver: (sent) => exchange({ ...sent, url: sent.url.replace('https://smba.trafficmanager.net', connector) }),
    tokens: { getToken: async () => ({ token: 'a-token', expiresOnTimestamp: Date.now() + 3_600_000 }) },
    host: '127.0.0.1',
    ...(process.env.NO_RATES === 'yes' ? { rates: { ...RATES, person: { atOnce: 1e9, perSecond: 1e9 } } } : {}),
  },
});
console.log(`Ready at http://127.0.0.1:${bot.port}/`);
closeAtSignal(bot);
