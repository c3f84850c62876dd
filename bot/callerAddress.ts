import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';

const PART_BITS = 16;
const NETWORK_PARTS = 4;

/**
 * Whom a request is counted under: the address that it came from, and of IPv6 its network of 64 bits. Behind so many
 * trusted proxies it is what the outermost of them wrote into X-Forwarded-For; with none, that header counts for nothing.
 */
export function callerAddress(request: IncomingMessage, trustedProxies: number): string {
  const direct = request.socket.remoteAddress ?? '';
  if (trustedProxies === 0) return networkOf(direct);
  const named = [request.headers['x-forwarded-for'] ?? []].flat().join(',').split(',');
  return networkOf(plainAddress(named.at(-trustedProxies)) ?? direct);
}

/** Some proxies write the port as well. */
function plainAddress(named = ''): string | undefined {
  const text = named.trim();
  const bare = /^(\d+\.\d+\.\d+\.\d+):\d+$/u.exec(text)?.[1] ?? /^\[([\da-f:.]+)\](?::\d+)?$/iu.exec(text)?.[1] ?? text;
  return isIP(bare) === 0 ? undefined : bare;
}

function networkOf(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/iu.exec(address)?.[1];
  if (mapped !== undefined) return mapped;
  if (isIP(address) !== 6) return address;
  const [head = '', tail] = address.toLowerCase().split('::');
  const before = head === '' ? [] : head.split(':');
  const after = tail === undefined || tail === '' ? [] : tail.split(':');
  const missing = tail === undefined ? 0 : 128 / PART_BITS - before.length - after.length;
  const parts = [...before, ...Array.from({ length: Math.max(0, missing) }, () => '0'), ...after];
  return parts.slice(0, NETWORK_PARTS).map((part) => part.replace(/^0+(?=.)/u, '')).join(':'); // prettier-ignore
}
