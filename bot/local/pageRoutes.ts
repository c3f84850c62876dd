import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Response, Server } from 'restify';
import type { LocalWorld } from './connector.ts';
import { handler, sendJson } from './httpAnswers.ts';

/** One card of the gallery: an example that a designer or a test can look at. */
export type GalleryCard = {
  readonly id: string;
  readonly title: string;
  readonly group: string;
  readonly card: object;
};

const PAGE_FOLDER = new URL('./page/', import.meta.url);
const RENDERER = new URL('./adaptivecards.min.js', import.meta.resolve('adaptivecards/dist/adaptivecards.js'));

const MEDIA_TYPES: ReadonlyMap<string, string> = new Map([
  ['html', 'text/html; charset=utf-8'],
  ['js', 'text/javascript; charset=utf-8'],
  ['css', 'text/css; charset=utf-8'],
  ['svg', 'image/svg+xml'],
]);

// Nothing from elsewhere, nothing inline. The card renderer sets its styles through the object model, which needs no exception.
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/**
 * Mounts the client at `/`, its files, the card renderer and the gallery of cards at `/cards`. Nothing it serves asks for
 * anything elsewhere.
 */
export function mountPageRoutes(
  server: Server,
  world: Pick<LocalWorld, 'failed'>,
  gallery: () => readonly GalleryCard[],
): void {
  server.get(
    '/',
    handler(world, (_request, response) => sendFile(response, 'index.html')),
  );
  server.get(
    '/cards',
    handler(world, (_request, response) => sendFile(response, 'gallery.html')),
  );
  server.get(
    '/local/gallery.json',
    handler(world, (_request, response) => sendJson(response, 200, gallery())),
  );
  server.get(
    '/local/page/adaptivecards.min.js',
    handler(world, (_request, response) => sendContent(response, RENDERER, 'js')),
  );
  server.get(
    '/local/page/:file',
    handler(world, (request, response) => {
      const { file } = request.params as { file: string }; // the route's own parameter
      return sendFile(response, file);
    }),
  );
}

async function sendFile(response: Response, name: string): Promise<void> {
  const extension = /^[a-zA-Z]+\.(html|js|css|svg)$/.exec(name)?.[1];
  if (extension === undefined) return sendJson(response, 404, { error: 'There is no such file.' });
  await sendContent(response, new URL(name, PAGE_FOLDER), extension);
}

async function sendContent(response: Response, file: URL, extension: string): Promise<void> {
  const content = await readIfPresent(file);
  if (content === undefined) return sendJson(response, 404, { error: 'There is no such file.' });
  response.writeHead(200, {
    'Content-Type': MEDIA_TYPES.get(extension) ?? 'application/octet-stream',
    'Content-Length': content.length,
    'Cache-Control': 'no-cache',
    'Content-Security-Policy': CONTENT_SECURITY_POLICY,
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Referrer-Policy': 'no-referrer',
    'X-Content-Type-Options': 'nosniff',
    'X-Frame-Options': 'DENY',
  });
  response.end(content);
}

async function readIfPresent(file: URL): Promise<Buffer | undefined> {
  try {
    return await readFile(fileURLToPath(file));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}
