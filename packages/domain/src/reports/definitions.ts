import { leaderboard } from './leaderboard.ts';
import { atRisk, pipelineByStage } from './pipeline-by-stage.ts';
import type { Report } from './report.ts';
import { salesCycle } from './sales-cycle.ts';
import { valueBy } from './value-by.ts';
import { winRate } from './win-rate.ts';
import { wonLostByMonth, wonLostByQuarter } from './won-lost.ts';

/** All reports, in the order they are listed. A new one is a file and a line here. */
export const reports: readonly Report[] = [
  pipelineByStage,
  atRisk,
  wonLostByMonth,
  wonLostByQuarter,
  winRate,
  salesCycle,
  leaderboard,
  valueBy,
];

export const reportNamed = (name: string): Report | undefined => reports.find((report) => report.name === name);
