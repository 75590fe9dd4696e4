import { encodeStateAsUpdate, type Doc } from 'yjs';
import { syncFrame, syncMessage } from '../shared/frames.ts';
import type { Connection } from './connection.ts';
import { JoinState } from './join-state.ts';
import type { AppliedChange } from './live-document.ts';

/** Answers step 1 with durable state only; who asks while there is none to give waits. */
export class Joiners {
  private waiting: { connection: Connection; vector: Uint8Array }[] = [];
  private state: JoinState | null = null;

  get areWaiting(): boolean {
    return this.waiting.length > 0;
  }

  isWaiting(connection: Connection): boolean {
    return this.waiting.some((joiner) => joiner.connection === connection);
  }

  /** `durable` is null while the document is not in memory or holds something that is not durable. */
  ask(connection: Connection, vector: Uint8Array, durable: Doc | null): void {
    if (isEmptyVector(vector) && (this.state !== null || durable !== null)) {
      if (durable !== null) this.state ??= new JoinState(durable);
      for (const frame of this.state?.frames() ?? []) connection.sendLarge(frame);
    } else if (durable !== null) {
      connection.sendLarge(syncFrame(syncMessage.step2, encodeStateAsUpdate(durable, vector)));
    } else {
      this.waiting.push({ connection, vector });
      return;
    }
    // Everything is in that answer, also what a slow reader had missed.
    connection.behind = null;
  }

  /** Answers those who wait. */
  serve(durable: Doc): void {
    for (const { connection, vector } of this.waiting.splice(0)) this.ask(connection, vector, durable);
  }

  left(connection: Connection): void {
    if (this.areWaiting) this.waiting = this.waiting.filter((joiner) => joiner.connection !== connection);
  }

  /** The document has grown by these durable changes. */
  extend(changes: readonly AppliedChange[]): void {
    if (this.state?.extend(changes) === false) this.state = null;
  }

  /** Called now and then: lets go of a state that nobody has asked for since the last call. */
  forgetUnused(): void {
    if (this.state?.isUsed === false) this.state = null;
    if (this.state !== null) this.state.isUsed = false;
  }

  /** The document leaves memory. */
  forget(): void {
    this.state = null;
  }
}

function isEmptyVector(vector: Uint8Array): boolean {
  return vector.length === 1 && vector[0] === 0;
}
