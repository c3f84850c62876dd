import { z } from 'zod';
import type { Card } from '../cards/elements.ts';
import { logCard, logStub } from '../cards/logCards.ts';
import { nothingCard } from '../cards/noticeCards.ts';
import { mayReadAccessLog } from '../src/access.ts';
import type { AccessKey } from '../src/accessLogPorts.ts';
import { openAsked, sealAsked } from '../src/asked.ts';
import type { Person } from '../src/people.ts';
import { readAccessLog, type LogAsked } from '../src/readingAccess.ts';
import type { Services } from './services.ts';

const asked = z
  .string()
  .max(1_000)
  .regex(/^[\w-]+$/u);
const personId = z
  .string()
  .max(64)
  .regex(/^[\w-]+$/u);

/** What was typed, sealed; or a person, by their id. */
const logData = z.union([z.strictObject({ asked }), z.strictObject({ person: personId })]);
type LogData = z.infer<typeof logData>;

/** The place in the log after which a page begins: time, chain, place in the chain. */
const before = z
  .string()
  .regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z \d{4}-\d\d-\d\d:[0-9a-f]{1,64} [1-9]\d{0,14}$/u)
  .transform((text): AccessKey => {
    const [at = '', chainKey = '', seq = ''] = text.split(' ');
    return { at, chainKey, seq: Number(seq) };
  });

const pageData = z.looseObject({ before });

type LogHandler = (services: Services, person: Person, data: unknown) => Promise<{ readonly card: Card }>;

/** The presses on the access log. */
export const LOG_HANDLERS: Readonly<Record<string, LogHandler>> = {
  'log.open': async (services, person, data) => logOf(services, person, logData.parse(data)),
  'log.page': async (services, person, data) => {
    const { before: from, ...of } = pageData.parse(data);
    return logOf(services, person, logData.parse(of), from);
  },
};

async function logOf(services: Services, person: Person, data: LogData, from?: AccessKey) {
  const wanted = askedBy(services, person, data);
  if (wanted === undefined) return { card: nothingCard() };
  const page = await readAccessLog(services.readingAccess, person, wanted, from);
  return { card: page.kind === 'nothing' ? nothingCard() : logCard(page, data, from === undefined) };
}

/** What a button asks for; `undefined` when its token is somebody else's, or older than the keys. */
function askedBy({ keys }: Services, person: Person, data: LogData): LogAsked | undefined {
  if (!('asked' in data)) return data;
  const typed = openAsked(keys, person.id, data.asked);
  return typed === undefined ? undefined : { typed };
}

/** The message that answers "access log …". To anybody but a records officer, what is answered for what does not exist. */
export async function logMessage(services: Services, person: Person, typed: string, userId: string): Promise<Card> {
  if (mayReadAccessLog(person)) return logStub({ asked: sealAsked(services.keys, person.id, typed) }, userId);
  await readAccessLog(services.readingAccess, person, { typed }); // which notes the refusal
  return nothingCard();
}
