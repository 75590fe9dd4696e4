import type { Noun } from '@rapport/domain/http/workspace-context.node';
import { makeHub } from '@rapport/sync/server/hub';
import type { Limits } from '@rapport/sync/server/ports';
import { rebuildRows } from '@rapport/sync/server/rebuild';
import { makeRowWriter } from '@rapport/sync/server/sqlite/row-writer';
import { openSqliteStore } from '@rapport/sync/server/sqlite/sqlite-store';
import type { StoreThread } from '@rapport/sync/server/sqlite/store-thread';
import type { Logger } from 'pino';
import { openAccessBook } from '../access/access-book.ts';
import { makePresenceFilter } from '../access/presence-filter.ts';
import { timed } from '../operate/commit-times.ts';
import { markFormat } from '../operate/format.ts';
import { openDuplicateBook } from '../duplicates-book.ts';
import { openFormBook } from '../forms/form-book.ts';
import { openMailQueue } from '../mail/mail-queue.ts';
import { keepIndex } from '../search/keep-index.ts';
import { openSearchIndex } from '../search/search-index.ts';
import { searchables } from '../searchables.ts';
import { prepareReadModel } from './read-model.ts';
import type { OpenHub } from './workspace-host.ts';

/** Opens a workspace's file: store, read model (rebuilt from the log when its shape changed), documents. */
export function makeOpenHub(deps: {
  nouns: readonly Noun[];
  limits: Limits;
  now: () => number;
  log: Logger;
  /** Told how long each commit of a file took. */
  onCommitTime?: (path: string, ms: number) => void;
  storeThread?: StoreThread;
}): OpenHub {
  const { nouns, limits, now, log, onCommitTime = () => undefined, storeThread: thread } = deps;
  const kinds = nouns.flatMap((noun) => noun.kinds);
  return async (path, roleOf = () => null) => {
    const store = openSqliteStore({ path, ...(thread === undefined ? {} : { thread }) });
    markFormat(store.database);
    const access = openAccessBook(store.database, roleOf);
    const { mustRebuild, markBuilt } = prepareReadModel(store.database, nouns);
    if (mustRebuild) {
      const { database } = store;
      const writeRow = makeRowWriter(database);
      // All or nothing, so that nobody is shown half of the rows; nothing else writes before the documents are open.
      database.exec('BEGIN IMMEDIATE');
      try {
        await rebuildRows(
          store,
          kinds,
          (writes) => writes.forEach(writeRow),
          (doc, seq) => log.error({ doc, seq }, 'a damaged log entry ends the rebuild of its document'),
        );
        markBuilt();
        database.exec('COMMIT');
      } catch (error) {
        database.exec('ROLLBACK');
        await store.close();
        throw error;
      }
    }
    const hub = await makeHub({
      store: timed(store, (ms) => onCommitTime(path, ms)),
      kinds,
      limits,
      now,
      log: (level, message, detail) => log[level](detail ?? {}, message),
      presence: makePresenceFilter(access),
    });
    const index = openSearchIndex(store.database, searchables, { anew: mustRebuild });
    const stopIndexing = keepIndex({
      index,
      hub,
      searchables,
      onProblem: (error) => log.error({ error }, 'the search index could not be brought up to date'),
    });
    const close = async () => {
      stopIndexing();
      await store.close();
    };
    return {
      hub,
      store: { ...store, close },
      access,
      duplicates: openDuplicateBook(store.database),
      forms: openFormBook(store.database),
      mail: openMailQueue(store.database),
    };
  };
}
