import type { FieldSpec } from '@rapport/schema/fields';
import type { DealBoard } from './deal-board-context.tsx';
import { dateText } from '../fields/field-text.ts';
import type { Filter, FilterOp } from './view-state.ts';

/** Whether an operator compares with something. */
export const needsValue = (op: FilterOp) => op !== 'empty' && op !== 'set';

/** What a condition compares with, as its chip says it. */
export function valueWords(board: DealBoard, filter: Filter, spec: FieldSpec | undefined): string {
  if (!needsValue(filter.op)) return '';
  const [first] = filter.values;
  if (first === undefined) return '…';
  if (filter.values.length > 1) return `${filter.values.length}`;
  if (filter.field === 'stage') return board.store.stage(first)?.name ?? first;
  if (spec?.type === 'person') return board.nameOf(first);
  if (spec?.type === 'date' || spec?.type === 'instant') return dateText(first);
  if (spec?.type === 'select' || spec?.type === 'multiSelect')
    return spec.options.find(({ id }) => id === first)?.label ?? first;
  return board.references.names().get(first) ?? first;
}
