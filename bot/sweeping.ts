/** Work that is never done twice at once: a call while it runs makes it run once more afterwards. */
export interface Sweeper {
  /** Resolves when a run that began after this call has ended. Never rejects. */
  wake(): Promise<void>;
  /** Resolves when nothing runs and nothing is waiting to run. Begins nothing. */
  idle(): Promise<void>;
}

/** Makes a sweeper of some work; `failed` hears of a run that threw. */
export function sweeper(work: () => Promise<void>, failed: (error: unknown) => void): Sweeper {
  let running: Promise<void> | undefined;
  let next: Promise<void> | undefined;

  async function run(): Promise<void> {
    try {
      await work();
    } catch (error) {
      failed(error);
    } finally {
      running = undefined;
    }
  }

  return {
    async idle() {
      while (running !== undefined || next !== undefined) await (next ?? running);
    },
    wake() {
      if (running === undefined) return (running = run());
      next ??= running.then(() => {
        next = undefined;
        return (running ??= run());
      });
      return next;
    },
  };
}
