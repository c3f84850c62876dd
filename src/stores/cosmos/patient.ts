import { setTimeout as wait } from 'node:timers/promises';
import { codeOf } from '../../errors.ts';
import type { Call, Connection } from './connection.ts';
import type { Limits } from './documents.ts';

/** Of commands for operators: nobody waits at a card, and a throttled account may take its time. */
export const PATIENT_LIMITS: Limits = { callMs: 60_000, attemptMs: 10_000, listMs: 60_000 };

export const BUSY_WAIT_MS = 1_000;
const BUSY_WAITS = 300;

/** Calls wait for a throttled account, so long each time, five minutes in all unless told otherwise. */
export function patient({ call }: Connection, waitMs: number): Call {
  return async (work) => {
    for (let waits = 0; ; waits += 1) {
      try {
        return await call(work);
      } catch (error) {
        if (codeOf(error) !== 'store.busy' || waits === BUSY_WAITS) throw error;
        await wait(waitMs);
      }
    }
  };
}
