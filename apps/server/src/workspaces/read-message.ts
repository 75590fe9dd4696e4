/** What the read thread is asked. */
export interface ReadRequest {
  /** The workspace's file. */
  readonly path: string;
  /** A job's name. */
  readonly job: string;
  readonly args: unknown;
  /** Epoch ms. */
  readonly now: number;
}

export type ReadReply =
  | { readonly ok: true; readonly outcome: unknown }
  | { readonly ok: false; readonly error: { readonly name: string; readonly message: string; readonly stack: string } };
