import { join } from 'node:path';
import { freePort, startProcess } from '../server-process.ts';
import type { Subject } from '../subject.ts';
import { peersFolder } from './peers-folder.ts';

/** y-websocket 2.1 with one SQLite row committed before each broadcast: no product, but the price of the promise. */
export const durable: Subject = {
  name: 'y-websocket, committing first',
  isYardstick: true,
  async start(dataDir) {
    const port = await freePort();
    const server = await startProcess({
      args: ['durable.cjs', join(dataDir, 'log.sqlite')],
      cwd: peersFolder,
      env: { HOST: '127.0.0.1', PORT: String(port) },
      readyText: 'running at',
    });
    let made = 0;
    return {
      process: server,
      wantsToken: false,
      createBoard: async () => `board-${process.pid}-${made++}`,
      urlOf: (doc) => `ws://127.0.0.1:${port}/${doc}`,
      prefixOf: () => new Uint8Array(0),
    };
  },
};
