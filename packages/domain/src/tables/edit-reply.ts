import type { FieldValue } from '@rapport/schema/fields';

/** What the API answers to edits of a table's rows, as far as screens read it. */
export interface EditReply {
  readonly done: readonly {
    readonly id: string;
    readonly before: Values;
    readonly after: Values;
    readonly gone?: boolean;
    readonly answer?: { readonly race: string; readonly how: 'swap' | 'keep' | 'open' };
  }[];
  readonly refused: readonly { readonly id: string; readonly message: string }[];
  /** `beside`: of these what was sent is kept as the other value of the cell. */
  readonly kept: readonly {
    readonly id: string;
    readonly fields: readonly string[];
    readonly beside?: readonly string[];
  }[];
}

export type Values = Readonly<Record<string, FieldValue | null>>;

const isReply = (raw: unknown): raw is EditReply =>
  typeof raw === 'object' && raw !== null && 'done' in raw && 'refused' in raw && 'kept' in raw;

/** What of a write of edits was not done, as a sentence; null when all of it was. Other writes are done or refused whole. */
export function refusedInEdits(body: unknown, reply: unknown): string | null {
  if (!isReply(reply)) return null;
  const { refused, kept } = reply;
  const [first] = refused;
  const all =
    typeof body === 'object' && body !== null && 'edits' in body && Array.isArray(body.edits) ? body.edits.length : 0;
  const left = refused.length + kept.length;
  if (left === 0) return null;
  const isBeside = kept.some(({ beside = [] }) => beside.length > 0);
  const why =
    first?.message ??
    `Somebody else changed it meanwhile, and theirs stays.${isBeside ? ' Yours is kept beside it, in its cell.' : ''}`;
  return all > 1 ? `${left} of ${all} rows were not saved. ${why}` : why;
}
