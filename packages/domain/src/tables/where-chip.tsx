import { QueryChip } from '@rapport/ui/chip';
import { useTable } from './table-context.web.ts';
import { type Condition, type ConditionGroup, isGroup } from './table-query.ts';
import { conditionText, opText } from './words.ts';

/** One part of a table's filter, in words. */
export function WhereChip(props: { node: Condition | ConditionGroup; onOpen: () => void; onRemove: () => void }) {
  const table = useTable();
  const words = (): { field: string; operator: string; value: string } => {
    const { node } = props;
    if (isGroup(node))
      return { field: node.match === 'any' ? 'Any of' : 'All of', operator: `${node.of.length} conditions`, value: '' };
    const spec = table.column(node.field)?.spec;
    const nameOf = (id: string) => table.workspace.members().get(id)?.name ?? 'somebody who left';
    return {
      field: spec?.label ?? node.field,
      operator: opText(node.op),
      value: spec === undefined ? '' : conditionText(spec, node, nameOf),
    };
  };
  return (
    <QueryChip
      field={words().field}
      operator={words().operator}
      value={words().value}
      onOpen={props.onOpen}
      onRemove={props.onRemove}
    />
  );
}
