/** Resolves after so many milliseconds. */
export type Wait = (durationMs: number) => Promise<void>;

export function inRealTime(durationMs: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, durationMs));
}
