import type { HttpClient, PipelineRequest, PipelineResponse } from '@azure/core-rest-pipeline';
import { createHttpHeaders } from '@azure/core-rest-pipeline';
import { operationOf } from './observed.ts';

/** Far more than the store asks for: the length of a list is a part of the text. */
const KEPT_AT_MOST = 500;

/**
 * An HTTP client that asks once how a query over all partitions is to be run. The account says so for a text and its numbers
 * (how many items, how many to leave out); days, names and ids in it change nothing, unless they name a partition: a plan
 * that does not lead everywhere is kept for nobody else. A plan is no data and outlives a split. Saves a request, and with
 * it a wait, of every list.
 * Source: issue “Azure Cosmos DB”, 6; the SDKs for .NET and Java keep plans too, the one for JavaScript does not.
 */
export function rememberingPlans(client: HttpClient): HttpClient {
  const plans = new Map<string, string>();

  function keep(what: string, plan: string): void {
    const [oldest] = plans.keys();
    if (plans.size >= KEPT_AT_MOST && oldest !== undefined) plans.delete(oldest);
    plans.set(what, plan);
  }

  return {
    async sendRequest(request) {
      if (operationOf(request) !== 'plan' || typeof request.body !== 'string') return client.sendRequest(request);
      const what = `${new URL(request.url).pathname}\n${withoutTexts(request.body)}`;
      const known = plans.get(what);
      if (known !== undefined) return answerOf(request, known);
      const answer = await client.sendRequest(request);
      if (answer.status === 200 && leadsEverywhere(answer.bodyAsText)) keep(what, answer.bodyAsText);
      return answer;
    },
  };
}

interface Plan {
  readonly queryRanges?: readonly { readonly min: string; readonly max: string }[];
}

/** Whether every partition is asked. What is no plan is left to the client. */
function leadsEverywhere(plan: string | null | undefined): plan is string {
  if (typeof plan !== 'string') return false;
  try {
    const { queryRanges = [] } = JSON.parse(plan) as Plan; // as the account writes a plan
    return queryRanges.some(({ min, max }) => min === '' && max === 'FF');
  } catch (error) {
    if (error instanceof SyntaxError) return false;
    throw error;
  }
}

/** As from the account, without the session that the plan came in. */
function answerOf(request: PipelineRequest, bodyAsText: string): PipelineResponse {
  return { request, status: 200, headers: createHttpHeaders({ 'content-type': 'application/json' }), bodyAsText };
}

interface SentQuery {
  readonly query: string;
  readonly parameters?: readonly { readonly name: string; readonly value: unknown }[];
}

function withoutTexts(body: string): string {
  const { query, parameters = [] } = JSON.parse(body) as SentQuery; // as the SDK writes a query
  const numbers = parameters.filter(({ value }) => typeof value === 'number');
  return [query, ...numbers.map(({ name, value }) => `${name}=${String(value)}`)].join('\n');
}
