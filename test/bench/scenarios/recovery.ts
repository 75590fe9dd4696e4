import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { seedBoard } from '../board-fixture.ts';
import { makeEdits, marksIn } from '../edits.ts';
import type { Scenario } from '../scenario.ts';
import { pause, until } from '../statistics.ts';
import { isOurs } from '../subjects/ours.ts';
import { WireClient } from '../wire-client.ts';

const rows = 10_000;
/** Our snapshot is due in a quiet second, Hocuspocus' store after two. */
const storedMs = 5000;

/** How long the first person waits for a board that has seen 10,000 edits, after its server has started again. */
export const recovery: Scenario = {
  name: 'recovery',
  title: 'Opening a board of 500 cards with 10,000 edits after a restart',
  rounds: 3,
  prepare: async (ground) => async () => {
    const { name, doc, bytes } = await seedBoard(ground.running(), 500);
    const edits = makeEdits(doc, ground.quick ? 2000 : rows);
    const last = edits.at(-1)?.mark ?? -1;
    const { client: writer } = await WireClient.join(ground.running(), name, bytes);
    const { client: reader } = await WireClient.join(ground.running(), name, bytes);
    let isThere = false;
    reader.onUpdate = (update) => (isThere ||= marksIn(update).includes(last));
    for (const { update } of edits) writer.sendUpdate(update);
    await until(() => isThere, 'the last edit', [writer, reader]);
    await pause(storedMs);
    await Promise.all([writer.close(), reader.close()]);
    const openMs = async (): Promise<number> => {
      const subject = ground.running();
      // Another board first: the first connection of a process loads code.
      const other = await WireClient.join(subject, await subject.createBoard());
      const started = performance.now();
      // Titles replace each other, so the state is not longer by much than it was; y-websocket first sends nothing.
      const { client, state } = await WireClient.join(subject, name, bytes / 2);
      const ms = performance.now() - started;
      if (!marksIn(state).includes(last)) throw new Error('the last edit is not there');
      await Promise.all([client.close(), other.client.close()]);
      return ms;
    };
    await ground.restart();
    const stored = await openMs();
    if (!isOurs(ground.running())) return { 'as it is stored ms': stored };
    let count = 0;
    await ground.restart({ whileDown: (dataDir) => (count = dropSnapshots(dataDir, name)) });
    const fromLog = await openMs();
    return {
      'as it is stored ms': stored,
      'from the log alone ms': fromLog,
      'rows in that log': count,
      'from the log, ms per 10,000 rows': (fromLog * 10_000) / count,
    };
  },
};

/** Takes a document's snapshots away, as if none had ever been kept; answers the rows of its log. */
function dropSnapshots(dataDir: string, doc: string): number {
  for (const file of readdirSync(dataDir, { recursive: true, encoding: 'utf8' })) {
    if (!file.endsWith('.sqlite')) continue;
    const database = new DatabaseSync(join(dataDir, file));
    try {
      const hasLog = database.prepare(`SELECT 1 FROM sqlite_master WHERE name = 'sync_log'`).get();
      if (hasLog === undefined) continue;
      const found = database.prepare('SELECT count(*) AS count FROM sync_log WHERE doc = ?').get(doc);
      if (found?.['count'] === 0) continue;
      const { changes } = database.prepare('DELETE FROM sync_states WHERE doc = ?').run(doc);
      if (Number(changes) === 0) throw new Error('there was no snapshot to compare with');
      return Number(found?.['count']);
    } finally {
      database.close();
    }
  }
  throw new Error('the workspace’s file was not found');
}
