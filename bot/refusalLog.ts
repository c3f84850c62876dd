import type { Log } from './log.ts';
import type { RefusalReason } from './refusalReasons.ts';

const WINDOW_MS = 10_000;

/**
 * Writes down why requests are refused: the first of a kind at once, and of those that follow within ten seconds only how
 * many there were, with the next one. A flood of bad requests must not become a flood of lines.
 */
export function refusalLog(log: Log, nowMs: () => number): (reason: RefusalReason) => void {
  const since = new Map<RefusalReason, { fromMs: number; count: number }>();
  return (reason) => {
    const window = since.get(reason) ?? { fromMs: Number.NEGATIVE_INFINITY, count: 0 };
    since.set(reason, window);
    window.count += 1;
    if (nowMs() - window.fromMs < WINDOW_MS) return;
    log('activity.refused', { reason, count: window.count });
    window.fromMs = nowMs();
    window.count = 0;
  };
}
