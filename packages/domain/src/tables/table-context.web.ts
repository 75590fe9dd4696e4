import { createContext, useContext } from 'solid-js';
import type { WorkspaceClient } from '../client.ts';
import type { CellContext } from './cell-value.web.ts';
import type { Edit } from './create-edits.web.ts';
import type { TableData } from './create-table.web.ts';
import type { TableColumn } from './table-reply.ts';
import type { TableView } from './view-state.ts';

/** What the parts of a table's page share. */
export interface TablePage {
  /** Its path below `/tables`. */
  readonly plural: string;
  readonly workspace: WorkspaceClient;
  readonly data: TableData;
  readonly cells: CellContext;
  view(): TableView;
  setView(change: Partial<TableView>): void;
  column(key: string): TableColumn | undefined;
  today(): string;
  canEdit(): boolean;
  /** What an amount is in that is typed without a currency: that of the row, else the one that most of the column has. */
  cellsFor(key: string, rowId?: string): CellContext;
  /** Values that stand in a column now. */
  usedValues(key: string): Promise<readonly string[]>;
  /** The colleague who edits a cell now. */
  editedBy(rowId: string, key: string): { readonly name: string; readonly colour: number } | null;
  /** Tells colleagues which cell this person edits; null: none. */
  tellEditing(rowId: string | null, key: string | null): void;
  /** Edits rows as one step of this person; `text` is what it was. */
  edit(edits: readonly Edit[], text: string): void;
}

export const TableContext = createContext<TablePage>();

export function useTable(): TablePage {
  const page = useContext(TableContext);
  if (page === undefined) throw new Error('a part of a table stands outside of one');
  return page;
}
