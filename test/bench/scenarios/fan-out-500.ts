import * as Y from 'yjs';
import { seedBoard } from '../board-fixture.ts';
import { makeEdits } from '../edits.ts';
import { runLoad } from '../load.ts';
import type { Scenario } from '../scenario.ts';
import { pause, quantile } from '../statistics.ts';
import { isOurs } from '../subjects/ours.ts';
import { WireClient } from '../wire-client.ts';

const readersCount = 500;
const everyMs = 50;
/** Long enough for what joining has allocated to be counted or given back. */
const restMs = 1500;

/** One writer, 500 readers: what they wait, what the writer waits until it knows that it is saved, what they cost. */
export const fanOut500: Scenario = {
  name: 'fan-out-500',
  title: 'One person types, 500 watch (20 edits/s)',
  rounds: 3,
  async prepare(ground) {
    const { name, doc: board, bytes } = await seedBoard(ground.running(), 500);
    return async () => {
      // Memory that an earlier round has freed would hide what these connections need.
      await ground.restart();
      const subject = ground.running();
      const doc = new Y.Doc();
      Y.applyUpdate(doc, Y.encodeStateAsUpdate(board));
      const edits = makeEdits(doc, ground.quick ? 20 : 80);
      for (const { update } of edits) Y.applyUpdate(board, update);
      const { client } = await WireClient.join(subject, name, bytes);
      await pause(restMs);
      const before = subject.process.residentMb();
      const readers = [client];
      for (let i = 0; i < readersCount; i += 20) {
        const some = Array.from({ length: 20 }, () => WireClient.join(subject, name, bytes));
        for (const joined of await Promise.all(some)) readers.push(joined.client);
      }
      await pause(restMs);
      const idleKb = ((subject.process.residentMb() - before) * 1024) / readersCount;
      const sentAt: number[] = [];
      const waits: number[] = [];
      client.onAcknowledged = () => {
        const sent = sentAt.shift();
        if (sent !== undefined) waits.push(performance.now() - sent);
      };
      const asks = isOurs(subject);
      try {
        const writers = [{ client, edits }];
        const afterSend = (): void => {
          sentAt.push(performance.now());
          if (asks) client.askForAcknowledgement();
        };
        const load = await runLoad({ subject, writers, readers, everyMs, copies: readersCount, afterSend });
        return {
          'edit → acknowledged p50 ms': quantile(waits, 0.5),
          'edit → acknowledged p99 ms': quantile(waits, 0.99),
          'edit → a reader p50 ms': load['p50 ms'] ?? Number.NaN,
          'edit → a reader p99 ms': load['p99 ms'] ?? Number.NaN,
          'CPU ms per 1,000 edits': load['CPU µs per edit'] ?? Number.NaN,
          'KB per idle connection': idleKb,
        };
      } finally {
        await Promise.all(readers.map((reader) => reader.close()));
      }
    };
  },
};
