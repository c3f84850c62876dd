import { CodedError, type ErrorCode } from '../../errors.ts';

type CosmosCode = Extract<
  ErrorCode,
  `store.${'missing' | 'refused' | 'unfit' | 'busy' | 'unsure' | 'full' | 'tenant' | 'half' | 'rotated' | 'broken' | 'fault'}`
>;

/** What went wrong and how to mend it, for the operator. None of it says what is in the store. */
const SAY: Readonly<Record<CosmosCode, string>> = {
  'store.missing':
    'The database or one of its containers is not there: check COSMOS_ENDPOINT and COSMOS_DATABASE, or make it with “npm run cosmos:provision”.',
  'store.refused':
    'The account refused this identity or key: give the bot’s identity the role “Cosmos DB Built-in Data Contributor”, or check COSMOS_KEY and the clock of this machine.',
  'store.unfit':
    'The account cannot keep records safely: set its consistency to Strong with one write region, and start again.',
  'store.busy': 'The account is out of request units: give the database more, or wait until fewer people are at work.',
  'store.unsure':
    'The account did not answer in time, and it is not known whether the last change was kept: check the network and the state of the account.',
  'store.full': 'What was to be saved is larger than Cosmos DB keeps in one place.',
  'store.tenant': 'This data belongs to another Microsoft 365 tenant: check the tenant id and COSMOS_DATABASE.',
  'store.half':
    'A copy into this database was begun and did not end: run the same “npm run -s records -- copy” again, or name another database with COSMOS_DATABASE.',
  'store.rotated':
    'The keys of the records are being changed, or were changed: bring “npm run -s records -- rotate-key” to its end, give every bot the new key file, and start them again.',
  'store.broken':
    'The data is damaged or was not written by Sharing Log: keep a copy of it and restore the last backup.',
  'store.fault':
    'The data could not be read or written: look at the cause in the log, and restart the bot when it is mended.',
};

/** A fault of the store, with the sentence that goes with its code unless a better one is given. */
export function cosmosFault(code: CosmosCode, cause?: unknown, message: string = SAY[code]): CodedError {
  return new CodedError(code, message, { cause });
}

/** Nobody knows yet whether a request did its work. Never leaves the adapter. */
export class OutcomeUnknown extends Error {
  constructor(cause: unknown) {
    super('The outcome of a request is not known.', { cause });
    this.name = 'OutcomeUnknown';
  }
}

/** What the account says that it did not do. Source: learn.microsoft.com/rest/api/cosmos-db/http-status-codes-for-cosmosdb */
const NOT_DONE: ReadonlyMap<number, CosmosCode> = new Map([
  [400, 'store.fault'],
  [401, 'store.refused'],
  [403, 'store.refused'],
  [404, 'store.missing'],
  [413, 'store.full'],
  [429, 'store.busy'],
]);

/** The status of an answer; `undefined` where there was none. The client wraps the errors of batches. */
export function statusOf(error: unknown): number | undefined {
  if (!(error instanceof Error)) return undefined;
  if ('code' in error && typeof error.code === 'number') return error.code;
  return statusOf(error.cause);
}

/** What kind of status it is; `undefined` where none was told. */
export function substatusOf(error: unknown): number | undefined {
  if (!(error instanceof Error)) return undefined;
  if ('substatus' in error && typeof error.substatus === 'number') return error.substatus;
  return substatusOf(error.cause);
}

/** What @azure/identity throws when there is nobody to come as, by name. */
const NO_IDENTITY: ReadonlySet<string> = new Set([
  'AggregateAuthenticationError',
  'AuthenticationError',
  'AuthenticationRequiredError',
  'CredentialUnavailableError',
]);

/**
 * Any error of a request as a fault of the store: a coded one as it is, an answer that says that nothing was done by its
 * status, and everything else – no answer, half of one, 408, 449, 5xx – as `OutcomeUnknown`. Decided by number.
 */
export function asCosmosFault(error: unknown): CodedError | OutcomeUnknown {
  if (error instanceof CodedError || error instanceof OutcomeUnknown) return error;
  if (error instanceof Error && NO_IDENTITY.has(error.name)) return cosmosFault('store.refused', error);
  const status = statusOf(error);
  const code = status === undefined ? undefined : NOT_DONE.get(status);
  return code === undefined ? new OutcomeUnknown(error) : cosmosFault(code, error);
}
