/**
 * Opens the store at the path given, saves a draft, says how that went on one line (`open` or a fault's code), and holds
 * the store until it is killed or its input ends.
 */
import { codeOf } from '../../../../src/errors.ts';
import { openSqlite } from '../../../../src/stores/sqlite/openSqlite.ts';
import { aDraft } from '../contract/builders.ts';

try {
  const stores = await openSqlite({ path: process.argv[2] ?? '', tenantId: 'tenant-1' });
  await stores.drafts.create(aDraft());
  process.stdout.write('open\n');
  process.stdin.resume();
} catch (error) {
  process.stdout.write(`${codeOf(error)}\n`);
}
