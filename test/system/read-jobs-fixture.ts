import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ReadJob } from '@rapport/domain/http/workspace-context.node';

const pause = new Int32Array(new SharedArrayBuffer(4));

/** Writes `begun` into the folder and holds its thread until somebody writes `go`. */
export const hold: ReadJob<string, string> = {
  name: 'hold',
  run(_query, folder) {
    writeFileSync(join(folder, 'begun'), '');
    while (!existsSync(join(folder, 'go'))) Atomics.wait(pause, 0, 0, 5);
    return 'held';
  },
};

/** Fails in each way that a job can. */
export const fail: ReadJob<string, unknown> = {
  name: 'fail',
  run(query, how) {
    if (how === 'end') process.exit(7);
    if (how === 'unplain') return () => {};
    if (how === 'write') return query.all('DELETE FROM deals');
    throw new Error('as asked');
  },
};
