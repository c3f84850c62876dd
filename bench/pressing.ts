import { connect, type Socket } from 'node:net';

/** Somebody who presses over and over: the body of each press, and what its answer must hold. */
export interface Presser {
  readonly nextBody: () => string;
  readonly expected: string;
  /** Lines for the head of each request, each ended by CRLF. */
  readonly head?: string;
}

/** What came of pressing for a while. */
export interface Pressed {
  readonly presses: number;
  readonly perSecond: number;
  /** How long each press took, in milliseconds, shortest first. */
  readonly latenciesMs: Float64Array;
}

/**
 * Presses on one connection for each presser, each as soon as its last was answered, until the time or the number is
 * reached. A client of our own on bare sockets, because a general one would cost more than what it measures.
 * Rejects when an answer is not what was expected.
 */
export async function pressFor(
  port: number,
  pressers: readonly Presser[],
  until: { readonly ms: number; readonly presses: number },
): Promise<Pressed> {
  const latencies: number[] = [];
  const from = performance.now();
  const isOver = (): boolean => performance.now() - from >= until.ms || latencies.length >= until.presses;
  await Promise.all(pressers.map((presser) => pressOn(port, presser, latencies, isOver)));
  const seconds = (performance.now() - from) / 1000;
  return {
    presses: latencies.length,
    perSecond: latencies.length / seconds,
    latenciesMs: Float64Array.from(latencies).sort(),
  };
}

async function pressOn(port: number, presser: Presser, latencies: number[], isOver: () => boolean): Promise<void> {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true });
  try {
    await new Promise((resolve, reject) => socket.once('connect', resolve).once('error', reject));
    while (!isOver()) {
      const at = performance.now();
      const answer = await exchange(socket, requestOf(presser.nextBody(), presser.head));
      latencies.push(performance.now() - at);
      if (!answer.includes(presser.expected)) throw new Error(`An unexpected answer: ${answer.slice(0, 600)}`);
    }
  } finally {
    socket.destroy();
  }
}

function requestOf(body: string, head = ''): string {
  return `POST /api/messages HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n${head}Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
}

const HEAD_END = Buffer.from('\r\n\r\n');

/** Sends one request and resolves with the whole answer, which must give its length. */
export function exchange(socket: Socket, request: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let received: Buffer = Buffer.alloc(0);
    const settle = (done: () => void): void => {
      socket.off('data', onData).off('error', onEnd).off('close', onEnd);
      done();
    };
    const onEnd = (): void => {
      settle(() => reject(new Error('The connection ended before the answer did.')));
    };
    const onData = (chunk: Buffer): void => {
      received = received.length === 0 ? chunk : Buffer.concat([received, chunk]);
      const head = received.indexOf(HEAD_END);
      if (head < 0) return;
      const length = /content-length: (\d+)/iu.exec(received.toString('latin1', 0, head))?.[1];
      if (received.length < head + HEAD_END.length + Number(length ?? Number.NaN)) return;
      settle(() => resolve(received.toString('utf8')));
    };
    socket.on('data', onData).on('error', onEnd).on('close', onEnd);
    socket.write(request);
  });
}
