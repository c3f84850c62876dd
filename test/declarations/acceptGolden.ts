import { writeFileSync } from 'node:fs';
import { GOLDEN, dumpDeclarations } from './dump.ts';

/**
 * Accepts the declarations as they stand: `node test/declarations/acceptGolden.ts`, then look through the difference
 * before committing it. A field or option that was released is never renamed or deleted, only marked `retired`.
 */
writeFileSync(GOLDEN, await dumpDeclarations());
