import { codeOf } from '../src/errors.ts';

/**
 * Ends the process tidily at SIGTERM or SIGINT, with exit code 0; at once, with 1, at a second one, or when the end fails.
 * Source: issue “In a real tenant”, 6.
 */
export function closeAtSignal(bot: { close(): Promise<void> }): void {
  let isEnding = false;
  const stop = (): void => {
    if (isEnding) process.exit(1);
    isEnding = true;
    bot.close().then(
      () => process.exit(0),
      (error: unknown) => {
        console.error(`Sharing Log did not end tidily (${codeOf(error)}).`);
        process.exit(1);
      },
    );
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
}
