import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Identity, PeerSocket } from '@rapport/sync/server/ports';
import { defaultLimits } from '@rapport/sync/server/limits';
import { syncFrame, syncMessage } from '@rapport/sync/shared/frames';
import * as Y from 'yjs';
import { makeLog } from '../../apps/server/src/log.ts';
import { nouns } from '../../apps/server/src/registry.ts';
import { makeOpenHub } from '../../apps/server/src/workspaces/open-hub.ts';
import { fillBoard } from './board-fixture.ts';
import { makeEdits } from './edits.ts';
import { median, pause } from './statistics.ts';

const coldEdits = 1500;
const coldEveryMs = 4;
const hotEdits = 20_000;
/** More than the caches of a processor hold. */
const otherWorkBytes = 8 * 2 ** 20;

/**
 * What one edit takes inside the server, in one process: no sockets, and the file in memory where the system has such a
 * folder, so that neither the disk nor other work on the machine decides the figures. *Cold*: as when one person types,
 * each edit after other work has had the processor's caches. Medians in µs, as a Markdown table.
 */
export async function editCostTable(): Promise<string> {
  const folder = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'rapport-bench-'));
  try {
    const limits = { ...defaultLimits, updatesPerSecond: 1e9, updateBurst: 1e9 };
    const open = makeOpenHub({ nouns, limits, now: Date.now, log: makeLog('error') });
    const { hub, store } = await open(join(folder, 'workspace.sqlite'));
    const name = 'board/01HZXK3V9GQ4T5N6P7R8S9T0V1';
    await hub.create(name, { actor: 'server', via: 'server' }, (doc) => void fillBoard(doc, 500));
    const board = new Y.Doc();
    await hub.read(name, (doc) => Y.applyUpdate(board, Y.encodeStateAsUpdate(doc)));
    const writer = hub.connect({ doc: name, socket: deafSocket, identity: typist, access: 'write', notices: true });
    hub.connect({ doc: name, socket: deafSocket, identity: typist, access: 'write', notices: true });
    await pause(1000);
    const frames = makeEdits(board, coldEdits + hotEdits).map(({ update }) => syncFrame(syncMessage.update, update));
    const other = new Uint8Array(otherWorkBytes);
    const taken: number[] = [];
    const committed: number[] = [];
    const edit = async (frame: Uint8Array): Promise<void> => {
      const started = performance.now();
      writer.receive(frame);
      const applied = performance.now();
      // Behind the commit, which asked for its turn while the frame was taken.
      await new Promise((resolve) => setImmediate(resolve));
      taken.push(applied - started);
      committed.push(performance.now() - applied);
    };
    for (const frame of frames.slice(0, coldEdits)) {
      await pause(coldEveryMs);
      for (let i = 0; i < other.length; i += 64) other[i] = ((other[i] ?? 0) + 1) & 255;
      await edit(frame);
    }
    const us = (values: readonly number[]): string => (median(values) * 1000).toFixed(0);
    // Of the later half: the code has been compiled then.
    const cold = [taken, committed].map((values) => us(values.slice(coldEdits / 2)));
    taken.length = committed.length = 0;
    const before = process.cpuUsage();
    for (const frame of frames.slice(coldEdits)) await edit(frame);
    const { user, system } = process.cpuUsage(before);
    const hot = [taken, committed].map((values) => us(values.slice(hotEdits / 2)));
    await hub.close();
    await store.close();
    return [
      '| µs per edit | cold | hot |',
      '| --- | ---: | ---: |',
      `| read, judged, applied, made into rows | ${cold[0] ?? ''} | ${hot[0] ?? ''} |`,
      `| committed (without a disk) and sent on | ${cold[1] ?? ''} | ${hot[1] ?? ''} |`,
      `| CPU of the process, search and snapshots too | | ${((user + system) / hotEdits).toFixed(0)} |`,
    ].join('\n');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const typist: Identity = { memberId: '01HZXK3V9GQ4T5N6P7R8S9T0A1', name: 'Typist', colour: 1 };
const deafSocket: PeerSocket = { send: () => {}, close: () => {}, bufferedAmount: 0 };
