import type { Request, Response, RequestHandler } from 'restify';
import type { z } from 'zod';

const BODY_LIMIT_BYTES = 512 * 1024;

/** Answers with JSON whatever the caller said it accepts: restify's own `send` would choose a format by the Accept header. */
export function sendJson(response: Response, status: number, body: unknown): void {
  const text = JSON.stringify(body);
  response.writeHead(status, {
    'Content-Type': 'application/json; charset=utf-8',
    'Content-Length': Buffer.byteLength(text),
    'Cache-Control': 'no-store',
    'X-Content-Type-Options': 'nosniff',
  });
  response.end(text);
}

/** What came of reading a request's body against a schema. */
export type ReadBody<T> =
  { readonly kind: 'read'; readonly value: T } | { readonly kind: 'unreadable'; readonly why: string };

/** Reads the JSON body, already parsed by a plugin of the server or not, and checks it. At most 512 KB; an empty body is `{}`. */
export async function readBody<T>(request: Request, schema: z.ZodType<T>): Promise<ReadBody<T>> {
  const raw = await rawBody(request);
  if (raw.kind === 'unreadable') return raw;
  const checked = schema.safeParse(raw.value);
  if (checked.success) return { kind: 'read', value: checked.data };
  const field = checked.error.issues[0]?.path.join('.') ?? '';
  return {
    kind: 'unreadable',
    why: field === '' ? 'The body is not what this address takes.' : `Check "${field}" in the body.`,
  };
}

async function rawBody(request: Request): Promise<ReadBody<unknown>> {
  const parsed: unknown = request.body;
  if (typeof parsed === 'object' && parsed !== null && !Buffer.isBuffer(parsed)) return { kind: 'read', value: parsed };
  if (typeof parsed === 'string' || Buffer.isBuffer(parsed)) return parseJson(String(parsed));
  // A plugin has drained the stream and found nothing: there is nothing more to wait for.
  if (request.readableEnded) return { kind: 'read', value: {} };
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    const bytes = Buffer.from(chunk as Uint8Array); // the stream has no encoding set, so its chunks are bytes
    size += bytes.length;
    if (size > BODY_LIMIT_BYTES) return { kind: 'unreadable', why: 'The body is larger than 512 KB.' };
    chunks.push(bytes);
  }
  return parseJson(Buffer.concat(chunks).toString('utf8'));
}

function parseJson(text: string): ReadBody<unknown> {
  if (text.trim() === '') return { kind: 'read', value: {} };
  try {
    return { kind: 'read', value: JSON.parse(text) };
  } catch (error) {
    if (error instanceof SyntaxError) return { kind: 'unreadable', why: 'The body is not JSON.' };
    throw error;
  }
}

/**
 * Makes a restify handler of an async function and turns a throw into a plain 500: no exception's text leaves the process,
 * `failed` hears of it.
 */
export function handler(
  world: { readonly failed: (error: unknown) => void },
  run: (request: Request, response: Response) => Promise<void> | void,
): RequestHandler {
  return async function localRoute(request: Request, response: Response): Promise<void> {
    try {
      await run(request, response);
    } catch (error) {
      world.failed(error);
      if (!response.headersSent)
        sendJson(response, 500, { error: 'Something went wrong in local mode. The log of the process says what.' });
    }
  };
}
