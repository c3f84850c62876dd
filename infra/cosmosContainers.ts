import { writeFileSync } from 'node:fs';
import { CONTAINER_NAMES, CONTAINERS, partitionOf, policyOf } from '../src/stores/cosmos/containers.ts';

export const CONTAINERS_FILE = new URL('cosmosContainers.json', import.meta.url);

/** The containers as Azure Resource Manager takes them, made from the declaration that a start checks them against. */
export function containersText(): string {
  const containers = CONTAINER_NAMES.map((name) => ({
    name,
    partitionKey: { ...partitionOf(CONTAINERS[name]), kind: 'Hash' },
    indexingPolicy: policyOf(CONTAINERS[name]),
  }));
  return `${JSON.stringify(containers, undefined, 2)}\n`;
}

if (import.meta.main) writeFileSync(CONTAINERS_FILE, containersText());
