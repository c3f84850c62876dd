import { nudgeSamples } from './samples/nudgeSamples.ts';
import { checkSamples } from './samples/checkSamples.ts';
import { endorsementSamples } from './samples/endorsementSamples.ts';
import { otherSamples } from './samples/otherSamples.ts';
import { questionSamples } from './samples/questionSamples.ts';
import { restrictionSamples } from './samples/restrictionSamples.ts';
import { recordSamples } from './samples/recordSamples.ts';
import type { SampleCard } from './samples/sample.ts';
import { versionSamples } from './samples/versionSamples.ts';

export type { SampleCard } from './samples/sample.ts';

/**
 * Every card in every state, drawn from made-up data: the same at each call. Ids are unique; samples whose id begins
 * with `stored-`, and receipts, are messages that Teams keeps.
 */
export function sampleCards(): readonly SampleCard[] {
  return [
    ...questionSamples(),
    ...checkSamples(),
    ...recordSamples(),
    ...versionSamples(),
    ...nudgeSamples(),
    ...endorsementSamples(),
    ...restrictionSamples(),
    ...otherSamples(),
  ];
}
