/**
 * The wire: the y-websocket protocol (y-protocols sync and awareness) plus two messages that stock clients ignore.
 * Every frame is binary and starts with one of these as a varUint.
 */
export const message = {
  sync: 0,
  awareness: 1,
  auth: 2,
  queryAwareness: 3,
  /** Client → server `[102, varUint8Array]`; echoed byte for byte once all earlier frames of that socket are durable. */
  barrier: 102,
  /** Server → client `[103, varString JSON]` of a {@link Notice}; only to clients that connected with `?x=1`. */
  notice: 103,
} as const;

/** What the server tells a client that asked for notices. `reason` is a sentence for the person. */
export type Notice =
  /** Updates of this connection are refused from now on (or allowed again). `reason`: the document is damaged. */
  | { type: 'access'; access: 'read' | 'write'; reason?: string }
  /** One update was refused and will never be stored; the client keeps it, shows the reason and lets it be copied out. */
  | { type: 'rejected'; code: RejectionCode; reason: string }
  /** The store cannot be written now: nothing is lost, nothing is saved, the client offers it again on reconnect. */
  | { type: 'not-saved'; reason: string }
  /** Sent first: which life of the stored data this is. Another one than before: the server was restored from a backup. */
  /**
   * `erased`: text of this document was erased, also from its history; another mark than before: the client drops its copy.
   */
  | { type: 'epoch'; epoch: string; erased?: string };

export type RejectionCode = 'read-only' | 'malformed' | 'too-large' | 'foreign-client' | 'rate' | 'pending-limit';

/** Close codes. 4400–4499 is final for stock y-websocket clients; 1012, 1013 and others make them retry. */
export const closeCode = {
  /** A frame that is no frame of this protocol (also a text frame), or, for stock clients, an update that was refused. */
  malformed: 4400,
  notSignedIn: 4401,
  noAccess: 4403,
  noSuchDocument: 4404,
  clientTooOld: 4409,
  tooLarge: 1009,
  restart: 1012,
  overload: 1013,
} as const;

/** A document's name on sync: `workspace`, `board/<id>`, `deal/<id>`, `board/<id>~2026q3` … */
export type DocName = string;
