import { defaultLimits } from '@rapport/sync/server/limits';
import Sqlite from 'better-sqlite3';
import { makeLog } from '../../log.ts';
import { nouns } from '../../registry.ts';
import { makeOpenHub } from '../../workspaces/open-hub.ts';
import type { Command } from '../commands.ts';
import { refuseNewerFolder, workspaceFile, workspaceIds } from '../format.ts';
import { OperateProblem } from '../problem.ts';
import { refuseRunningServer } from '../restore.ts';

/** Drops all derived tables and makes them anew from the log, as a start with changed tables does. */
export const rebuild: Command = {
  takes: '[--workspace ID]',
  does: 'make all derived rows anew from the log',
  options: { workspace: { type: 'string' } },
  async run({ dataDir, now, say }, _positionals, { workspace }) {
    refuseNewerFolder(dataDir);
    refuseRunningServer(dataDir);
    const ids = workspaceIds(dataDir).filter((id) => workspace === undefined || id === workspace);
    if (ids.length === 0) throw new OperateProblem(`There is no such workspace in ${dataDir}.`);
    const open = makeOpenHub({ nouns, limits: defaultLimits, now, log: makeLog('error') });
    for (const id of ids) {
      const path = workspaceFile(dataDir, id);
      const database = new Sqlite(path);
      const hasModel = database.prepare(`SELECT 1 FROM sqlite_schema WHERE name = 'read_model'`).get() !== undefined;
      // Without a known shape the next open takes the tables for another version's.
      if (hasModel) database.exec('DELETE FROM read_model');
      database.close();
      const { hub, store } = await open(path);
      await hub.close();
      await store.close();
      say(`${id}  rows rebuilt`);
    }
    return 0;
  },
};
