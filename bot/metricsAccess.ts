import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

/** What is known of whoever asks for the figures. */
export interface MetricsCaller {
  readonly address: string | undefined;
  readonly headers: IncomingHttpHeaders;
}

const LOOPBACK = /^(?:::1|(?:::ffff:)?127(?:\.\d{1,3}){3})$/iu;

/** Any of these says that somebody else is asking through a proxy on this machine. */
const FORWARDING = ['forwarded', 'via', 'x-forwarded-for', 'x-real-ip'] as const;

/**
 * Whether somebody may read the figures: with a token set, whoever bears it; without one, only what runs on this machine.
 * Takes as long for a token that is nearly right as for any other.
 */
export function mayReadMetrics({ address, headers }: MetricsCaller, token: string | undefined): boolean {
  if (token === undefined)
    return LOOPBACK.test(address ?? '') && FORWARDING.every((name) => headers[name] === undefined);
  const borne = /^bearer +(\S+)$/iu.exec(headers.authorization ?? '')?.[1] ?? '';
  return timingSafeEqual(digestOf(borne), digestOf(token));
}

const digestOf = (text: string): Buffer => createHash('sha256').update(text).digest();
