import { jsonText } from '@rapport/doc/json';
import type { Money } from '@rapport/schema/fields';
import type { ChangeContext, RowWrite } from '@rapport/sync/server/ports';

/** One thing that the feed tells of a change. */
export interface ActivityLine {
  readonly noun: string;
  readonly doc: string;
  /** The board that it stands on; left out where whose it is follows from the document. */
  readonly boardId?: string;
  readonly record: string;
  readonly title: string | null;
  readonly kind: string;
  readonly field?: string | undefined;
  readonly from?: unknown;
  readonly to?: unknown;
  readonly value?: Money | null;
}

/** The lines of one change that ids have room for. */
const linesPerChange = 65_536;

/**
 * The row of `activity` for line `position` (from 0) of a change: its id rises with time and is the same at every rebuild.
 */
export const activityRow = (context: ChangeContext, position: number, line: ActivityLine): RowWrite => ({
  table: 'activity',
  key: { id: context.seq * linesPerChange + position },
  row: {
    at: context.at,
    actor: context.actor,
    agent: context.agent ?? null,
    offline: context.via === 'offline' ? 1 : 0,
    noun: line.noun,
    doc: line.doc,
    board_id: line.boardId ?? null,
    record: line.record,
    title: line.title,
    kind: line.kind,
    field: line.field ?? null,
    from: jsonText(line.from),
    to: jsonText(line.to),
    value_minor: line.value?.minor ?? null,
    value_currency: line.value?.currency ?? null,
  },
});
