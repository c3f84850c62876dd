import { codeOf } from '../src/errors.ts';

const PLACE = /\/((?:bot|cards|src)\/[\w./]+:\d+:\d+)\)?$/mu;

/**
 * Ends the process with 1 at a fault that nothing caught, and says its code and where in our own files it came from. What
 * Node would print has the message of the fault, which may have been made of what somebody typed.
 * Source: issue “In a real tenant”, 6.
 */
export function endAtFault(): void {
  process.on('uncaughtException', (error: unknown) => {
    const place = error instanceof Error ? PLACE.exec(framesOf(error))?.[1] : undefined;
    console.error(`Sharing Log ended at a fault (${codeOf(error)}, ${place ?? 'in no file of its own'}).`);
    process.exit(1);
  });
}

/** The stack without the message, whose lines may look like anything. */
function framesOf({ stack = '', message }: Error): string {
  return stack.replace(message, '');
}
