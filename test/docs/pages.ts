import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join, normalize, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** A page of the documents. */
export interface Page {
  /** Relative to the repository, with forward slashes. */
  readonly path: string;
  readonly text: string;
}

/** The page at this path, from the root of the repository. */
export function pageAt(path: string): Page {
  return { path, text: readFileSync(join(ROOT, path), 'utf8') };
}

/** Every page that people read: those at the root, and all under `docs/` and `manifest/`. */
export function allPages(): readonly Page[] {
  const under = (folder: string): readonly string[] =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' }).map((path) => join(folder, path));
  return [...readdirSync(ROOT), ...under('docs'), ...under('manifest')]
    .filter((path) => path.endsWith('.md'))
    .map((path) => pageAt(path.split(sep).join('/')));
}

/** A link of a page to a file of the repository, or to a heading. */
export interface Link {
  readonly alt: string;
  readonly isPicture: boolean;
  /** Relative to the repository; the page itself where only a heading is named. */
  readonly target: string;
  readonly heading: string | undefined;
}

/** The relative links of a page, pictures included; those in blocks of code are none. */
export function linksOf({ path, text }: Page): readonly Link[] {
  const prose = text.replace(/^```[\s\S]*?^```/gmu, '');
  return [...prose.matchAll(/(!?)\[([^\]]*)\]\(([^)\s]+)\)/gu)].flatMap(([, mark, alt = '', address = '']) => {
    if (/^[a-z]+:/iu.test(address)) return [];
    const [file = '', heading] = address.split('#');
    const target =
      file === ''
        ? path
        : normalize(join(dirname(path), file))
            .split(sep)
            .join('/');
    return [{ alt, isPicture: mark === '!', target, heading }];
  });
}

/** Whether a link leads somewhere. */
export function leads({ target, heading }: Link): boolean {
  if (!existsSync(join(ROOT, target))) return false;
  return heading === undefined || anchorsOf(pageAt(target)).includes(heading);
}

/** The anchors of the headings of a page, as GitHub makes them. */
function anchorsOf({ text }: Page): readonly string[] {
  return [...text.matchAll(/^#+ (.+)$/gmu)].map(
    ([, title = '']) =>
    title.toLowerCase().replace(/[^\p{L}\p{N}\s_-]/gu, '').trim().replace(/\s/gu, '-'), // prettier-ignore
  );
}

/** The paragraphs, list items and cells of a page as they are read: no code, no mark-up, no address. */
export function paragraphsOf({ text }: Page): readonly string[] {
  return text
    .replace(/^```[\s\S]*?^```/gmu, '')
    .split(/\n\s*\n|\n(?=\s*(?:[-|#]|\d+\.) )/u)
    .map((part) =>
      part
        .replace(/!?\[([^\]]*)\]\([^)]*\)/gu, '$1')
        .replace(/`[^`]*`/gu, '')
        .replace(/^[#\s|-]+|[*|]+|^\s*\d+\./gmu, ' ')
        .replace(/\s+/gu, ' ')
        .trim(),
    )
    .filter((part) => part !== '');
}
