/** What the bot made of an activity: an HTTP answer (any status), or none at all. */
export type Delivery =
  | { readonly kind: 'answered'; readonly status: number; readonly body: unknown }
  | { readonly kind: 'unanswered'; readonly why: 'timeout' | 'unreachable' };

// Teams gives a bot 15 seconds for a message and about 10 for an invoke; the longer one leaves a debugger no worse off.
const TIMEOUT_MS = 15_000;

/** Sends an activity to the bot over HTTP, as the Bot Connector does. Never retries; waits 15 seconds of real time at most. */
export async function deliverToBot(baseUrl: string, activity: object): Promise<Delivery> {
  try {
    const response = await fetch(new URL('/api/messages', baseUrl), {
      method: 'POST',
      headers: { 'Content-Type': 'application/json; charset=utf-8' },
      body: JSON.stringify(activity),
      redirect: 'error',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    return { kind: 'answered', status: response.status, body: readAnswer(await response.text()) };
  } catch (error) {
    const timedOut = error instanceof DOMException && error.name === 'TimeoutError';
    return { kind: 'unanswered', why: timedOut ? 'timeout' : 'unreachable' };
  }
}

// A bot answers a message with an empty body, and a failing one may answer in plain text.
function readAnswer(text: string): unknown {
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
