import { resourceUsage } from 'node:process';
import { records } from '../bot/cli/records.ts';

/** Verifies the store in `DATA_DIR` once, as `npm run records -- verify --json` does, then says what the process used. */
process.exitCode = await records(['verify', '--json'], process.env);
const { maxRSS, userCPUTime, systemCPUTime } = resourceUsage();
console.log(JSON.stringify({ peakRssMb: maxRSS / 1024, cpuSeconds: (userCPUTime + systemCPUTime) / 1_000_000 }));
