import type { Documents } from './documents.ts';
import { settled } from './settled.ts';

/** Makes a document unless there is one already, whoever made it; resolves when it is durable. Idempotent. */
export async function keepOnce(
  documents: Documents,
  deadline: AbortSignal,
  partition: string,
  doc: { readonly id: string },
): Promise<void> {
  await settled<true>(deadline, {
    attempt: async () => ((await documents.create(partition, doc)) === undefined ? undefined : true),
    lookBack: async () => ((await documents.read(partition, doc.id)) === undefined ? undefined : true),
  });
}
