/** What the read thread is asked. */
export interface ReadRequest {
  /** The workspace's file. */
  readonly path: string;
  /** A job's name. */
  readonly job: string;
  readonly args: unknown;
  /** Boards that whoever asks may not open: the job sees none of their rows. */
  readonly hidden: readonly string[];
  /** Epoch ms. */
  readonly now: number;
}

export type ReadReply =
  | { readonly ok: true; readonly outcome: unknown }
  | { readonly ok: false; readonly error: { readonly name: string; readonly message: string; readonly stack: string } };
