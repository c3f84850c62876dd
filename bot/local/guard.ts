import type { Next, Request, Response } from 'restify';
import { sendJson } from './httpAnswers.ts';

const LOOPBACK_HOSTS = new Set(['127.0.0.1', 'localhost', '[::1]']);
const METHODS_WITH_BODY = new Set(['POST', 'PUT', 'PATCH']);

type Refusal = { readonly status: number; readonly code: string };

/**
 * Refuses, before routing, what a page of another site could make a browser send to this machine: a host name that is not
 * loopback, a foreign origin, a body that is not JSON. Answers `{ code }`. Local mode has no sign-in, so this is its only door.
 */
export function localGuard(request: Request, response: Response, next: Next): void {
  const refusal = refuse(request.method ?? 'GET', request.headers);
  if (refusal === undefined) {
    next();
    return;
  }
  sendJson(response, refusal.status, { code: refusal.code });
  next(false);
}

function refuse(method: string, headers: Request['headers']): Refusal | undefined {
  const host = headers.host;
  if (!isLoopbackHost(host)) return { status: 403, code: 'HOST_NOT_LOCAL' };
  if (headers.origin !== undefined && headers.origin !== `http://${host}`)
    return { status: 403, code: 'ORIGIN_FOREIGN' };
  const site = headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return { status: 403, code: 'ORIGIN_FOREIGN' };
  if (METHODS_WITH_BODY.has(method) && !isJson(headers['content-type'])) return { status: 415, code: 'BODY_NOT_JSON' };
  return undefined;
}

function isLoopbackHost(host: string | undefined): host is string {
  if (host === undefined) return false;
  return LOOPBACK_HOSTS.has(host.replace(/:\d{1,5}$/, '').toLowerCase());
}

function isJson(contentType: string | undefined): boolean {
  return contentType !== undefined && /^application\/json\s*(;|$)/i.test(contentType);
}
