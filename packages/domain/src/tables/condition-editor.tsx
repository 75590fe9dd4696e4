import type { FieldSpec } from '@rapport/schema/fields';
import { MultiSelect } from '@rapport/ui/combobox';
import { DateField } from '@rapport/ui/date-field';
import type { Option } from '@rapport/ui/option-list';
import { Select } from '@rapport/ui/select';
import { TextField } from '@rapport/ui/text-field';
import { For, Match, Show, Switch, createResource } from 'solid-js';
import { opsOf, valuesOf } from './ops-of.ts';
import type { Condition, ConditionOp } from './table-query.ts';
import { useConditions } from './conditions-context.web.ts';
import { opText, periodWords } from './words.ts';

const isChoice = (spec: FieldSpec) => spec.type === 'person' || spec.type === 'select' || spec.type === 'multiSelect';
const isDay = (spec: FieldSpec) => spec.type === 'date' || spec.type === 'instant';

/** One condition as a line: field, operator, values. */
export function ConditionEditor(props: {
  condition: Condition;
  onChange: (condition: Condition) => void;
  columns: readonly Option[];
}) {
  const table = useConditions();
  const specOf = (field: string) => table.columns().find(({ key }) => key === field)?.spec;
  const spec = () => specOf(props.condition.field);
  const setValue = (at: number, value: string | null) => {
    const values = [...props.condition.values];
    if (value === null || value === '') values.splice(at, 1);
    else values[at] = value;
    props.onChange({ ...props.condition, values });
  };
  const setField = (field: string) => {
    const next = specOf(field);
    if (next !== undefined) props.onChange({ field, op: opsOf(next)[0] ?? 'set', values: [] });
  };
  const [used] = createResource(
    () => ({ field: props.condition.field, type: spec()?.type }),
    ({ field, type }) => (type === 'select' ? table.usedValues(field) : Promise.resolve([])),
  );
  const options = (): readonly Option[] => {
    const now = spec();
    if (now?.type === 'person')
      return [
        { id: 'me', label: 'Me' },
        ...[...table.workspace.members().values()].map(({ id, name }) => ({ id, label: name })),
      ];
    const known = now?.type === 'select' || now?.type === 'multiSelect' ? now.options : [];
    return [
      ...known,
      ...(used() ?? [])
        .filter((value) => !known.some(({ id }) => id === value))
        .map((value) => ({ id: value, label: value })),
    ];
  };
  const labelOf = (id: string) => options().find((option) => option.id === id)?.label ?? id;
  return (
    <Show when={spec()}>
      {(now) => (
        <>
          <Select label="Column" hideLabel options={props.columns} value={props.condition.field} onChange={setField} />
          <Select
            label="Condition"
            hideLabel
            options={opsOf(now()).map((op) => ({ id: op, label: opText(op) }))}
            value={props.condition.op}
            onChange={(op) => props.onChange({ ...props.condition, op: op as ConditionOp, values: [] })}
          />
          <Show when={valuesOf(props.condition.op) !== 0}>
            <Switch
              fallback={
                <For each={Array.from({ length: valuesOf(props.condition.op) === 2 ? 2 : 1 }, (_, at) => at)}>
                  {(at) => (
                    <TextField
                      label={at === 0 ? 'Value' : 'And'}
                      hideLabel
                      placeholder={now().type === 'number' || now().type === 'money' ? 'Number' : 'Text'}
                      inputMode={now().type === 'number' || now().type === 'money' ? 'decimal' : 'text'}
                      value={props.condition.values[at] ?? ''}
                      onCommit={(text) =>
                        setValue(
                          at,
                          now().type === 'number' || now().type === 'money'
                            ? text.replaceAll(/[\s,']/g, '')
                            : text.trim(),
                        )
                      }
                    />
                  )}
                </For>
              }
            >
              <Match when={props.condition.op === 'in'}>
                <Select
                  label="Period"
                  hideLabel
                  placeholder="Period"
                  options={Object.entries(periodWords).map(([id, label]) => ({ id, label }))}
                  value={props.condition.values[0] ?? null}
                  onChange={(code) => setValue(0, code)}
                />
              </Match>
              <Match when={isChoice(now())}>
                <MultiSelect
                  label="Values"
                  hideLabel
                  options={options()}
                  value={props.condition.values.map((id) => ({ id, label: labelOf(id) }))}
                  onChange={(chosen) => props.onChange({ ...props.condition, values: chosen.map(({ id }) => id) })}
                />
              </Match>
              <Match when={isDay(now())}>
                <For each={Array.from({ length: valuesOf(props.condition.op) === 2 ? 2 : 1 }, (_, at) => at)}>
                  {(at) => (
                    <DateField
                      label={at === 0 ? 'Day' : 'To'}
                      hideLabel
                      today={table.today()}
                      value={props.condition.values[at] ?? null}
                      onCommit={(day) => setValue(at, day)}
                    />
                  )}
                </For>
              </Match>
            </Switch>
          </Show>
        </>
      )}
    </Show>
  );
}
