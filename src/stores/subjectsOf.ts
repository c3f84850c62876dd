/** The ids that an entry of the access log is found by, each once. */
export function subjectsOf(subject: string): readonly string[] {
  return [...new Set(subject.split(' '))];
}
