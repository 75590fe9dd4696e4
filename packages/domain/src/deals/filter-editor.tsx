import type { FieldSpec } from '@rapport/schema/fields';
import { Button } from '@rapport/ui/button';
import { MultiSelect } from '@rapport/ui/combobox';
import { DateField } from '@rapport/ui/date-field';
import type { Option } from '@rapport/ui/option-list';
import { Select } from '@rapport/ui/select';
import { TextField } from '@rapport/ui/text-field';
import { Match, Show, Switch, onMount } from 'solid-js';
import { type DealBoard, useDealBoard } from './deal-board-context.tsx';
import { opText, opsFor, specOfField } from './filter.ts';
import { needsValue, valueWords } from './filter-words.web.ts';
import type { Filter, FilterOp } from './view-state.ts';

const isList = (spec: FieldSpec) =>
  spec.type === 'person' || spec.type === 'select' || spec.type === 'multiSelect' || spec.type === 'reference';

/** What a field can be compared with: people of the workspace, options, or what deals on the board have. */
function optionsFor(board: DealBoard, field: string, spec: FieldSpec): readonly Option[] {
  if (spec.type === 'person')
    return [...board.workspace.members().values()].map(({ id, name }) => ({ id, label: name }));
  const known = spec.type === 'select' || spec.type === 'multiSelect' ? spec.options : [];
  const used = board.valuesInUse(field).filter((value) => !known.some(({ id }) => id === value));
  return [...known, ...used.map((value) => ({ id: value, label: board.references.names().get(value) ?? value }))];
}

/** Editor of one condition, in a popover: operator, then value. */
export function FilterEditor(props: { filter: Filter; onChange: (filter: Filter) => void; onDone: () => void }) {
  const board = useDealBoard();
  const spec = () =>
    board.derived()[props.filter.field]?.spec ??
    specOfField(board.type, props.filter.field, board.workspace.customFields(board.type.noun));
  let box: HTMLDivElement | undefined;
  // What was pressed to come here is gone: the focus goes on to the value, or to the condition where there is none.
  onMount(() => {
    if (box?.contains(document.activeElement) === true) return;
    const [condition, value] =
      box?.querySelectorAll<HTMLElement>('input, button[aria-haspopup="listbox"], .pickf-b') ?? [];
    (value ?? condition)?.focus();
  });
  const setValues = (values: readonly string[]) => props.onChange({ ...props.filter, values });
  return (
    <Show when={spec()}>
      {(now) => (
        <div ref={(made) => (box = made)} class="filter-editor">
          <Select
            label={now().label}
            options={opsFor(now()).map((op) => ({ id: op, label: opText(op, now(), props.filter.values.length) }))}
            value={props.filter.op}
            onChange={(op) => props.onChange({ ...props.filter, op: op as FilterOp })}
          />
          <Show when={needsValue(props.filter.op)}>
            <Switch
              fallback={
                <TextField
                  label="Value"
                  hideLabel
                  autofocus
                  value={props.filter.values[0] ?? ''}
                  placeholder={now().type === 'money' ? `In ${board.store.meta().currency}, e.g. 10000` : 'Text'}
                  inputMode={now().type === 'money' || now().type === 'number' ? 'decimal' : 'text'}
                  onCommit={(text) => {
                    const isAmount = now().type === 'money' || now().type === 'number';
                    const plain = isAmount ? text.replace(/[\s,']/g, '') : text.trim();
                    if (isAmount && !Number.isFinite(Number(plain))) return;
                    setValues(plain === '' ? [] : [plain]);
                  }}
                />
              }
            >
              <Match when={isList(now())}>
                <MultiSelect
                  label="Value"
                  hideLabel
                  options={optionsFor(board, props.filter.field, now())}
                  value={props.filter.values.map((id) => ({
                    id,
                    label:
                      now().type === 'person'
                        ? board.nameOf(id)
                        : valueWords(board, { ...props.filter, values: [id] }, now()),
                  }))}
                  onChange={(options) => setValues(options.map(({ id }) => id))}
                />
              </Match>
              <Match when={now().type === 'date' || now().type === 'instant'}>
                <DateField
                  label="Day"
                  hideLabel
                  today={board.today()}
                  value={props.filter.values[0] ?? null}
                  onCommit={(day) => setValues(day === null ? [] : [day])}
                />
              </Match>
            </Switch>
          </Show>
          <div class="row">
            <span class="grow" />
            <Button size="sm" variant="primary" onClick={() => props.onDone()}>
              Done
            </Button>
          </div>
        </div>
      )}
    </Show>
  );
}
