import { seedBoard } from '../board-fixture.ts';
import type { Scenario } from '../scenario.ts';
import { pause } from '../statistics.ts';
import { WireClient } from '../wire-client.ts';

const atOnce = 20;
const cards = 100;

/** What a server keeps of documents that nobody has open any more. */
export const memory: Scenario = {
  name: 'memory',
  title: '1,000 boards of 100 cards opened and closed',
  settings: { idleUnloadMs: 1000 },
  rounds: 1,
  async prepare(ground) {
    const boards: { name: string; bytes: number }[] = [];
    for (let i = 0; i < (ground.quick ? 200 : 1000); i++) {
      const { name, bytes } = await seedBoard(ground.running(), cards);
      boards.push({ name, bytes });
    }
    await pause(3000);
    await ground.restart();
    return async () => {
      const subject = ground.running();
      const openAndClose = async (some: typeof boards): Promise<void> => {
        const joined = await Promise.all(some.map(({ name, bytes }) => WireClient.join(subject, name, bytes)));
        await Promise.all(joined.map(({ client }) => client.close()));
      };
      // One board first, so that what a first connection loads is not taken for what boards leave behind.
      await openAndClose(boards.slice(0, 1));
      await pause(3000);
      const before = subject.process.residentMb();
      let most = before;
      for (let from = 0; from < boards.length; from += atOnce) {
        await openAndClose(boards.slice(from, from + atOnce));
        most = Math.max(most, subject.process.residentMb());
      }
      await pause(10_000);
      const after = subject.process.residentMb();
      return { 'before MB': before, 'most MB': most, 'after MB': after, 'after / before': after / before };
    };
  },
};
