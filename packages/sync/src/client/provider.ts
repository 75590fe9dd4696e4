import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { Awareness, applyAwarenessUpdate, removeAwarenessStates } from 'y-protocols/awareness';
import * as Y from 'yjs';
import { frameOf, syncFrame, syncMessage } from '../shared/frames.ts';
import { message, type Notice, type RejectionCode } from '../shared/wire.ts';
import { makeChangeLog, type ChangeLog, type DescribeChange, type PendingChange } from './changes.ts';
import { environment, type Environment } from './environment.ts';
import { makeLink, urlWithNotices, type FinalClose } from './link.ts';
import { lacksKnown } from './lost.ts';
import { makeOutbox } from './outbox.ts';
import { makePresenceSender } from './presence-sender.ts';
import { erasedReason, readOnlyReason, restoredReason } from './reasons.ts';

/**
 * How long a halted provider waits for the server to commit what it took before it refused something. Commits take
 * milliseconds; the server answers no barrier after a refusal, so this is usually waited in full.
 */
const drainTimeoutMs = 2_000;

/** The wire's part of a document's status. */
export interface WireStatus {
  /** `connecting` only before the first success or failure; after a loss it is `offline` until synced again. */
  connection: 'connecting' | 'online' | 'offline';
  access: 'read' | 'write';
  /** Whether the server's whole document has arrived on this page at least once. */
  hasSynced: boolean;
  lastSavedAt: number | null;
  /** When the server last sent anything. */
  lastSeenAt: number | null;
  nextRetryAt: number | null;
  /** Why the server cannot save or take changes at the moment; it is tried again. */
  problem: string | null;
  closed: FinalClose | null;
}

export interface ProviderEvents {
  /** Any part of the status or the pending list changed. */
  changed?: () => void;
  /** Local updates with their changes, at the end of the microtask that made them. Keep them before anything else. */
  wrote?: (updates: Uint8Array[], changes: PendingChange[]) => void;
  /** The server's updates, as applied. */
  received?: (update: Uint8Array) => void;
  /** Changes that are durable at the server. */
  saved?: (changes: PendingChange[]) => void;
  /** Something local will never be stored: the document has left the server's truth. The provider has halted. */
  rejected?: (code: Halt, reason: string) => void;
  /** Which life of its data the server told, the first time or after `accept`. */
  epoch?: (epoch: string) => void;
  ended?: (close: FinalClose) => void;
}

/** Why a provider halted; `restored` and `erased` say nothing against the local changes. */
export type Halt = RejectionCode | 'restored' | 'erased';

export interface ProviderOptions {
  /** `ws(s)://host/sync/workspace/document`, with a query if need be. `x=1` is added. */
  url: string;
  doc: Y.Doc;
  awareness?: Awareness;
  describe?: DescribeChange;
  /** What access to show until the server says otherwise. */
  access?: 'read' | 'write';
  events?: ProviderEvents;
  environment?: Partial<Environment>;
}

/** Keeps one Y.Doc in step with the server. It collects local changes from the start, `connect` opens the socket. */
export interface Provider {
  awareness: Awareness;
  changes: ChangeLog;
  status: () => WireStatus;
  connect: () => void;
  disconnect: () => void;
  /** Applies what an earlier page kept: neither a new change nor, by itself, sent. Call it before `connect`. */
  restore: (
    updates: readonly Uint8Array[],
    changes: readonly PendingChange[],
    access: 'read' | 'write',
    epoch?: string | null,
  ) => void;
  /** The life of the server's data that this document belongs to; null until it was told. */
  epoch: () => string | null;
  /** Goes on with a restored server, after a look at what it lost. */
  accept: (epoch: string | null) => void;
  /** Stops sending; resolves when the server has settled all that was sent, or the link is gone. */
  drain: () => Promise<void>;
  /** Resolves when all changes made so far are saved. Never by itself while offline. */
  flush: () => Promise<void>;
  /** Says goodbye to the others, disconnects and lets go of the doc (which it does not destroy). */
  destroy: () => void;
}

export function makeProvider(options: ProviderOptions): Provider {
  const env = environment(options.environment);
  const { doc, events = {} } = options;
  const awareness = options.awareness ?? new Awareness(doc);
  const changes = makeChangeLog(env.newId, options.describe);
  const restored = Symbol('restored from this device');
  const received = Symbol('received from the server');

  let status: WireStatus = {
    connection: 'connecting',
    access: options.access ?? 'write',
    hasSynced: false,
    lastSavedAt: null,
    lastSeenAt: null,
    nextRetryAt: null,
    problem: null,
    closed: null,
  };
  /** What this connection may do; the status keeps the last known answer, so that it does not flicker. */
  let access: 'read' | 'write' = 'write';
  let epoch: string | null = null;
  /** The server reads this document only in part: what it lacks is not gone, and this copy is the better one. */
  let isDamagedThere = false;
  let sentStepTwo = false;
  let gotStepTwo = false;
  let isHalted = false;
  let pendingLimitHits = 0;
  /** The newest change that this connection has been sent; a barrier never promises more than that. 0 is nothing. */
  let sentVersion = 0;
  let barriersOut = 0;
  let waiters: { version: number; done: () => void }[] = [];
  const drainWaiters: (() => void)[] = [];

  const update = (part: Partial<WireStatus>) => {
    status = { ...status, ...part, nextRetryAt: link.nextRetryAt() };
    events.changed?.();
  };

  const sendBarrier = () => {
    const version = encoding.encode((encoder) => encoding.writeVarUint(encoder, sentVersion));
    if (!link.send(frameOf(message.barrier, version))) return;
    barriersOut += 1;
    link.expectReply();
  };

  const finishDrain = () => {
    for (const done of drainWaiters.splice(0)) done();
  };

  const reject = (code: Halt, reason: string) => {
    isHalted = true;
    events.rejected?.(code, reason);
  };

  const link = makeLink(urlWithNotices(options.url), env, {
    opened: () => {
      sentStepTwo = gotStepTwo = false;
      sentVersion = barriersOut = 0;
      access = 'write';
      isDamagedThere = false;
      link.send(syncFrame(syncMessage.step1, Y.encodeStateVector(doc)));
      presence.send();
    },
    received: (frame) => {
      status = { ...status, lastSeenAt: env.now() };
      try {
        read(decoding.createDecoder(frame));
      } catch (error) {
        // A frame that cannot be read or applied: what follows would build on it, so start over from a full sync.
        const cause = error instanceof Error ? error.message : String(error);
        update({ problem: `The server's message could not be read (${cause}).` });
        link.restart(1_000);
      }
    },
    lost: () => {
      outbox.clear();
      finishDrain();
      removeAwarenessStates(awareness, others(), received);
      update({ connection: 'offline' });
    },
    ended: (close) => {
      outbox.clear();
      finishDrain();
      removeAwarenessStates(awareness, others(), received);
      update({ connection: 'offline', closed: close });
      events.ended?.(close);
    },
    probe: sendBarrier,
  });

  const presence = makePresenceSender({ awareness, link, environment: env, received });

  const canSend = () => sentStepTwo && !isHalted && access === 'write';

  // What cannot be sent now is not queued: step two of the next sync sends all that the server lacks.
  const outbox = makeOutbox(env, (merged) => {
    if (!canSend()) return;
    link.send(syncFrame(syncMessage.update, merged));
    sentVersion = changes.version();
    sendBarrier();
  });

  const read = (decoder: decoding.Decoder) => {
    switch (decoding.readVarUint(decoder)) {
      case message.sync:
        return readSync(decoding.readVarUint(decoder), decoding.readVarUint8Array(decoder));
      case message.awareness:
        return applyAwarenessUpdate(awareness, decoding.readVarUint8Array(decoder), received);
      case message.queryAwareness:
        return presence.send();
      case message.barrier:
        return readBarrier(decoding.readVarUint8Array(decoder));
      case message.notice:
        return readNotice(JSON.parse(decoding.readVarString(decoder)) as Notice);
      default:
        // A newer server may say more than this client knows.
        return undefined;
    }
  };

  // Not y-protocols' reader: it logs and swallows an update that fails to apply.
  const readSync = (step: number, bytes: Uint8Array) => {
    if (step === syncMessage.step1) {
      if (isHalted) return;
      if (!isDamagedThere && lacksKnown(doc, Y.decodeStateVector(bytes), changes.pending()))
        return reject('restored', restoredReason);
      if (access === 'write') {
        link.send(syncFrame(syncMessage.step2, Y.encodeStateAsUpdate(doc, bytes)));
        outbox.clear();
        sentVersion = changes.version();
      }
      sentStepTwo = true;
      sendBarrier();
    } else {
      Y.applyUpdate(doc, bytes, received);
      if (step === syncMessage.step2) gotStepTwo = true;
    }
    if (sentStepTwo && gotStepTwo && status.connection !== 'online') {
      update({ connection: 'online', hasSynced: true, access });
    } else if (step === syncMessage.step2 && !status.hasSynced) {
      update({ hasSynced: true });
    }
  };

  const readBarrier = (versionBytes: Uint8Array) => {
    const version = decoding.readVarUint(decoding.createDecoder(versionBytes));
    barriersOut -= 1;
    if (barriersOut <= 0) finishDrain();
    link.settled();
    pendingLimitHits = 0;
    // A halted provider's echo says that what was accepted is durable, not that everything was accepted.
    if (isHalted || access === 'read') return;
    const saved = changes.acknowledge(version);
    if (saved.length > 0) {
      events.saved?.(saved);
      update({ lastSavedAt: env.now(), problem: null });
    } else if (status.problem !== null) {
      update({ problem: null });
    }
    const reached = waiters.filter((waiter) => waiter.version <= version);
    waiters = waiters.filter((waiter) => waiter.version > version);
    for (const waiter of reached) waiter.done();
  };

  const readNotice = (notice: Notice) => {
    switch (notice.type) {
      case 'access':
        access = notice.access;
        isDamagedThere = notice.reason !== undefined;
        update({ access, ...(notice.reason === undefined ? {} : { problem: notice.reason }) });
        if (access === 'read' && changes.pending().length > 0) reject('read-only', notice.reason ?? readOnlyReason);
        // Allowed again: sync from the start, which sends what was held back.
        else if (access === 'write' && sentStepTwo) link.restart(0);
        return;
      case 'not-saved':
        // Close and sync again: that offers everything anew, with the back-off growing while the store is down.
        update({ problem: notice.reason });
        return link.restart(1_000);
      case 'epoch':
        if (isHalted) return;
        return readEpoch(notice.epoch, notice.erased);
      case 'rejected':
        return readRejection(notice.code, notice.reason);
      default:
        return undefined;
    }
  };

  /** An erasure is told after the life of the data, as a part of it: another one alone says that nothing was lost. */
  const readEpoch = (life: string, erased: string | undefined) => {
    const [knownLife, knownErasure] = epoch?.split(' ') ?? [];
    const isNewErasure = erased !== undefined && erased !== knownErasure && doc.store.clients.size > 0;
    if (isNewErasure) return reject('erased', erasedReason);
    if (knownLife !== undefined && knownLife !== life) return reject('restored', restoredReason);
    epoch = erased === undefined ? life : `${life} ${erased}`;
    return events.epoch?.(epoch);
  };

  const readRejection = (code: RejectionCode, reason: string) => {
    if (isHalted) return;
    update({ problem: reason });
    // Neither says anything against the content: a full sync in a while sends the same in one piece.
    if (code === 'rate') return link.restart(1_000);
    if (code === 'pending-limit') {
      pendingLimitHits += 1;
      if (pendingLimitHits < 2) return link.restart(500);
    }
    if (code === 'read-only') {
      access = 'read';
      update({ access });
    }
    reject(code, reason);
  };

  const onUpdate = (bytes: Uint8Array, origin: unknown, _doc: Y.Doc, transaction: Y.Transaction) => {
    if (origin === received) return events.received?.(bytes);
    if (origin === restored) return undefined;
    const change = changes.add(transaction, env.now(), status.connection !== 'online');
    unwritten.push({ bytes, change });
    if (unwritten.length === 1) queueMicrotask(write);
    if (canSend()) outbox.push(bytes);
    return undefined;
  };

  let unwritten: { bytes: Uint8Array; change: PendingChange }[] = [];
  const write = () => {
    const batch = unwritten;
    unwritten = [];
    if (batch.length === 0) return;
    const changesById = new Map(batch.map(({ change }) => [change.id, change]));
    events.wrote?.(
      batch.map(({ bytes }) => bytes),
      [...changesById.values()],
    );
    events.changed?.();
    if (access === 'read' && !isHalted) reject('read-only', readOnlyReason);
  };

  const others = () => [...awareness.getStates().keys()].filter((client) => client !== awareness.clientID);

  doc.on('update', onUpdate);

  return {
    awareness,
    changes,
    status: () => status,
    connect: () => {
      isHalted = false;
      status = { ...status, closed: null };
      link.start();
      update({});
    },
    disconnect: () => {
      outbox.clear();
      link.stop();
      finishDrain();
      update({ connection: 'offline' });
    },
    epoch: () => epoch,
    accept: (accepted) => {
      epoch = accepted;
    },
    restore: (updates, pending, lastAccess, lastEpoch) => {
      status = { ...status, access: lastAccess };
      epoch = lastEpoch ?? epoch;
      for (const bytes of updates) Y.applyUpdate(doc, bytes, restored);
      changes.restore(pending);
      events.changed?.();
    },
    drain: () => {
      isHalted = true;
      if (!link.isOpen()) return Promise.resolve();
      return new Promise((resolve) => {
        const cancel = env.schedule(finishDrain, drainTimeoutMs);
        drainWaiters.push(() => {
          cancel();
          resolve();
        });
        sendBarrier();
      });
    },
    flush: () => {
      if (changes.pending().length === 0) return Promise.resolve();
      return new Promise((resolve) => waiters.push({ version: changes.version(), done: resolve }));
    },
    destroy: () => {
      write();
      doc.off('update', onUpdate);
      presence.stop();
      if (awareness.getLocalState() !== null) awareness.setLocalState(null);
      presence.send();
      outbox.flush();
      link.stop();
      finishDrain();
      awareness.destroy();
    },
  };
}
