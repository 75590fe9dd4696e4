import { seedBoard } from '../board-fixture.ts';
import { settleMs } from '../load.ts';
import type { Scenario } from '../scenario.ts';
import { median, pause, quantile } from '../statistics.ts';
import { WireClient } from '../wire-client.ts';

const hotJoins = 5;

/** From opening the socket to having the whole document. */
async function timedJoin(...args: Parameters<typeof WireClient.join>): Promise<{ ms: number; client: WireClient }> {
  const started = performance.now();
  const { client } = await WireClient.join(...args);
  return { ms: performance.now() - started, client };
}

export const join: Scenario = {
  name: 'join',
  title: 'Joining a board of 10,000 cards',
  rounds: 3,
  async prepare(ground) {
    const { name, bytes } = await seedBoard(ground.running(), ground.quick ? 2000 : 10_000);
    await pause(settleMs);
    return async () => {
      await ground.restart();
      const subject = ground.running();
      const cold = await timedJoin(subject, name, bytes);
      const hot: number[] = [];
      for (let i = 0; i < hotJoins; i++) {
        const { ms, client } = await timedJoin(subject, name, bytes);
        hot.push(ms);
        await client.close();
      }
      const cpuBefore = subject.process.cpuMs();
      const together = await Promise.all(Array.from({ length: 100 }, () => timedJoin(subject, name, bytes)));
      const cpuMs = subject.process.cpuMs() - cpuBefore;
      await Promise.all([cold, ...together].map(({ client }) => client.close()));
      const times = together.map(({ ms }) => ms);
      return {
        'cold ms': cold.ms,
        'hot ms': median(hot),
        '100 at once, p50 ms': quantile(times, 0.5),
        '100 at once, last ms': Math.max(...times),
        '100 at once, CPU ms': cpuMs,
        'MB each': cold.client.receivedBytes / 1e6,
      };
    };
  },
};
