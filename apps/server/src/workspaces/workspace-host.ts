import { join } from 'node:path';
import type { AttendedWorkspace, Query, Read } from '@rapport/domain/http/workspace-context.node';
import type { Member } from '@rapport/domain/people/member';
import type { Role } from '@rapport/domain/people/roles';
import type { Hub, Store } from '@rapport/sync/server/ports';
import type { DuplicateBook } from '@rapport/domain/duplicates/book';
import type { RowOwners } from '@rapport/domain/access/row-owners';
import type { AccessBook } from '../access/access-book.ts';
import { hiddenKey } from '../access/hidden-key.ts';
import type { FormBook } from '../forms/form-book.ts';
import type { MailQueue } from '../mail/mail-queue.ts';
import { makeFolder } from '../make-folder.ts';
import { makeLiveChannel, type LiveChannel } from './live-channel.ts';
import { openQuery } from './query.ts';
import { makeTidyMemory } from './tidy-memory.ts';
import type { Reader } from './reader.ts';
import { openRestrictedQuery } from './restricted-query.ts';

/** One workspace that is in use: its documents, its read model, its live channel. */
export interface OpenWorkspace {
  readonly id: string;
  readonly hub: Hub;
  /** Every row. */
  readonly query: Query;
  readonly read: Read;
  readonly live: LiveChannel;
  readonly access: AccessBook;
  readonly duplicates: DuplicateBook;
  /** Submissions of its public forms. */
  readonly forms: FormBook;
  /** Its mails that wait to be sent. */
  readonly mail: MailQueue;
  /** The workspace's rows without those of things that are hidden at the moment of asking. */
  seenWithout(hidden: () => ReadonlySet<string>): { readonly query: Query; readonly read: Read };
}

/** What background work is given of a workspace. */
export type Attended = Omit<AttendedWorkspace, 'audit' | 'as'> & Pick<OpenWorkspace, 'forms' | 'mail'>;

type RoleOf = (memberId: string) => Role | null;

export type OpenHub = (
  path: string,
  roleOf?: RoleOf,
) => Promise<{
  hub: Hub;
  store: Store;
  access: AccessBook;
  duplicates: DuplicateBook;
  forms: FormBook;
  mail: MailQueue;
}>;

interface Entry extends OpenWorkspace {
  readonly store: Store;
  close(): Promise<void>;
}

export type WorkspaceHost = ReturnType<typeof makeWorkspaceHost>;

/** Opens workspaces when they are first needed and keeps them open; documents inside unload by themselves. */
export function makeWorkspaceHost(options: {
  dataDir: string;
  openHub: OpenHub;
  /** What the rows of all tables belong to. */
  rowOwners: RowOwners;
  /** Closed with this host. */
  reader: Reader;
  /** For what takes minutes; closed with this host, too. */
  slowReader: Reader;
  /** Starts the nouns' work on a workspace that was opened; answers how to end it. */
  attend: (workspace: Attended) => readonly (() => void)[];
  /** An active member's role; null for everybody else. */
  roleOf: (workspaceId: string, memberId: string) => Role | null;
  /** Current people of a workspace, pending ones included. */
  membersOf: (workspaceId: string) => readonly Member[];
}) {
  const { dataDir, openHub, rowOwners, reader, slowReader, attend, roleOf, membersOf } = options;
  const folder = join(dataDir, 'workspaces');
  // Everything of a team is in here: for the owner of the process only.
  makeFolder(folder);
  const opening = new Map<string, Promise<Entry>>();
  const opened = new Map<string, Entry>();
  /** Workspaces whose last opening failed, so that health says so until one succeeds. */
  const unopened = new Set<string>();

  /** Workspaces whose file is being worked on: whoever asks for one waits. */
  const resting = new Map<string, Promise<void>>();
  let opens = 0;

  const memory = makeTidyMemory();

  const start = async (id: string): Promise<Entry> => {
    const path = join(folder, `${id}.sqlite`);
    const { hub, store, access, duplicates, forms, mail } = await openHub(path, (memberId) => roleOf(id, memberId));
    const { query, close: closeQuery } = openQuery(path);
    const restricted = openRestrictedQuery(path, { rowOwners });
    const channel = makeLiveChannel(hub, Object.keys(rowOwners));
    // Never that of an earlier opening: what was read then is not of these rows.
    let version = ++opens * 2 ** 32;
    // The committer tells of a commit before its writer goes on, so whoever has the reply to a write reads past it.
    hub.onCommit(() => void version++);
    hub.onCommit(memory.committed);
    const source = { path, version: () => version };
    const seenWithout: OpenWorkspace['seenWithout'] = (hiddenNow) => {
      const tables = (): Query => {
        const hidden = hiddenNow();
        if (hidden.size === 0) return query;
        restricted.hide(hiddenKey(hidden), hidden);
        return restricted.query;
      };
      return {
        query: { all: (sql, params) => tables().all(sql, params), get: (sql, params) => tables().get(sql, params) },
        read: (job, args) => reader.read(source, job, args, hiddenNow()),
      };
    };
    const read: Read = (job, args) => reader.read(source, job, args);
    const readSlowly: Read = (job, args) => slowReader.read(source, job, args);
    const live: LiveChannel = {
      ...channel,
      membersChanged() {
        access.peopleChanged();
        channel.membersChanged();
      },
    };
    const detach = attend({
      id,
      forms,
      mail,
      hub,
      query,
      readSlowly,
      accessOf(memberId, thing) {
        const role = roleOf(id, memberId);
        return role === null ? 'none' : access.accessOf({ memberId, role }, thing);
      },
      people: () => membersOf(id),
      teams: () => access.teams(),
    });
    const close = async () => {
      for (const end of detach) end();
      live.close();
      await hub.close();
      closeQuery();
      restricted.close();
      await store.close();
    };
    return { id, hub, query, read, live, access, duplicates, forms, mail, seenWithout, store, close };
  };

  const open = async (id: string): Promise<Entry> => {
    for (let rest = resting.get(id); rest !== undefined; rest = resting.get(id)) await rest;
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
  };

  return {
    /** Single flight. The caller has checked that the workspace exists; an open that failed is tried again next time. */
    open: (id: string): Promise<OpenWorkspace> => open(id),
    /**
     * Does `work` on a workspace's file while nobody has it open; its sockets are closed with 1012. Requests for it wait
     * until it is done, and those under way fail.
     */
    async whileClosed<T>(id: string, work: () => Promise<T>): Promise<T> {
      const entry = await open(id);
      if (resting.has(id)) throw new Error('the workspace is being worked on already');
      const rest = Promise.withResolvers<void>();
      resting.set(id, rest.promise);
      opened.delete(id);
      try {
        await entry.close();
        return await work();
      } finally {
        resting.delete(id);
        rest.resolve();
      }
    },
    opened: (): OpenWorkspace[] => [...opened.values()],
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
      await Promise.all([reader.close(), slowReader.close()]);
      await Promise.all([...opened.values()].map((entry) => entry.close()));
      opened.clear();
    },
  };
}
