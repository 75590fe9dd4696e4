import { readJobs } from '../../apps/server/src/read-jobs.ts';
import { serveReads } from '../../apps/server/src/workspaces/serve-reads.ts';
import { fail, hold } from './read-jobs-fixture.ts';

serveReads([...readJobs, hold, fail]);
