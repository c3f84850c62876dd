import type { IncomingHttpHeaders } from 'node:http';
import { isObject, type JsonObject, type JsonValue } from './json.ts';

/** One HTTP request, read to its end. */
export interface WireRequest {
  readonly method: string;
  /** Without query, segments decoded; empty for the account itself. */
  readonly segments: readonly string[];
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface Answer {
  readonly status: number;
  readonly body?: JsonValue;
  readonly headers?: Readonly<Record<string, string>>;
  /** In request units. */
  readonly charge: number;
  /** Of a query: how many items its index leads to, of which a page may have but a few. */
  readonly matched?: number;
}

/** What the service refuses, with the status, sub-status and words that a client would see. */
export class Refusal extends Error {
  readonly status: number;
  readonly substatus: number;
  readonly charge: number;
  readonly more: JsonObject;

  constructor(status: number, message: string, extra: { substatus?: number; charge?: number; more?: JsonObject } = {}) {
    super(message);
    this.name = 'Refusal';
    this.status = status;
    this.substatus = extra.substatus ?? 0;
    this.charge = extra.charge ?? 0;
    this.more = extra.more ?? {};
  }
}

/**
 * Refuses what the service may well do but the double does not model, so that nothing is built on a guess.
 * 501 is a status that Cosmos DB does not use.
 */
export function notModelled(what: string): Refusal {
  return new Refusal(501, `The test double of Cosmos DB does not model ${what}.`);
}

export function header({ headers }: WireRequest, name: string): string | undefined {
  const value = headers[name];
  return Array.isArray(value) ? value[0] : value;
}

export const isSet = (request: WireRequest, name: string): boolean => header(request, name)?.toLowerCase() === 'true';

export function parsed(text: string): JsonValue {
  try {
    return JSON.parse(text) as JsonValue; // what JSON.parse can give
  } catch {
    throw new Refusal(400, 'The request body is not valid JSON.');
  }
}

export function parsedObject(text: string): JsonObject {
  const value = parsed(text);
  if (!isObject(value)) throw new Refusal(400, 'The request body must be a JSON object.');
  return value;
}

/** Numbers of bytes are of UTF-8. */
export const bytesOf = (text: string): number => Buffer.byteLength(text);

/** Item and request may each be 2 MB. Source: service limits of Azure Cosmos DB, "Per-item limits", "Per-request limits". */
export const MOST_BYTES = 2 * 1024 * 1024;

/** What an action gives, or the answer that tells of its refusal. */
export function attempt<T>(action: () => T): T | Answer {
  try {
    return action();
  } catch (error) {
    if (error instanceof Refusal) {
      const { status, substatus, charge, message, more } = error;
      const headers = { 'x-ms-substatus': String(substatus) };
      return { status, charge, headers, body: { code: NAMES[status] ?? String(status), message, ...more } };
    }
    const message = `The test double of Cosmos DB failed: ${error instanceof Error ? (error.stack ?? '') : String(error)}`;
    return { status: 500, charge: 0, body: { code: 'InternalServerError', message } };
  }
}

/** What the service calls its refusals. Source: "HTTP status codes for Azure Cosmos DB", REST reference. */
const NAMES: Readonly<Record<number, string>> = {
  400: 'BadRequest',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'NotFound',
  405: 'MethodNotAllowed',
  409: 'Conflict',
  410: 'Gone',
  412: 'PreconditionFailed',
  413: 'RequestEntityTooLarge',
  501: 'NotModelled',
};
