/**
 * Opens the store at the path given, saves a draft, says how that went on one line (`open` or a fault's code), and holds
 * the store until it is killed or its input ends. It lets go of the store's object, which must not let go of the lock: to
 * be run with `--expose-gc`.
 */
import { codeOf } from '../../../../src/errors.ts';
import { openSqlite } from '../../../../src/stores/sqlite/openSqlite.ts';
import { aDraft } from '../contract/builders.ts';

async function openAndForget(path: string): Promise<void> {
  const stores = await openSqlite({ path, tenantId: 'tenant-1' });
  await stores.drafts.create(aDraft());
}

try {
  await openAndForget(process.argv[2] ?? '');
  await globalThis.gc?.({ execution: 'async' });
  process.stdout.write('open\n');
  process.stdin.resume();
} catch (error) {
  process.stdout.write(`${codeOf(error)}\n`);
}
