import type { ServerProcess } from './server-process.ts';

/** A server that is measured: ours, or a peer. */
export interface Subject {
  readonly name: string;
  /** Shown beside the others, but no peer that ours is held against. */
  readonly isYardstick?: boolean;
  /** Starts it on the data in `dataDir`, which may be there from before. */
  start(dataDir: string, settings: SubjectSettings): Promise<RunningSubject>;
}

export interface SubjectSettings {
  /** How long a document without connections stays loaded, for servers that can be told. */
  readonly idleUnloadMs?: number;
}

export interface RunningSubject {
  readonly process: ServerProcess;
  /** Makes a document that clients may open; answers its name. */
  createBoard(): Promise<string>;
  urlOf(doc: string): string;
  /** What every frame starts with, in both directions. */
  prefixOf(doc: string): Uint8Array;
  /** A client must send a token and wait for leave before it syncs. */
  readonly wantsToken: boolean;
}
