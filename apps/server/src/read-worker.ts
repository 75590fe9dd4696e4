import { readJobs } from './read-jobs.ts';
import { serveReads } from './workspaces/serve-reads.ts';

serveReads(readJobs);
