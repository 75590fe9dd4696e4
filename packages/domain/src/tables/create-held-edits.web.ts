import type { FieldValue } from '@rapport/schema/fields';
import { createMemo, createSelector } from 'solid-js';
import type { WorkspaceClient } from '../client.ts';
import type { Edit } from './create-edits.web.ts';

type Value = FieldValue | null;

/** What a person did with a row that the server has not done yet. */
export interface HeldRow {
  readonly values: ReadonlyMap<string, Value>;
  readonly isGone: boolean;
  /** There is no connection. */
  readonly isWaiting: boolean;
}

/** Choices as they stand after adding and taking away; null when none is left. */
function withChoices(value: Value | undefined, edit: Edit, key: string): Value {
  const stands = Array.isArray(value) ? (value as readonly string[]) : [];
  const taken = new Set(edit.remove?.[key] ?? []);
  const next = [...new Set([...stands, ...(edit.add?.[key] ?? [])])].filter((each) => !taken.has(each));
  return next.length === 0 ? null : next;
}

/** The values of a row as an edit leaves them; `valueOf` answers what stands there. */
export function editedValues(edit: Edit, valueOf: (key: string) => Value | undefined): [string, Value][] {
  const lists = new Set([...Object.keys(edit.add ?? {}), ...Object.keys(edit.remove ?? {})]);
  return [
    ...Object.entries(edit.values ?? {}),
    ...[...lists].map((key): [string, Value] => [key, withChoices(valueOf(key), edit, key)]),
  ];
}

/** Edits of a table's rows that wait for the server, those of an earlier page included. */
export function createHeldEdits(
  workspace: WorkspaceClient,
  plural: string,
  valueOf: (rowId: string, key: string) => Value | undefined,
) {
  const path = `/tables/${plural}/edits`;
  const rows = createMemo((): ReadonlyMap<string, HeldRow> => {
    const found = new Map<string, HeldRow>();
    for (const write of workspace.held.list()) {
      if (write.path !== path || write.state === 'refused') continue;
      const { edits } = write.body as unknown as { readonly edits: readonly Edit[] };
      for (const edit of edits) {
        const before = found.get(edit.id);
        const stands = (key: string) => before?.values.get(key) ?? valueOf(edit.id, key);
        found.set(edit.id, {
          values: new Map([...(before?.values ?? []), ...editedValues(edit, stands)]),
          isGone: edit.gone ?? before?.isGone ?? false,
          isWaiting: before?.isWaiting === true || write.state === 'waiting',
        });
      }
    }
    return found;
  });
  // Most of the time nothing waits, and a cell that is scrolled into view need not be told of each row.
  const isEmpty = createMemo(() => rows().size === 0);
  const isHeld = createSelector(rows, (id: string, now) => now.has(id));
  return {
    /** Reactive, for this row alone while nothing of it waits. */
    of: (id: string): HeldRow | undefined => (isEmpty() || !isHeld(id) ? undefined : rows().get(id)),
    peek: (id: string): HeldRow | undefined => rows().get(id),
  };
}
