import { join } from 'node:path';
import { createEncoder, toUint8Array, writeVarString } from 'lib0/encoding';
import { freePort, startProcess } from '../server-process.ts';
import type { Subject } from '../subject.ts';
import { peersFolder } from './peers-folder.ts';

/** Hocuspocus 4.7 with its SQLite extension. */
export const hocuspocus: Subject = {
  name: 'Hocuspocus',
  async start(dataDir) {
    const port = await freePort();
    const server = await startProcess({
      args: ['hocuspocus.mjs', String(port), join(dataDir, 'hocuspocus.sqlite')],
      cwd: peersFolder,
      env: {},
      readyText: 'ready',
    });
    let made = 0;
    return {
      process: server,
      wantsToken: true,
      createBoard: async () => `board-${process.pid}-${made++}`,
      urlOf: () => `ws://127.0.0.1:${port}`,
      prefixOf(doc) {
        const encoder = createEncoder();
        writeVarString(encoder, doc);
        return toUint8Array(encoder);
      },
    };
  },
};
