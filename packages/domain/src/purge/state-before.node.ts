import { isPurged } from '@rapport/doc/purge';
import { recordMap } from '@rapport/doc/records';
import * as Y from 'yjs';
import type { ReadJob } from '../http/workspace-context.node.ts';

interface Args {
  readonly doc: string;
  readonly root: string;
  readonly id: string;
}

/** A document (as a Yjs update) as it was before a record in it was last emptied; null when it never was. */
export const stateBeforePurge: ReadJob<Args, Uint8Array | null> = {
  name: 'state-before-purge',
  run(query, { doc, root, id }) {
    const steps = query.all<{ bytes: Uint8Array }>('SELECT bytes FROM sync_log WHERE doc = ? ORDER BY seq', [doc]);
    const replay = new Y.Doc({ gc: false });
    let [purging, was] = [-1, false];
    for (const [at, { bytes }] of steps.entries()) {
      Y.applyUpdate(replay, bytes);
      const is = isPurged(recordMap(replay, root, id));
      if (is && !was) purging = at;
      was = is;
    }
    replay.destroy();
    if (purging < 0) return null;
    const before = new Y.Doc({ gc: false });
    before.transact(() => {
      for (const { bytes } of steps.slice(0, purging)) Y.applyUpdate(before, bytes);
    });
    const state = Y.encodeStateAsUpdate(before);
    before.destroy();
    return state;
  },
};
