export type Given = Readonly<Record<string, string | readonly string[]>>;

/** When and where answers are looked at: the instant, the London day, and whether the agency is a public authority. */
export interface Standpoint {
  readonly now: string;
  readonly today: string;
  readonly publicAuthority: boolean;
}

type Rule = (text: string) => boolean;

/** One look at a set of answers: what it says, and which fields have been found to stand in the way of a signature. */
export interface Look extends Standpoint {
  readonly faults: ReadonlySet<string>;
  text(name: string): string;
  list(name: string): readonly string[];
  refuse(name: string): void;
  /** Refuses a text that is absent or breaks the rule. */
  require(name: string, rule?: Rule): void;
  /** Refuses a text only when it is there and breaks the rule. */
  allow(name: string, rule: Rule): void;
  tickOne(name: string): void;
}

export function lookAt(given: Given, standpoint: Standpoint): Look {
  const faults = new Set<string>();
  const refuse = (name: string): void => void faults.add(name);
  const text = (name: string): string => (typeof given[name] === 'string' ? given[name].trim() : '');
  const list = (name: string): readonly string[] => (Array.isArray(given[name]) ? (given[name] as string[]) : []); // checked just before
  return {
    ...standpoint,
    faults,
    text,
    list,
    refuse,
    require(name, rule = () => true) {
      if (text(name) === '' || !rule(text(name))) refuse(name);
    },
    allow(name, rule) {
      if (text(name) !== '' && !rule(text(name))) refuse(name);
    },
    tickOne(name) {
      if (list(name).length === 0) refuse(name);
    },
  };
}
