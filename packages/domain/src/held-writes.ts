import type { Json } from '@rapport/doc/json';

/** A write to the server that is kept on this device until the server has answered it. */
export interface HeldWrite {
  /** Also its Idempotency-Key: however often it is sent, it is done once. */
  readonly id: string;
  /** Below `/api/v1/w/:ws`. */
  readonly path: string;
  readonly body: Json;
  /** Epoch ms. */
  readonly at: number;
  /** One sentence without a full stop, in the past tense. */
  readonly text: string;
  /** `waiting`: it was tried, and there is no connection. `refused`: it will not be sent again. */
  readonly state: 'sending' | 'waiting' | 'refused';
  /** Why it was refused, for the person. */
  readonly reason: string | null;
}

/** Writes of this person in this workspace, in their order. They outlive a reload. */
export interface HeldWrites {
  /** Reactive: those that the server has not done, refused ones included; the oldest first. */
  list(): readonly HeldWrite[];
  /**
   * Sends a POST. Its reply, or null when there is no connection: then it waits and is sent when there is one. Rejects as
   * `api` does when it was refused at once.
   */
  send<T>(path: string, body: Json, text: string): Promise<{ readonly id: string; readonly reply: T | null }>;
  /** Takes one back that waits, or a refused one off the list; false when it is no longer there. */
  drop(id: string): Promise<boolean>;
  /** What came of one that had waited, while this page lives. */
  replyOf(id: string): unknown;
}
