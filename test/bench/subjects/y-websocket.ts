import { join } from 'node:path';
import { freePort, startProcess } from '../server-process.ts';
import type { Subject } from '../subject.ts';
import { peersFolder } from './peers-folder.ts';

/** The server that comes with y-websocket 2.1, storing to LevelDB. */
export const yWebsocket: Subject = {
  name: 'y-websocket',
  async start(dataDir) {
    const port = await freePort();
    const server = await startProcess({
      args: ['node_modules/y-websocket/bin/server.cjs'],
      cwd: peersFolder,
      env: { HOST: '127.0.0.1', PORT: String(port), YPERSISTENCE: join(dataDir, 'level') },
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
