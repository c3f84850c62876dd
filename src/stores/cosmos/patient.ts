import { setTimeout as wait } from 'node:timers/promises';
import { codeOf } from '../../errors.ts';
import { connect, type Call, type Connection, type CosmosPlace } from './connection.ts';
import type { Limits } from './documents.ts';
import { checkFit } from './fit.ts';
import type { Observe } from './observed.ts';

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

export interface PatientOptions extends CosmosPlace {
  readonly limits?: Limits;
  /** How long to wait while the account is out of request units. */
  readonly busyWaitMs?: number;
}

/**
 * Opens a database for a command, and has it looked at before anything is done. Rejects with what `openCosmos` rejects with,
 * and with what the look throws; nothing is left open then.
 */
export async function openPatiently(
  options: PatientOptions,
  look: (call: Call) => Promise<void>,
  observe?: Observe,
): Promise<Connection> {
  const connection = await connect(options, options.limits ?? PATIENT_LIMITS, observe);
  const call = patient(connection, options.busyWaitMs ?? BUSY_WAIT_MS);
  try {
    await checkFit(connection.client, connection.database);
    await look(call);
  } catch (error) {
    await connection.close();
    throw error;
  }
  return { ...connection, call };
}
