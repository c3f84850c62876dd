/** The value below which a part of them lie, of values in order; not a number where there are none. */
export function quantile(sorted: Float64Array, part: number): number {
  return sorted[Math.floor(sorted.length * part)] ?? Number.NaN;
}

/** The middle value, the upper of two; not a number where there are none. */
export function median(values: readonly number[]): number {
  return quantile(Float64Array.from(values).sort(), 0.5);
}
