const TOKENS = /"(?:[^"\\]|\\.)*"|[{}[\]:,]/gu;
const DEPTH_AT_MOST = 64;

/**
 * True for JSON in which no object has a name twice, and nothing lies deeper than 64. Two readers could take such a text
 * for two things. The text must be known to be JSON.
 */
export function isPlainJson(text: string): boolean {
  const open: (Set<string> | undefined)[] = [];
  let isNameNext = false;
  for (const [token] of text.matchAll(TOKENS)) {
    const names = open.at(-1);
    if (token === '{' || token === '[') {
      if (open.length >= DEPTH_AT_MOST) return false;
      open.push(token === '{' ? new Set() : undefined);
      isNameNext = token === '{';
    } else if (token === '}' || token === ']') {
      open.pop();
      isNameNext = false;
    } else if (token === ',') isNameNext = names !== undefined;
    else if (token === ':') isNameNext = false;
    else if (isNameNext && names !== undefined) {
      const name = token.includes('\\') ? String(JSON.parse(token)) : token.slice(1, -1);
      if (names.has(name)) return false;
      names.add(name);
    }
  }
  return true;
}
