import type { Awareness } from 'y-protocols/awareness';
import * as Y from 'yjs';
import { closeCode } from '../shared/wire.ts';
import type { DescribeChange, PendingChange } from './changes.ts';
import { makeDeviceCopy } from './device-copy.ts';
import { environment, type Environment } from './environment.ts';
import type { FinalClose } from './link.ts';
import { makeObservable, type Observable } from './observable.ts';
import type { OfflineStore } from './offline-store.ts';
import { type Halt, makeProvider, type Provider, type ProviderEvents, type WireStatus } from './provider.ts';
import { lostBetween } from './lost.ts';
import { isIn, refuse, type RefusedChange } from './refused.ts';
import type { DocumentStatus } from './status.ts';

export interface OpenDocumentOptions {
  /** `ws(s)://host/sync/workspace/document`, with a query if need be. */
  url: string;
  workspaceId: string;
  /** The document's name on sync, e.g. `board/01J…`. */
  name: string;
  offline?: OfflineStore;
  describe?: DescribeChange;
  environment?: Partial<Environment>;
}

export type FlushOutcome = 'saved' | 'refused' | 'closed';

/**
 * One shared document as the app uses it.
 *
 * Rule for refused changes: the server's answer does not name an update, and what follows a refused update of one
 * client can never be applied. So the provider stops sending, lets the server settle what it has, and takes a fresh
 * copy of the server's document. Pending changes that are in it are saved; every other one is refused and kept with
 * its description, the reason and its values. The fresh Y.Doc (with a new clientID) then replaces the old one here
 * and on the device, so that a refused update is never sent again.
 */
export interface SharedDocument {
  readonly name: string;
  /** The current document. It is replaced after a refusal: listen to `onReset`. */
  doc: () => Y.Doc;
  awareness: () => Awareness;
  status: Observable<DocumentStatus>;
  /** Calls back when `doc()` and `awareness()` have become new ones; the old ones are destroyed right after. */
  onReset: (listener: (doc: Y.Doc, refused: readonly RefusedChange[]) => void) => () => void;
  /** Resolves when the kept copy was read, or could not be. */
  loaded: Promise<void>;
  /** Resolves when all changes made so far are saved, or never will be. Waits while offline. */
  flush: () => Promise<FlushOutcome>;
  /** Takes refused changes off the list, when the person has seen or copied them. */
  dismissRefused: (changeIds: readonly string[]) => Promise<void>;
  /** Tries again at once after a final close, e.g. after signing in again. */
  reconnect: () => void;
  /** Sends what is queued, tells the others goodbye and lets go. What is unsaved stays on the device. */
  close: () => Promise<void>;
}

/** Opens a document: the kept copy first, then the server. */
export function openDocument(options: OpenDocumentOptions): SharedDocument {
  const env = environment(options.environment);
  const resetListeners = new Set<(doc: Y.Doc, refused: readonly RefusedChange[]) => void>();

  const { offline, workspaceId, name } = options;
  const copy = makeDeviceCopy({
    opening: offline && (() => offline.open(workspaceId, name, () => Y.encodeStateAsUpdate(doc))),
    lost: () => publish(),
    environment: env,
  });
  let isLoaded = false;
  let refused: readonly RefusedChange[] = [];
  let isClosed = false;
  /** Set while the server's fresh copy is on its way; its link then speaks for the connection. */
  let replacement: Provider | null = null;
  let isReconciling = false;
  let hasLocalChangeSinceReset = true;
  let waiting: { done: (outcome: FlushOutcome) => void }[] = [];

  const connect = (doc: Y.Doc, access: WireStatus['access'], events: ProviderEvents) =>
    makeProvider({
      url: options.url,
      doc,
      access,
      environment: env,
      events: { changed: () => publish(), ...events },
      ...(options.describe ? { describe: options.describe } : {}),
    });

  const liveEvents: ProviderEvents = {
    wrote: (updates, changes) => {
      hasLocalChangeSinceReset = true;
      copy.keep(updates, changes);
      const { closed } = (replacement ?? provider).status();
      if (closed && isNoAccess(closed)) refuseAll(closed);
    },
    received: copy.keepReceived,
    saved: (changes) => {
      copy.write((kept) => kept.saved(changes.map((change) => change.id)));
      resolveFlushes();
    },
    rejected: (code, reason) => void reconcile(code, reason),
    epoch: (epoch) => copy.write((kept) => kept.setEpoch(epoch)),
    ended: (close) => {
      if (isNoAccess(close)) refuseAll(close);
      settleFlushes('closed');
    },
  };

  let doc = new Y.Doc();
  let provider = connect(doc, 'write', liveEvents);
  const status = makeObservable<DocumentStatus>(snapshot());

  function snapshot(): DocumentStatus {
    const wire = (replacement ?? provider).status();
    const pending = provider.changes.pending();
    return {
      ...wire,
      problem: wire.problem ?? provider.status().problem,
      hasSynced: provider.status().hasSynced,
      lastSavedAt: provider.status().lastSavedAt,
      pending,
      unsaved: pending.length,
      saving: wire.connection === 'online' && pending.length > 0,
      refused,
      isLoaded: isLoaded || provider.status().hasSynced,
      isKeptOnDevice: copy.isKept,
    };
  }

  let lastAccess: WireStatus['access'] = 'write';
  function publish(): void {
    if (isClosed) return;
    const next = snapshot();
    status.set(next);
    if (next.hasSynced && next.access !== lastAccess) {
      lastAccess = next.access;
      copy.write((kept) => kept.setAccess(next.access));
    }
  }

  async function load(): Promise<void> {
    const state = await copy.open();
    if (state && !isClosed) {
      refused = state.refused;
      lastAccess = state.access;
      provider.restore(state.updates, state.pending, state.access, state.epoch);
    }
    isLoaded = true;
    copy.keep([], []);
    publish();
    if (!isClosed) provider.connect();
  }

  function settleFlushes(outcome: FlushOutcome): void {
    for (const waiter of waiting.splice(0)) waiter.done(outcome);
  }

  function resolveFlushes(): void {
    if (provider.changes.pending().length === 0) settleFlushes('saved');
  }

  function refusePending(lost: readonly PendingChange[], code: RefusedChange['code'], reason: string) {
    const at = env.now();
    const added = lost.map((change) => refuse(change, doc, { code, reason, at }));
    refused = [...refused, ...added];
    return added;
  }

  /** Access is gone: the copy on the device goes too, what could not be saved is kept to be copied out. */
  function refuseAll(close: FinalClose): void {
    const pending = provider.changes.pending();
    const reason = close.reason || 'You have no access to this any more.';
    const added = refusePending(pending, 'no-access', reason);
    provider.changes.clear();
    copy.forgetWaiting();
    copy.write((kept) =>
      kept.replace(
        null,
        pending.map((change) => change.id),
        added,
      ),
    );
    settleFlushes('refused');
    publish();
  }

  async function reconcile(code: Halt, reason: string): Promise<void> {
    if (isReconciling || isClosed) return;
    const isAboutUs = code !== 'restored' && code !== 'erased';
    if (isAboutUs && provider.changes.pending().length === 0 && !hasLocalChangeSinceReset) {
      // Nothing of ours to refuse. A reset would fetch what we have; a second one in a row would be a loop.
      provider.connect();
      return;
    }
    isReconciling = true;
    await provider.drain();
    provider.disconnect();
    if (isClosed) return;
    const fresh = new Y.Doc();
    let isTaken = false;
    const next = connect(fresh, provider.status().access, {
      changed: () => {
        publish();
        if (!isTaken && next.status().connection === 'online') {
          isTaken = true;
          takeOver(fresh, next, code, reason);
        }
      },
      // Until it takes over it has no local changes, and what it receives is kept as a whole.
      wrote: (...written) => isTaken && liveEvents.wrote?.(...written),
      received: (update) => isTaken && liveEvents.received?.(update),
      saved: (changes) => isTaken && liveEvents.saved?.(changes),
      epoch: (epoch) => isTaken && liveEvents.epoch?.(epoch),
      rejected: (...why) => isTaken && liveEvents.rejected?.(...why),
      ended: (close) => {
        if (!isTaken && isNoAccess(close)) refuseAll(close);
        else if (isTaken) liveEvents.ended?.(close);
        settleFlushes('closed');
      },
    });
    replacement = next;
    next.awareness.setLocalState(provider.awareness.getLocalState());
    next.connect();
  }

  function takeOver(fresh: Y.Doc, next: Provider, code: Halt, reason: string): void {
    if (code === 'erased') return takeErased(fresh, next);
    const pending = provider.changes.pending();
    const lost = lostBetween(doc, fresh, pending);
    const epoch = next.epoch();
    if (epoch !== null) copy.write((kept) => kept.setEpoch(epoch));
    if (code === 'restored' && lost.isNothing) {
      // Everything came back with the backup: the pending changes are offered as if nothing had been.
      replacement = null;
      isReconciling = false;
      provider.accept(epoch);
      next.destroy();
      fresh.destroy();
      provider.connect();
      return;
    }
    const isSaved = isIn(fresh);
    const added = refusePending(
      pending.filter((change) => !isSaved(change)),
      code,
      reason,
    );
    // Saved once, and gone from the server: nobody else may still know it.
    const gone = lost.values.map((values): RefusedChange => {
      const change = { kind: 'restored', text: 'Known here before the server was restored' };
      return { id: env.newId(), at: env.now(), refusedAt: env.now(), change, code: 'restored', reason, values };
    });
    refused = [...refused, ...gone];
    added.push(...gone);
    const [oldDoc, oldProvider] = [doc, provider];
    doc = fresh;
    provider = next;
    replacement = null;
    isReconciling = false;
    hasLocalChangeSinceReset = false;
    copy.forgetWaiting();
    const ids = pending.map((change) => change.id);
    copy.write((kept) => kept.replace(Y.encodeStateAsUpdate(fresh), ids, added));
    oldProvider.changes.clear();
    publish();
    for (const listener of resetListeners) listener(fresh, added);
    oldProvider.destroy();
    oldDoc.destroy();
    settleFlushes(added.length > 0 ? 'refused' : 'saved');
  }

  /**
   * The server's text is another one under the same struct ids: our unsaved changes fit it and are offered again, and
   * nothing of the old copy stays, in memory or on the device.
   */
  function takeErased(fresh: Y.Doc, next: Provider): void {
    const pending = provider.changes.pending();
    const ours = pending.length === 0 ? [] : [Y.encodeStateAsUpdate(doc, Y.encodeStateVector(fresh))];
    const epoch = next.epoch();
    if (epoch !== null) copy.write((kept) => kept.setEpoch(epoch));
    const [oldDoc, oldProvider] = [doc, provider];
    doc = fresh;
    provider = next;
    replacement = null;
    isReconciling = false;
    hasLocalChangeSinceReset = pending.length > 0;
    copy.forgetWaiting();
    next.restore(ours, pending, next.status().access);
    copy.write((kept) => kept.replace(Y.encodeStateAsUpdate(fresh), [], []));
    // What a restored backup lacked is text of the server's, too.
    const gone = refused.filter(({ code }) => code === 'restored').map(({ id }) => id);
    refused = refused.filter(({ code }) => code !== 'restored');
    copy.write((kept) => kept.dismissRefused(gone));
    publish();
    for (const listener of resetListeners) listener(fresh, []);
    oldProvider.changes.clear();
    oldProvider.destroy();
    oldDoc.destroy();
    if (pending.length === 0) return settleFlushes('saved');
    // A full sync offers them.
    next.disconnect();
    next.connect();
  }

  return {
    name: options.name,
    doc: () => doc,
    awareness: () => provider.awareness,
    status,
    loaded: load(),
    onReset: (listener) => {
      resetListeners.add(listener);
      return () => {
        resetListeners.delete(listener);
      };
    },
    flush: () => {
      if (provider.changes.pending().length === 0) return Promise.resolve('saved');
      if (provider.status().closed) return Promise.resolve('closed');
      return new Promise((resolve) => {
        const waiter = { done: resolve };
        waiting.push(waiter);
        void provider.flush().then(() => {
          waiting = waiting.filter((other) => other !== waiter);
          resolve('saved');
        });
      });
    },
    dismissRefused: async (changeIds) => {
      refused = refused.filter((change) => !changeIds.includes(change.id));
      publish();
      copy.write((kept) => kept.dismissRefused(changeIds));
      await copy.settled();
    },
    reconnect: () => {
      // A provider that waits to be replaced must not start to send again.
      if (replacement) replacement.connect();
      else if (!isReconciling) provider.connect();
    },
    close: async () => {
      if (isClosed) return;
      copy.keep([], []);
      isClosed = true;
      settleFlushes('closed');
      replacement?.destroy();
      provider.destroy();
      await copy.settled();
      doc.destroy();
    },
  };
}

function isNoAccess(close: FinalClose): boolean {
  return close.code === closeCode.noAccess || close.code === closeCode.noSuchDocument;
}
