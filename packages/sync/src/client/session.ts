import type { DescribeChange } from './changes.ts';
import { environment, type Environment } from './environment.ts';
import { makeObservable, type Observable } from './observable.ts';
import type { OfflineStore } from './offline-store.ts';
import { openDocument, type SharedDocument } from './shared-document.ts';
import type { RefusedChange } from './refused.ts';
import type { DocumentStatus } from './status.ts';

/** A document stays open this long after its last user, as people go back and forth between screens. */
const lingerMs = 30_000;

export interface SessionOptions {
  /** Where the server is, e.g. `location.origin`; http(s) or ws(s). */
  baseUrl: string;
  workspaceId: string;
  offline?: OfflineStore;
  /** Added to every sync address, e.g. `{ token }`. */
  query?: Readonly<Record<string, string>>;
  describe?: DescribeChange;
  environment?: Partial<Environment>;
}

/** One user's hold on a document; `release` it when the screen goes. */
export interface DocumentLease {
  document: SharedDocument;
  release: () => void;
}

export interface RefusedInDocument extends RefusedChange {
  documentName: string;
}

/** Saving over all open documents; made for `saveWord`. */
export interface SessionStatus {
  /** The worst of all documents. */
  connection: DocumentStatus['connection'];
  unsaved: number;
  pending: readonly (DocumentStatus['pending'][number] & { documentName: string })[];
  saving: boolean;
  refused: readonly RefusedInDocument[];
  lastSavedAt: number | null;
  lastSeenAt: number | null;
  nextRetryAt: number | null;
  problem: string | null;
  /** The first final close of a document that has unsaved changes, or of any. */
  closed: DocumentStatus['closed'];
  isKeptOnDevice: boolean;
}

/** `unsaved` would still be sent, `refused` are only on this device: signing out loses both. */
export type SignOutOutcome = { ok: true } | { ok: false; error: 'unsaved'; unsaved: number; refused: number };

/** A person's open documents in one workspace. */
export interface Session {
  /** Opens a document, or shares the open one: many users, one socket. */
  open: (name: string) => DocumentLease;
  status: Observable<SessionStatus>;
  /** Opens, in the background, every document that has unsaved or refused changes on this device. Call it at start. */
  resumeUnsaved: () => Promise<void>;
  /** Tries all again at once, e.g. after signing in again. */
  reconnect: () => void;
  /**
   * Closes everything and clears the device. Without `discardUnsaved` it does nothing and answers how many changes
   * would be lost, so that the person can be asked.
   */
  signOut: (options?: { discardUnsaved?: boolean }) => Promise<SignOutOutcome>;
  close: () => Promise<void>;
}

interface Held {
  document: SharedDocument;
  users: number;
  cancelLinger: () => void;
  unsubscribe: () => void;
}

export function makeSession(options: SessionOptions): Session {
  const env = environment(options.environment);
  const held = new Map<string, Held>();
  const status = makeObservable<SessionStatus>(combine([]));
  const publish = () => status.set(combine([...held.values()].map(({ document }) => document)));

  const hold = (name: string): Held => {
    const known = held.get(name);
    if (known) return known;
    const document = openDocument({
      url: syncUrl(options, name),
      workspaceId: options.workspaceId,
      name,
      environment: env,
      ...(options.offline ? { offline: options.offline } : {}),
      ...(options.describe ? { describe: options.describe } : {}),
    });
    const created: Held = {
      document,
      users: 0,
      cancelLinger: () => undefined,
      unsubscribe: document.status.subscribe(publish),
    };
    held.set(name, created);
    publish();
    return created;
  };

  const drop = async (name: string) => {
    const entry = held.get(name);
    if (!entry) return;
    held.delete(name);
    entry.cancelLinger();
    entry.unsubscribe();
    await entry.document.close();
    publish();
  };

  const linger = (name: string, entry: Held) => {
    entry.cancelLinger = env.schedule(() => {
      if (entry.users > 0) return;
      // What is not saved keeps it open, to be sent as soon as it can be, or to be seen on the list.
      const { unsaved, refused } = entry.document.status.get();
      if (unsaved > 0 || refused.length > 0) linger(name, entry);
      else void drop(name);
    }, lingerMs);
  };

  const open = (name: string): DocumentLease => {
    const entry = hold(name);
    entry.cancelLinger();
    entry.users += 1;
    let isReleased = false;
    return {
      document: entry.document,
      release: () => {
        if (isReleased) return;
        isReleased = true;
        entry.users -= 1;
        if (entry.users === 0) linger(name, entry);
      },
    };
  };

  const close = async () => {
    await Promise.all([...held.keys()].map(drop));
  };

  return {
    open,
    status,
    close,
    resumeUnsaved: async () => {
      const cached = (await options.offline?.list()) ?? [];
      for (const { workspaceId, name, unsaved, refused } of cached) {
        if (workspaceId === options.workspaceId && unsaved + refused > 0) open(name).release();
      }
    },
    reconnect: () => {
      for (const { document } of held.values()) document.reconnect();
    },
    signOut: async ({ discardUnsaved = false } = {}) => {
      const cached = (await options.offline?.list()) ?? [];
      // The device's count has every tab and document; the open ones count even where the device keeps nothing.
      const unsaved = Math.max(status.get().unsaved, sum(cached.map((document) => document.unsaved)));
      const refused = Math.max(status.get().refused.length, sum(cached.map((document) => document.refused)));
      if (unsaved + refused > 0 && !discardUnsaved) return { ok: false, error: 'unsaved', unsaved, refused };
      await close();
      await options.offline?.clearAll();
      return { ok: true };
    },
  };
}

function syncUrl({ baseUrl, workspaceId, query }: SessionOptions, name: string): string {
  const path = [workspaceId, ...name.split('/')].map((part) => encodeURIComponent(part)).join('/');
  const search = new URLSearchParams({ ...query }).toString();
  return `${baseUrl.replace(/^http/, 'ws').replace(/\/$/, '')}/sync/${path}${search ? `?${search}` : ''}`;
}

function combine(documents: readonly SharedDocument[]): SessionStatus {
  const all = documents.map((document) => ({ name: document.name, status: document.status.get() }));
  const latest = (pick: (status: DocumentStatus) => number | null) =>
    all.reduce<number | null>((max, { status }) => {
      const at = pick(status);
      return at !== null && (max === null || at > max) ? at : max;
    }, null);
  // A document that was closed for good says nothing about the connection.
  const live = all.filter(({ status }) => !status.closed).map(({ status }) => status);
  const retries = live.map((status) => status.nextRetryAt).filter((at) => at !== null);
  return {
    connection: worst(live.map((status) => status.connection)),
    unsaved: sum(all.map(({ status }) => status.unsaved)),
    pending: all.flatMap(({ name, status }) => status.pending.map((change) => ({ ...change, documentName: name }))),
    saving: all.some(({ status }) => status.saving),
    refused: all.flatMap(({ name, status }) => status.refused.map((change) => ({ ...change, documentName: name }))),
    lastSavedAt: latest((status) => status.lastSavedAt),
    lastSeenAt: latest((status) => status.lastSeenAt),
    nextRetryAt: retries.length > 0 ? Math.min(...retries) : null,
    problem: live.find((status) => status.problem !== null)?.problem ?? null,
    closed:
      (all.find(({ status }) => status.closed && status.unsaved > 0) ?? all.find(({ status }) => status.closed))?.status
        .closed ?? null,
    isKeptOnDevice: all.every(({ status }) => status.isKeptOnDevice),
  };
}

function worst(connections: readonly DocumentStatus['connection'][]): DocumentStatus['connection'] {
  if (connections.includes('offline')) return 'offline';
  if (connections.includes('connecting')) return 'connecting';
  return connections.length > 0 ? 'online' : 'connecting';
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
