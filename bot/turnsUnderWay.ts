/** Counts the turns that are under way, so that an end can wait for them. */
export interface TurnsUnderWay {
  count(): number;
  /** One has begun; to be called with what it answers once it has ended, however it did. */
  begin(): () => void;
  /** Resolves when none is under way. */
  idle(): Promise<void>;
}

export function turnsUnderWay(): TurnsUnderWay {
  let count = 0;
  let waiting: (() => void)[] = [];
  return {
    count: () => count,
    begin() {
      let isOver = false;
      count += 1;
      return () => {
        if (isOver) return;
        isOver = true;
        count -= 1;
        if (count > 0) return;
        for (const resolve of waiting) resolve();
        waiting = [];
      };
    },
    idle: () => (count === 0 ? Promise.resolve() : new Promise((resolve) => waiting.push(resolve))),
  };
}
