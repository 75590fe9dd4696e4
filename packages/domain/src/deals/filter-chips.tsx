import type { FieldSpec } from '@rapport/schema/fields';
import { Button } from '@rapport/ui/button';
import { AddChip, QueryChip } from '@rapport/ui/chip';
import { DateField } from '@rapport/ui/date-field';
import { MultiSelect } from '@rapport/ui/combobox';
import type { Option } from '@rapport/ui/option-list';
import { Popover } from '@rapport/ui/popover';
import { Select } from '@rapport/ui/select';
import { TextField } from '@rapport/ui/text-field';
import { For, Match, Show, Switch, createSignal } from 'solid-js';
import { type DealBoard, useDealBoard } from './deal-board-context.tsx';
import { dateText } from './deal-text.ts';
import { opText, opsFor, specOfField } from './filter.ts';
import type { Filter, FilterOp } from './view-state.ts';

const isList = (spec: FieldSpec) =>
  spec.type === 'person' || spec.type === 'select' || spec.type === 'multiSelect' || spec.type === 'reference';
const needsValue = (op: FilterOp) => op !== 'empty' && op !== 'set';

/** What a field can be compared with: people of the workspace, options, or what deals on the board have. */
export function optionsFor(board: DealBoard, field: string, spec: FieldSpec): readonly Option[] {
  if (spec.type === 'person')
    return [...board.workspace.members().values()].map(({ id, name }) => ({ id, label: name }));
  const known = spec.type === 'select' || spec.type === 'multiSelect' ? spec.options : [];
  const used = board.valuesInUse(field).filter((value) => !known.some(({ id }) => id === value));
  return [...known, ...used.map((value) => ({ id: value, label: value }))];
}

function valueWords(board: DealBoard, filter: Filter, spec: FieldSpec | undefined): string {
  if (!needsValue(filter.op)) return '';
  const [first] = filter.values;
  if (first === undefined) return '…';
  if (filter.values.length > 1) return `${filter.values.length}`;
  if (filter.field === 'stage') return board.store.stage(first)?.name ?? first;
  if (spec?.type === 'person') return board.nameOf(first);
  if (spec?.type === 'date' || spec?.type === 'instant') return dateText(first);
  if (spec?.type === 'select' || spec?.type === 'multiSelect')
    return spec.options.find(({ id }) => id === first)?.label ?? first;
  return first;
}

/** Editor of one condition, in a popover: operator, then value. */
function FilterEditor(props: { filter: Filter; onChange: (filter: Filter) => void; onDone: () => void }) {
  const board = useDealBoard();
  const spec = () => specOfField(props.filter.field, board.workspace.customFields('deal'));
  const setValues = (values: readonly string[]) => props.onChange({ ...props.filter, values });
  return (
    <Show when={spec()}>
      {(now) => (
        <div class="filter-editor">
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

/** The conditions of the view, each with its editor. */
export function FilterChips() {
  const board = useDealBoard();
  const [open, setOpen] = createSignal<number | null>(null);
  const replace = (index: number, filter: Filter | null) =>
    board.setView({
      filters: board.view().filters.flatMap((each, at) => (at !== index ? [each] : filter ? [filter] : [])),
    });
  return (
    <For each={board.view().filters.map((_, index) => index)}>
      {(index) => {
        let anchor: HTMLSpanElement | undefined;
        const filter = () => board.view().filters[index];
        const spec = () => specOfField(filter()?.field ?? '', board.workspace.customFields('deal'));
        return (
          <Show when={filter()}>
            {(now) => (
              <span ref={(made) => (anchor = made)} class="filter-chip">
                <QueryChip
                  field={spec()?.label ?? (now().field === 'stage' ? 'Stage' : now().field)}
                  operator={opText(now().op, spec(), now().values.length)}
                  value={valueWords(board, now(), spec())}
                  onOpen={() => setOpen(index)}
                  onRemove={() => replace(index, null)}
                />
                <Popover
                  open={open() === index}
                  onClose={() => setOpen(null)}
                  anchor={() => anchor}
                  class="pad"
                  role="dialog"
                  label="Filter"
                >
                  <FilterEditor filter={now()} onChange={(next) => replace(index, next)} onDone={() => setOpen(null)} />
                </Popover>
              </span>
            )}
          </Show>
        );
      }}
    </For>
  );
}

/** “+ Filter”: pick a field, then its condition. */
export function AddFilter() {
  const board = useDealBoard();
  const [isOpen, setOpen] = createSignal(false);
  const [draft, setDraft] = createSignal<Filter | null>(null);
  let anchor: HTMLSpanElement | undefined;
  const close = () => {
    const filter = draft();
    if (filter && (!needsValue(filter.op) || filter.values.length > 0))
      board.setView({ filters: [...board.view().filters, filter] });
    setDraft(null);
    setOpen(false);
  };
  const fields = () =>
    Object.entries(board.specs()).filter(([key, spec]) => spec.type !== 'planned' && key !== 'lostReason');
  return (
    <span ref={(made) => (anchor = made)} class="filter-chip">
      <AddChip onClick={() => setOpen(true)}>Filter</AddChip>
      <Popover open={isOpen()} onClose={close} anchor={() => anchor} class="pad" role="dialog" label="Add a filter">
        <Show
          when={draft()}
          fallback={
            <div class="filter-fields">
              <For each={fields()}>
                {([field, spec], index) => (
                  <button
                    type="button"
                    class="menu-i"
                    data-autofocus={index() === 0 ? '' : undefined}
                    onClick={() => setDraft({ field, op: opsFor(spec)[0] ?? 'has', values: [] })}
                  >
                    {spec.label}
                  </button>
                )}
              </For>
            </div>
          }
        >
          {(filter) => <FilterEditor filter={filter()} onChange={setDraft} onDone={close} />}
        </Show>
      </Popover>
    </span>
  );
}
