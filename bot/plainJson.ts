const DEPTH_AT_MOST = 64;
const [QUOTE, BACKSLASH, COMMA, COLON] = [0x22, 0x5c, 0x2c, 0x3a];
const [OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT] = [0x5b, 0x5d, 0x7b, 0x7d];

/**
 * True for JSON in which no object has a name twice, and nothing lies deeper than 64. Two readers could take such a text
 * for two things. The text must be known to be JSON. Character by character, as it is done for every activity.
 */
export function isPlainJson(text: string): boolean {
  const open: (Set<string> | undefined)[] = [];
  let names: Set<string> | undefined;
  let isNameNext = false;
  for (let at = 0; at < text.length; at += 1) {
    switch (text.charCodeAt(at)) {
      case OPEN_LIST:
      case OPEN_OBJECT:
        if (open.length >= DEPTH_AT_MOST) return false;
        isNameNext = text.charCodeAt(at) === OPEN_OBJECT;
        names = isNameNext ? new Set() : undefined;
        open.push(names);
        break;
      case CLOSE_LIST:
      case CLOSE_OBJECT:
        open.pop();
        names = open.at(-1);
        isNameNext = false;
        break;
      case COMMA:
        isNameNext = names !== undefined;
        break;
      case COLON:
        isNameNext = false;
        break;
      case QUOTE: {
        const end = endOfString(text, at);
        if (isNameNext && names !== undefined) {
          const size = names.size;
          if (names.add(nameIn(text.slice(at, end + 1))).size === size) return false;
        }
        at = end;
      }
    }
  }
  return true;
}

/** Where the string ends that begins here. */
function endOfString(text: string, from: number): number {
  let at = text.indexOf('"', from + 1);
  while (isEscaped(text, at)) at = text.indexOf('"', at + 1);
  return at;
}

/** Whether an odd number of backslashes stands before this place. */
function isEscaped(text: string, at: number): boolean {
  let before = at - 1;
  while (text.charCodeAt(before) === BACKSLASH) before -= 1;
  return (at - before) % 2 === 0;
}

function nameIn(quoted: string): string {
  return quoted.includes('\\') ? String(JSON.parse(quoted)) : quoted.slice(1, -1);
}
