import './filter-panel.css';
import { Button } from '@rapport/ui/button';
import { IconButton } from '@rapport/ui/icon-button';
import { Segmented } from '@rapport/ui/segmented';
import Plus from 'lucide-solid/icons/plus';
import X from 'lucide-solid/icons/x';
import { Index, Match, Show, Switch } from 'solid-js';
import { ConditionEditor } from './condition-editor.tsx';
import { opsOf } from './ops-of.ts';
import { type Condition, type ConditionGroup, isGroup } from './table-query.ts';
import { useConditions } from './conditions-context.web.ts';

/** The conditions of a table, in groups of which all or any must hold; groups may lie in groups. */
export function FilterPanel(props: {
  group: ConditionGroup;
  onChange: (group: ConditionGroup) => void;
  depth?: number;
}) {
  const conditions = useConditions();
  const depth = () => props.depth ?? 1;
  const columns = () => conditions.columns().map(({ key, spec }) => ({ id: key, label: spec.label }));
  const replace = (at: number, node: Condition | ConditionGroup | null) =>
    props.onChange({
      ...props.group,
      of: props.group.of.flatMap((each, index) => (index !== at ? [each] : node === null ? [] : [node])),
    });
  const add = (node: Condition | ConditionGroup) => props.onChange({ ...props.group, of: [...props.group.of, node] });
  const fresh = (): Condition => {
    const [column] = conditions.columns();
    return {
      field: column?.key ?? '',
      op: column === undefined ? 'set' : (opsOf(column.spec)[0] ?? 'set'),
      values: [],
    };
  };
  return (
    <div class="filter-group" role="group" aria-label={props.group.match === 'all' ? 'All of these' : 'Any of these'}>
      <Segmented
        label="How conditions are combined"
        options={[
          { value: 'all', label: 'All of' },
          { value: 'any', label: 'Any of' },
        ]}
        value={props.group.match}
        onChange={(match) => props.onChange({ ...props.group, match })}
      />
      <Index each={props.group.of}>
        {(node, at) => (
          <div class="filter-line">
            <Switch>
              <Match when={((each) => (isGroup(each) ? each : undefined))(node())}>
                {(group) => <FilterPanel group={group()} depth={depth() + 1} onChange={(next) => replace(at, next)} />}
              </Match>
              <Match when={((each) => (isGroup(each) ? undefined : each))(node())}>
                {(condition) => (
                  <ConditionEditor condition={condition()} columns={columns()} onChange={(next) => replace(at, next)} />
                )}
              </Match>
            </Switch>
            <IconButton icon={X} size="sm" label="Remove" onClick={() => replace(at, null)} />
          </div>
        )}
      </Index>
      <div class="row">
        <Button size="sm" variant="ghost" icon={Plus} onClick={() => add(fresh())}>
          Condition
        </Button>
        <Show when={depth() < 3}>
          <Button size="sm" variant="ghost" icon={Plus} onClick={() => add({ match: 'any', of: [fresh()] })}>
            Group
          </Button>
        </Show>
      </div>
    </div>
  );
}
