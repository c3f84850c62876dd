/** A number with what it counts, as it is read: “1 record”, “1,204 entries”. */
export function several(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString('en-GB')} ${count === 1 ? one : many}`;
}
