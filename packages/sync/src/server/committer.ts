import type { AppliedChange } from './live-document.ts';
import type { SyncLog } from './log.ts';
import type { Commit, LogEntry, RowWrite, Store } from './ports.ts';
import type { DocName } from '../shared/wire.ts';
import { notSavedSentence } from './not-saved.ts';
import { noteWork } from './release-memory.ts';

/** A document with changes in a commit. */
export interface CommitTarget {
  /** These changes are durable now: send them on. */
  committed(changes: readonly AppliedChange[]): void;
  /** Nothing of this document that was not durable will be: forget it. `sentence` says so to people. */
  commitFailed(reason: string, sentence: string): void;
}

interface Waiter {
  resolve(): void;
  reject(error: Error): void;
}

class Batch {
  readonly entries: LogEntry[] = [];
  readonly writes: RowWrite[] = [];
  readonly creates: DocName[] = [];
  readonly clients: { doc: DocName; client: number; actor: string }[] = [];
  readonly byTarget = new Map<CommitTarget, AppliedChange[]>();
  readonly waiters: Waiter[] = [];
}

export interface CommitterOptions {
  readonly store: Store;
  readonly log: SyncLog;
  readonly onCommit: (commit: Commit) => void;
}

/**
 * One store transaction per event-loop tick for all documents. While one is under way, edits collect for the next.
 * When it fails everything that is not durable is given up, in that commit and collected after it: later edits may
 * build on what was lost.
 */
export class Committer {
  private readonly options: CommitterOptions;
  private batch = new Batch();
  private inFlight: Batch | null = null;
  private scheduled = false;
  private readonly idleWaiters: (() => void)[] = [];
  lastError: string | null = null;

  constructor(options: CommitterOptions) {
    this.options = options;
  }

  /** How many changes are not durable yet. */
  get pending(): number {
    return this.batch.entries.length + (this.inFlight?.entries.length ?? 0);
  }

  add(target: CommitTarget, changes: readonly AppliedChange[], creates?: DocName): void {
    const { batch } = this;
    let ofTarget = batch.byTarget.get(target);
    if (ofTarget === undefined) batch.byTarget.set(target, (ofTarget = []));
    for (const change of changes) {
      ofTarget.push(change);
      batch.entries.push(change.entry);
      for (const write of change.writes) batch.writes.push(write);
      for (const client of change.clients) batch.clients.push(client);
    }
    if (creates !== undefined) batch.creates.push(creates);
    this.schedule();
  }

  /** Resolves when everything added so far is durable, rejects when it never will be. */
  durable(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.batch.waiters.push({ resolve, reject });
      this.schedule();
    });
  }

  /** Resolves when nothing is under way or collected, whether that went well or not. */
  idle(): Promise<void> {
    if (!this.scheduled && this.inFlight === null) return Promise.resolve();
    return new Promise((resolve) => this.idleWaiters.push(resolve));
  }

  private schedule(): void {
    if (this.scheduled || this.inFlight !== null) return;
    this.scheduled = true;
    setImmediate(this.flush);
  }

  private readonly flush = (): void => {
    this.scheduled = false;
    const batch = this.batch;
    this.batch = new Batch();
    this.inFlight = batch;
    const { entries, writes, creates, clients } = batch;
    if (entries.length === 0 && creates.length === 0) {
      this.succeeded(batch, null);
      return;
    }
    noteWork();
    const commit: Commit = {
      entries,
      writes,
      ...(creates.length > 0 ? { creates } : {}),
      ...(clients.length > 0 ? { clients } : {}),
    };
    this.options.store.commit(commit).then(
      () => this.succeeded(batch, commit),
      (error: unknown) => this.failed(batch, error),
    );
  };

  private succeeded(batch: Batch, commit: Commit | null): void {
    this.inFlight = null;
    if (commit !== null) this.lastError = null;
    for (const [target, changes] of batch.byTarget) this.guard(() => target.committed(changes));
    for (const waiter of batch.waiters) waiter.resolve();
    if (commit !== null) this.guard(() => this.options.onCommit(commit));
    this.next();
  }

  private failed(batch: Batch, error: unknown): void {
    this.inFlight = null;
    const collected = this.batch;
    this.batch = new Batch();
    const reason = error instanceof Error ? error.message : String(error);
    this.lastError = reason;
    this.options.log('error', 'a commit failed; nothing of it was acknowledged', { reason });
    const targets = new Set([...batch.byTarget.keys(), ...collected.byTarget.keys()]);
    for (const target of targets) this.guard(() => target.commitFailed(reason, notSavedSentence(error)));
    const failure = new Error(`Not saved: ${reason}`, { cause: error });
    for (const waiter of [...batch.waiters, ...collected.waiters]) waiter.reject(failure);
    this.next();
  }

  private next(): void {
    const { batch } = this;
    if (batch.entries.length > 0 || batch.creates.length > 0 || batch.waiters.length > 0) this.schedule();
    else if (!this.scheduled) for (const resolve of this.idleWaiters.splice(0)) resolve();
  }

  /** One document's trouble in sending must not keep the others from hearing of their commit. */
  private guard(work: () => void): void {
    try {
      work();
    } catch (error) {
      this.options.log('error', 'after a commit', {
        error: error instanceof Error ? (error.stack ?? '') : String(error),
      });
    }
  }
}
