import { fleschKincaid } from 'flesch-kincaid';
import { syllable } from 'syllable';

/** A US school grade is met at an age five years above its number. */
const AGE_AT_GRADE_NONE = 5;

/** The words of a text; numbers, times and codes are read at any age. */
export function wordsIn(text: string): readonly string[] {
  return text.split(/[\s–—/…]+/u).map((word) => word.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, '')).filter((word) => /^\p{L}[\p{L}’'-]*$/u.test(word)); // prettier-ignore
}

function sentencesIn(text: string): number {
  return text.split(/[.?!]+(?=\s|$)/u).filter((part) => wordsIn(part).length > 0).length;
}

/** The age at which these texts together are read with ease: Flesch–Kincaid, with each text at least one sentence. */
export function readingAge(texts: readonly string[]): number {
  const words = texts.flatMap(wordsIn);
  if (words.length === 0) return AGE_AT_GRADE_NONE;
  const grade = fleschKincaid({
    sentence: texts.reduce((sum, text) => sum + sentencesIn(text), 0),
    word: words.length,
    syllable: words.reduce((sum, word) => sum + syllable(word), 0),
  });
  return grade + AGE_AT_GRADE_NONE;
}
