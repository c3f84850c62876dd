import assert from 'node:assert/strict';
import { aChild, endOf } from './aChild.ts';

/** Runs a program that does this once it is as a bot is. */
async function ended(doing: string) {
  const script = `
    const { endAtFault } = await import('./bot/endAtFault.ts');
    const { readCommand } = await import('./bot/commands.ts');
    endAtFault();
    setInterval(() => undefined, 60_000);
    ${doing}`;
  return endOf(aChild(['--input-type=module', '--eval', script], {}));
}

describe('a fault that nothing caught', () => {
  for (const [what, doing] of Object.entries({
    'of what somebody typed': `setImmediate(() => JSON.parse('Priya Shah wrote this'));`,
    'in a promise': `void Promise.reject(new Error('about Priya Shah, case KNR-80808'));`,
    'with a cause': `setImmediate(() => { throw new Error('Priya Shah', { cause: new Error('KNR-80808') }); });`,
    'that is no error': `setImmediate(() => { throw 'Priya Shah'; });`,
    'with a message that looks like a place': `setImmediate(() => { throw new Error('x\\n    at /bot/PriyaShah.ts:1:1'); });`,
  }))
    it(`ends the process with 1 and a code, and says nothing else: one ${what}`, async () => {
      const { code, out, error } = await ended(doing);
      assert.deepEqual([code, out, error], [1, '', 'Sharing Log ended at a fault (unknown, in no file of its own).\n']);
    });

  it('is said with the place in our own files', async () => {
    const { error } = await ended(`setImmediate(() => readCommand(undefined));`);
    assert.match(error, /^Sharing Log ended at a fault \(unknown, bot\/commands\.ts:\d+:\d+\)\.\n$/u);
  });
});
