import { randomBytes } from 'node:crypto';
import { connect } from 'node:net';
import { inBase64, type Fields } from '../test/bot/inTenant/anIssuer.ts';
import { exchange } from './pressing.ts';

/** Where junk says that it comes from: another address every time, or always this one. */
export type Origin = 'everywhere' | { readonly address: string };

export interface Junk {
  /** How many answers there were, by status. */
  readonly answers: Readonly<Record<string, number>>;
}

const LONG_BODY = 'x'.repeat(200_000);

/** Sends bad tokens on so many connections, each as soon as the last was answered, until told to stop. */
export async function pourJunk(
  port: number,
  parts: { readonly header: Fields; readonly claims: Fields; readonly origin: Origin; readonly connections: number },
  isOver: () => boolean,
): Promise<Junk> {
  const answers: Record<string, number> = {};
  let sent = 0;
  const pour = async (): Promise<void> => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true });
    try {
      await new Promise((resolve, reject) => socket.once('connect', resolve).once('error', reject));
      while (!isOver()) {
        const answer = await exchange(socket, junkRequest((sent += 1), parts));
        const status = answer.slice(9, 12);
        answers[status] = (answers[status] ?? 0) + 1;
      }
    } finally {
      socket.destroy();
    }
  };
  await Promise.all(Array.from({ length: parts.connections }, pour));
  return { answers };
}

/** Most of it is as dear as it can be made: the right key id and a signature that has to be looked at. */
function junkRequest(count: number, { header, claims, origin }: Parameters<typeof pourJunk>[1]): string {
  const from =
    origin === 'everywhere' ? `10.${(count >> 16) & 255}.${(count >> 8) & 255}.${count & 255}` : origin.address;
  const body = count % 50 === 0 ? LONG_BODY : '{}';
  return [
    'POST /api/messages HTTP/1.1',
    'Host: 127.0.0.1',
    'Content-Type: application/json',
    `X-Forwarded-For: ${from}`,
    `Authorization: ${junkToken(count, header, claims)}`,
    `Content-Length: ${body.length}`,
    '',
    body,
  ].join('\r\n');
}

function junkToken(count: number, header: Fields, claims: Fields): string {
  const signature = (): string => randomBytes(256).toString('base64url');
  switch (count % 5) {
    case 0:
      return `Bearer ${randomBytes(30).toString('hex')}`;
    case 1:
      return `Bearer ${inBase64({ ...header, kid: String(count) })}.${inBase64(claims)}.${signature()}`;
    default:
      return `Bearer ${inBase64(header)}.${inBase64({ ...claims, count })}.${signature()}`;
  }
}
