/**
 * How a send to a person is to fail: with a status (a code that Teams would name, and a Retry-After), or with the connection
 * cut. `applied` means that the message does arrive and only the answer is lost.
 */
export type SendFault =
  | { readonly kind: 'status'; readonly status: number; readonly code?: string; readonly retryAfterSeconds?: number }
  | { readonly kind: 'reset'; readonly applied: boolean };

export interface SendFaults {
  /** Makes the next `times` sends to the person fail (once unless told), after those already planned. */
  plan(personId: string, fault: SendFault, times?: number): void;
  /** Takes the next planned failure, if there is one. */
  take(personId: string): SendFault | undefined;
}

/** Makes an empty plan of failures. Only tests fill it: there is no HTTP route to it. */
export function createSendFaults(): SendFaults {
  const planned = new Map<string, SendFault[]>();
  return {
    plan: (personId, fault, times = 1) => {
      const queue = planned.get(personId) ?? [];
      planned.set(personId, [...queue, ...Array.from({ length: times }, () => fault)]);
    },
    take: (personId) => planned.get(personId)?.shift(),
  };
}
