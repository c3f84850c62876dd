import { nudgeSamples } from './samples/nudgeSamples.ts';
import { checkSamples } from './samples/checkSamples.ts';
import { endorsementSamples } from './samples/endorsementSamples.ts';
import { logSamples } from './samples/logSamples.ts';
import { otherSamples } from './samples/otherSamples.ts';
import { questionSamples } from './samples/questionSamples.ts';
import { restrictionSamples } from './samples/restrictionSamples.ts';
import { recordSamples } from './samples/recordSamples.ts';
import { searchSamples } from './samples/searchSamples.ts';
import type { SampleCard } from './samples/sample.ts';
import { summarySamples } from './samples/summarySamples.ts';
import { urgentSamples } from './samples/urgentSamples.ts';
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
    ...summarySamples(),
    ...urgentSamples(),
    ...searchSamples(),
    ...logSamples(),
    ...restrictionSamples(),
    ...otherSamples(),
  ];
}
