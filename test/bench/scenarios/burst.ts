import { seedBoard } from '../board-fixture.ts';
import { makeEdits, marksIn } from '../edits.ts';
import { settleMs } from '../load.ts';
import type { Scenario } from '../scenario.ts';
import { pause, until } from '../statistics.ts';
import { WireClient } from '../wire-client.ts';

/** Everything at once, as a client sends it that comes back with much to tell: how long until a reader has all. */
export const burst: Scenario = {
  name: 'burst',
  title: '26,000 edits sent at once by one client, one reader',
  rounds: 3,
  prepare: async (ground) => async () => {
    const subject = ground.running();
    // A board of its own for each round: two such bursts on one board make y-websocket close its connections.
    const { name, doc } = await seedBoard(subject, 500);
    const edits = makeEdits(doc, ground.quick ? 5000 : 26_000);
    const last = edits.at(-1)?.mark;
    const { client: writer } = await WireClient.join(subject, name);
    const { client: reader } = await WireClient.join(subject, name);
    reader.receivedBytes = 0;
    let arrivedAt = 0;
    reader.onUpdate = (update) => {
      if (marksIn(update).includes(last ?? -1)) arrivedAt = performance.now();
    };
    const cpuBefore = subject.process.cpuMs();
    const started = performance.now();
    for (const edit of edits) writer.sendUpdate(edit.update);
    await until(() => arrivedAt > 0, 'the last edit of the burst', [writer, reader]);
    await pause(settleMs);
    const cpuMs = subject.process.cpuMs() - cpuBefore;
    const bytes = reader.receivedBytes;
    await Promise.all([writer.close(), reader.close()]);
    return {
      'all received ms': arrivedAt - started,
      'CPU µs per edit': (cpuMs * 1000) / edits.length,
      'bytes per edit and reader': bytes / edits.length,
    };
  },
};
