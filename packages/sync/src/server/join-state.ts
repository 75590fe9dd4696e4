import { encodeStateAsUpdate, mergeUpdates, type Doc } from 'yjs';
import { syncFrame, syncMessage } from '../shared/frames.ts';
import type { AppliedChange } from './live-document.ts';

/** Below this a document is encoded again as quickly as a tail is kept. */
const worthKeepingBytes = 64 * 1024;
const mostTailChanges = 50;
const mostTailBytes = 64 * 1024;

/**
 * The durable state for clients that have nothing: encoded once, its buffer shared by all who join, and kept through a
 * few more commits, so that a hundred who join while others type do not cost a hundred encodings.
 */
export class JoinState {
  private readonly whole: Uint8Array;
  private readonly tail: Uint8Array[] = [];
  private tailBytes = 0;
  private tailFrame: Uint8Array | null = null;
  /** Set with each use, for the owner to clear: an unused state is memory wasted. */
  isUsed = true;

  constructor(doc: Doc) {
    this.whole = syncFrame(syncMessage.step2, encodeStateAsUpdate(doc));
  }

  /** Takes durable changes; answers false when encoding anew is better from here on. */
  extend(changes: readonly AppliedChange[]): boolean {
    if (this.whole.length < worthKeepingBytes) return false;
    if (this.tail.length + changes.length > mostTailChanges) return false;
    for (const { entry } of changes) {
      this.tail.push(entry.update);
      this.tailBytes += entry.update.length;
    }
    this.tailFrame = null;
    return this.tailBytes <= mostTailBytes;
  }

  /** Frames to send in this order. The tail goes first: a client calls itself synced with the step 2 that ends them. */
  frames(): readonly Uint8Array[] {
    this.isUsed = true;
    if (this.tail.length === 0) return [this.whole];
    this.tailFrame ??= syncFrame(syncMessage.update, mergeUpdates(this.tail));
    return [this.tailFrame, this.whole];
  }
}
