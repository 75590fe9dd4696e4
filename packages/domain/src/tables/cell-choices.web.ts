import type { FieldSpec } from '@rapport/schema/fields';
import type { Option } from '@rapport/ui/option-list';
import { createResource } from 'solid-js';
import { findRecords } from '../records/find-records.web.ts';
import type { TablePage } from './table-context.web.ts';
import { avatarMark } from './avatar-mark.tsx';

/** Whether a cell is edited by choosing rather than typing. */
export const isPicked = (spec: FieldSpec | undefined, isChosen: boolean | undefined): boolean =>
  isChosen === true || ['person', 'select', 'multiSelect', 'reference'].includes(spec?.type ?? '');

/** What can be picked for a column: people, its options, and what stands in it now. */
export function createChoices(table: TablePage, field: () => string): () => readonly Option[] {
  const [used] = createResource(field, (key) =>
    ['select', 'multiSelect'].includes(table.column(key)?.spec.type ?? '')
      ? table.usedValues(key).catch(() => [])
      : Promise.resolve([]),
  );
  return () => {
    const spec = table.column(field())?.spec;
    if (spec?.type === 'person')
      return [...table.workspace.members().values()]
        .filter(({ status }) => status !== 'removed')
        .map((member) => ({ id: member.id, label: member.name, mark: avatarMark(member) }));
    const known = spec?.type === 'select' || spec?.type === 'multiSelect' ? spec.options : [];
    const more = (used.latest ?? []).filter((value) => !known.some(({ id }) => id === value));
    return [...known, ...more.map((value) => ({ id: value, label: value }))];
  };
}

/** Records that a column can refer to, by what is typed; null when it refers to none that can be searched. */
export function searchFor(table: TablePage, spec: FieldSpec): ((text: string) => Promise<readonly Option[]>) | null {
  if (spec.type !== 'reference') return null;
  const { noun } = spec;
  if (noun === 'team')
    return async (text) => {
      const { items } = await table.workspace.api<{ items: readonly { id: string; name: string }[] }>(
        'GET',
        '/teams?limit=500',
      );
      const wanted = text.toLocaleLowerCase();
      return items
        .filter(({ name }) => name.toLocaleLowerCase().includes(wanted))
        .map(({ id, name }) => ({ id, label: name }));
    };
  return noun === 'company' || noun === 'contact' || noun === 'deal' ? findRecords(table.workspace, noun) : null;
}

/** What one row can be in a column whose choices depend on it; reading it takes a connection. */
export const choicesOfRow = (table: TablePage, key: string, rowId: string) => async (text: string) => {
  const { items } = await table.workspace.api<{ items: readonly string[] }>(
    'GET',
    `/tables/${table.plural}/values?column=${key}&row=${encodeURIComponent(rowId)}`,
  );
  const wanted = text.toLocaleLowerCase();
  return items
    .filter((name) => name.toLocaleLowerCase().includes(wanted))
    .map((name): Option => ({ id: name, label: name }));
};
