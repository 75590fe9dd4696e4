import { join } from 'node:path';
import type { Query, Read } from '@rapport/domain/http/workspace-context.node';
import type { Hub, Store } from '@rapport/sync/server/ports';
import { makeFolder } from '../make-folder.ts';
import { makeLiveChannel, type LiveChannel } from './live-channel.ts';
import { openQuery } from './query.ts';
import { makeTidyMemory } from './tidy-memory.ts';
import type { Reader } from './reader.ts';

/** One workspace that is in use: its documents, its read model, its live channel. */
export interface OpenWorkspace {
  readonly id: string;
  readonly hub: Hub;
  readonly query: Query;
  readonly read: Read;
  readonly live: LiveChannel;
}

export type OpenHub = (path: string) => Promise<{ hub: Hub; store: Store }>;

interface Entry extends OpenWorkspace {
  readonly store: Store;
  close(): Promise<void>;
}

export type WorkspaceHost = ReturnType<typeof makeWorkspaceHost>;

/** Opens workspaces when they are first needed and keeps them open; documents inside unload by themselves. */
export function makeWorkspaceHost(options: {
  dataDir: string;
  openHub: OpenHub;
  /** Closed with this host. */
  reader: Reader;
  /** Starts the nouns' work on a workspace that was opened; answers how to end it. */
  attend: (workspace: { hub: Hub; query: Query }) => readonly (() => void)[];
}) {
  const { dataDir, openHub, reader, attend } = options;
  const folder = join(dataDir, 'workspaces');
  // Everything of a team is in here: for the owner of the process only.
  makeFolder(folder);
  const opening = new Map<string, Promise<Entry>>();
  const opened = new Map<string, Entry>();
  /** Workspaces whose last opening failed, so that health says so until one succeeds. */
  const unopened = new Set<string>();

  const memory = makeTidyMemory();

  const start = async (id: string): Promise<Entry> => {
    const path = join(folder, `${id}.sqlite`);
    const { hub, store } = await openHub(path);
    const { query, close: closeQuery } = openQuery(path);
    const live = makeLiveChannel(hub);
    let version = 0;
    // The committer tells of a commit before its writer goes on, so whoever has the reply to a write reads past it.
    hub.onCommit(() => void version++);
    hub.onCommit(memory.committed);
    const source = { path, version: () => version };
    const read: Read = (job, args) => reader.read(source, job, args);
    const detach = attend({ hub, query });
    const close = async () => {
      for (const end of detach) end();
      live.close();
      await hub.close();
      closeQuery();
      await store.close();
    };
    return { id, hub, query, read, live, store, close };
  };

  return {
    /** Single flight. The caller has checked that the workspace exists; an open that failed is tried again next time. */
    async open(id: string): Promise<OpenWorkspace> {
      const ready = opened.get(id);
      if (ready !== undefined) return ready;
      const pending = opening.get(id) ?? start(id);
      opening.set(id, pending);
      try {
        const entry = await pending;
        opened.set(id, entry);
        unopened.delete(id);
        return entry;
      } catch (error) {
        unopened.add(id);
        throw error;
      } finally {
        opening.delete(id);
      }
    },
    /** Only when it is open already: for telling those who are connected. */
    peek: (id: string): OpenWorkspace | undefined => opened.get(id),
    /** How many documents could not be read whole and are for reading only; the log names them. */
    damagedDocuments: (): number => [...opened.values()].reduce((sum, { hub }) => sum + hub.stats().damaged.length, 0),
    /** Null when every store in use can be written, else the reason. */
    async probe(): Promise<string | null> {
      if (unopened.size > 0) return 'a workspace could not be opened; the log says why';
      for (const { store } of opened.values()) {
        try {
          await store.probe();
        } catch (error) {
          return error instanceof Error ? error.message : String(error);
        }
      }
      return null;
    },
    /** Durable, sockets closed with 1012, files closed. */
    async close(): Promise<void> {
      memory.close();
      await Promise.allSettled(opening.values());
      // Before the files: the last to close one folds its log into it, and a reader cannot.
      await reader.close();
      await Promise.all([...opened.values()].map((entry) => entry.close()));
      opened.clear();
    },
  };
}
