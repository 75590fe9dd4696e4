import { readActivity } from '@rapport/domain/activity/read-jobs.node';
import { readComparison, readVersion, readVersions } from '@rapport/domain/notes/read-jobs.node';
import type { ReadJob } from '@rapport/domain/http/workspace-context.node';
import { readLeadPage } from '@rapport/domain/leads/lead-rows.node';
import { readSizes } from './operate/sizes-job.ts';
import { readDealsBehind, readReport } from '@rapport/domain/reports/read-jobs.node';
import { makeFindAll, makeFindLike } from '@rapport/domain/duplicates/read-jobs.node';
import { stateBeforePurge } from '@rapport/domain/purge/state-before.node';
import { makeSearchJob } from '@rapport/domain/search/read-jobs.node';
import { compared } from './compared.ts';
import { searchables } from './searchables.ts';
import { makeTableJobs } from '@rapport/domain/tables/read-jobs.node';
import { tables } from './tables.ts';

/** What this server reads off its main thread: a job is one entry. Apart from the nouns, whose libraries it can spare. */
export const readJobs: readonly ReadJob<never, unknown>[] = [
  readReport,
  readDealsBehind,
  readActivity,
  readLeadPage,
  readVersions,
  readVersion,
  readComparison,
  readSizes,
  stateBeforePurge,
  ...Object.values(makeTableJobs(tables)),
  makeSearchJob(searchables),
  makeFindAll(compared),
  makeFindLike(compared, searchables),
];
