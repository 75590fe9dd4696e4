import { AddChip, QueryChip } from '@rapport/ui/chip';
import { LatePart, late } from '@rapport/ui/late';
import { Popover } from '@rapport/ui/popover';
import { For, Show, createSignal } from 'solid-js';
import { useDealBoard } from './deal-board-context.tsx';
import { opText, opsFor, specOfField } from './filter.ts';
import { needsValue, valueWords } from './filter-words.web.ts';
import type { Filter } from './view-state.ts';

export const FilterEditor = late(async () => (await import('./filter-editor.tsx')).FilterEditor);

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
        const spec = () =>
          board.derived()[filter()?.field ?? '']?.spec ??
          specOfField(board.type, filter()?.field ?? '', board.workspace.customFields(board.type.noun));
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
                  <LatePart>
                    <FilterEditor
                      filter={now()}
                      onChange={(next) => replace(index, next)}
                      onDone={() => setOpen(null)}
                    />
                  </LatePart>
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
  const fields = () => [
    ...Object.entries(board.derived()).map(([key, { spec }]) => [key, spec] as const),
    ...Object.entries(board.specs()).filter(([key, spec]) => spec.type !== 'planned' && key !== 'lostReason'),
  ];
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
          {(filter) => (
            <LatePart>
              <FilterEditor filter={filter()} onChange={setDraft} onDone={close} />
            </LatePart>
          )}
        </Show>
      </Popover>
    </span>
  );
}
