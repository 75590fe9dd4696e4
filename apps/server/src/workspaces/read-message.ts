import type { RowOwners } from '@rapport/domain/access/row-owners';

/** What the read thread is started with. */
export interface ReadThreadData {
  readonly rowOwners: RowOwners;
}

/** What the read thread is asked. */
export interface ReadRequest {
  /** The workspace's file. */
  readonly path: string;
  /** A job's name. */
  readonly job: string;
  readonly args: unknown;
  /** Things that whoever asks may not open: the job sees none of their rows. `key` names the set; empty for none. */
  readonly hidden: { readonly key: string; readonly ids: ReadonlySet<string> };
  /** Epoch ms. */
  readonly now: number;
}

export type ReadReply =
  | { readonly ok: true; readonly outcome: unknown }
  | { readonly ok: false; readonly error: { readonly name: string; readonly message: string; readonly stack: string } };
