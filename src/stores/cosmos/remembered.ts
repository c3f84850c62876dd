/** How much is remembered of one kind. */
const MOST = 10_000;

/** What never changes once it is there, and need not be asked for again; what was put in first is forgotten first. */
export interface Remembered<T> {
  get(key: string): T | undefined;
  set(key: string, value: T): void;
  delete(key: string): void;
}

export function remembered<T>(): Remembered<T> {
  const known = new Map<string, T>();
  return {
    get: (key) => known.get(key),
    set(key, value) {
      known.delete(key);
      known.set(key, value);
      const [oldest] = known.keys();
      if (known.size > MOST && oldest !== undefined) known.delete(oldest);
    },
    delete: (key) => void known.delete(key),
  };
}
