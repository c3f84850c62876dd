import { ActivityTypes, type Activity, type TurnContext } from 'botbuilder';
import { z } from 'zod';
import { VERBS } from './actions.ts';
import { readCommand } from './commands.ts';
import { FIND_INVOKE } from './findingExtension.ts';
import type { Metrics, TurnName } from './metrics.ts';

type Turn = (context: TurnContext) => Promise<void>;

/** The same turn, with its time told to the figures, also where it fails. */
export function timed(turn: Turn, metrics: Pick<Metrics, 'turned'>): Turn {
  return async (context) => {
    const from = performance.now();
    try {
      await turn(context);
    } finally {
      metrics.turned(nameOf(context.activity), (performance.now() - from) / 1000);
    }
  };
}

const press = z.object({ action: z.object({ verb: z.enum(VERBS) }) });

function nameOf({ type, name, value, text }: Pick<Activity, 'type' | 'name' | 'value' | 'text'>): TurnName {
  if (type === ActivityTypes.Message) return { kind: 'message', name: readCommand(text ?? '').kind };
  if (type !== ActivityTypes.Invoke) return { kind: 'other', name: 'other' };
  if (name === FIND_INVOKE) return { kind: 'find', name: 'search' };
  return { kind: 'press', name: press.safeParse(value).data?.action.verb ?? 'other' };
}
