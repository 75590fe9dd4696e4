import type { FieldSpec } from '@rapport/schema/fields';
import { createContext, useContext } from 'solid-js';
import type { WorkspaceClient } from '../client.ts';
import { useTable } from './table-context.web.ts';

/** What editing conditions takes, of a table or of whatever else is held against them. */
export interface ConditionsOf {
  readonly workspace: WorkspaceClient;
  /** Fields that can be asked, in the order in which they are offered. */
  columns(): readonly { readonly key: string; readonly spec: FieldSpec }[];
  today(): string;
  /** Values that a field has now. */
  usedValues(key: string): Promise<readonly string[]>;
}

export const ConditionsContext = createContext<ConditionsOf>();

/** The nearest that conditions are edited for: the table, unless something in it says otherwise. */
export function useConditions(): ConditionsOf {
  const own = useContext(ConditionsContext);
  if (own !== undefined) return own;
  const table = useTable();
  return {
    workspace: table.workspace,
    columns: () => table.data.shape()?.columns ?? [],
    today: table.today,
    usedValues: table.usedValues,
  };
}
