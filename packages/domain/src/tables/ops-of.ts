import type { FieldSpec } from '@rapport/schema/fields';
import { isGroup, type Condition, type ConditionGroup, type ConditionOp } from './table-query.ts';

/** The conditions that a field can be held against; the first is what a new one begins with. */
export function opsOf(spec: FieldSpec): readonly ConditionOp[] {
  switch (spec.type) {
    case 'number':
    case 'money':
      return ['gte', 'lte', 'between', 'eq', 'empty', 'set'];
    case 'date':
    case 'instant':
      return ['in', 'before', 'after', 'between', 'is', 'empty', 'set'];
    case 'person':
    case 'select':
      return ['any', 'none', 'empty', 'set'];
    case 'multiSelect':
      return ['any', 'all', 'none', 'empty', 'set'];
    case 'checkbox':
      return ['yes', 'no'];
    case 'planned':
      return ['in', 'overdue', 'empty', 'set'];
    default:
      return ['has', 'hasNot', 'is', 'not', 'starts', 'empty', 'set'];
  }
}

/** How many values an operator takes: none, one, two, or any number. */
export function valuesOf(op: ConditionOp): 0 | 1 | 2 | 'many' {
  if (op === 'empty' || op === 'set' || op === 'yes' || op === 'no' || op === 'overdue') return 0;
  if (op === 'between') return 2;
  return op === 'any' || op === 'all' || op === 'none' ? 'many' : 1;
}

/** A filter without conditions that nobody has finished; groups that have none left go, too. */
export function finished(group: ConditionGroup): ConditionGroup {
  const isDone = ({ op, values }: Condition): boolean => {
    const count = valuesOf(op);
    const given = values.filter((value) => value !== '').length;
    return count === 'many' ? given > 0 : given >= count;
  };
  return {
    match: group.match,
    of: group.of.flatMap((node): (Condition | ConditionGroup)[] => {
      if (!isGroup(node)) return isDone(node) ? [node] : [];
      const inner = finished(node);
      return inner.of.length === 0 ? [] : [inner];
    }),
  };
}
