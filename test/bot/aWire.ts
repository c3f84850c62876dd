import assert from 'node:assert/strict';
import { loadPeople } from '../../bot/local/people.ts';
import { personalPlace } from '../../bot/local/places.ts';
import { cardInvokeActivity, messageActivity, type ActivityContext } from '../../bot/local/teamsActivities.ts';
import { PEOPLE, type TestBot } from '../journeys/aBot.ts';
import type { WireCard } from '../journeys/aCard.ts';
import { storeContents } from './storeContents.ts';

export interface Answer {
  readonly status: number;
  readonly text: string;
}
export type Changes = Readonly<Record<string, unknown>>;

/** What an exception, a stack or a file would look like in an answer or in the log. */
export const FAULT_TEXT = /\w+Error:|xception|\bat (?:async )?\S+ \(|file:\/\/|\.ts\b|node_modules/u;

/** Speaks to the bot's endpoint as Priya's Teams would, and as nobody's Teams should. */
export interface Wire {
  readonly anInvoke: (action: unknown, changes?: Changes) => Changes;
  readonly aMessage: (changes?: Changes) => Changes;
  readonly post: (body: string, headers?: Readonly<Record<string, string>>) => Promise<Answer>;
  /** Sends it, and checks what holds for anything that is refused: no fault shown or logged, and nothing written. */
  readonly refused: (body: string) => Promise<Answer>;
}

/** Presses come from the message of this id in Priya's chat. */
export function aWire(bot: TestBot, messageId: string): Wire {
  const post: Wire['post'] = async (body, headers = {}) => {
    const response = await fetch(`${bot.running.url}/api/messages`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', ...headers },
      body,
    });
    return { status: response.status, text: await response.text() };
  };
  return {
    post,
    anInvoke(action, changes = {}) {
      const press = { activityId: messageId, action: {}, trigger: 'manual' as const };
      const activity: Changes = { ...cardInvokeActivity(contextOf(bot), press) };
      return { ...activity, value: { action, trigger: 'manual' }, ...changes };
    },
    aMessage: (changes = {}) => ({ ...messageActivity(contextOf(bot), 'record share'), ...changes }),
    async refused(body) {
      const before = storeContents(bot.dataDir);
      const lines = bot.logged.length;
      const answer = await post(body);
      assert.ok(answer.status < 500, `${answer.status} ${answer.text}`);
      assert.doesNotMatch(answer.text, FAULT_TEXT);
      assertNoFaultIn(bot.logged.slice(lines));
      assert.equal(storeContents(bot.dataDir), before, 'nothing is written');
      return answer;
    },
  };
}

/** The log holds codes; none of them that of a fault, and no text of one. */
export function assertNoFaultIn(lines: readonly string[]): void {
  for (const line of lines) {
    assert.doesNotMatch(line, /"code":"\w+\.failed"/u);
    assert.doesNotMatch(line, FAULT_TEXT);
  }
}

/** What a button sends. */
export function aPress(data: unknown, verb: unknown = 'draft.next'): unknown {
  return { type: 'Action.Execute', verb, data };
}

/** The card that a press was answered with. */
export function cardFrom(answer: Answer): WireCard {
  const body = JSON.parse(answer.text);
  assert.equal(body.statusCode, 200, answer.text);
  return body.value;
}

/** The code that a press was answered with. */
export function codeFrom(answer: Answer): unknown {
  const body = JSON.parse(answer.text);
  assert.equal(body.statusCode, 400, answer.text);
  return body.value.code;
}

function contextOf(bot: TestBot): ActivityContext {
  const people = loadPeople(undefined);
  const person = people.people.find(({ id }) => id === PEOPLE.priya)!;
  return {
    id: '1700000000000',
    person,
    place: personalPlace(person),
    tenantId: people.tenantId,
    serviceUrl: `${bot.running.url}/local/connector/`,
    now: '2026-11-24T10:00:00.000Z',
  };
}
