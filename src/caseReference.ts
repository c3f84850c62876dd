/** The version of the folding below, stored with each alias: another folding would be another version. */
export const FOLD_VERSION = 1;

/**
 * Folds a case reference so that spellings of the same reference meet: NFKC, upper case, each run of space and
 * separators one dash. `fn 12/3` and `FN-12-3` are the same; `FN123` is another.
 * Source: architecture, "Data", case file.
 */
export function foldCaseReference(reference: string): string {
  return reference
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s\-/._]+/gu, '-')
    .replace(/^-|-$/gu, '');
}
