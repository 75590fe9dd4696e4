import { Button } from '@rapport/ui/button';
import { Chip } from '@rapport/ui/chip';
import { Icon } from '@rapport/ui/icon';
import Check from 'lucide-solid/icons/check';
import Zap from 'lucide-solid/icons/zap';
import { For, Show, createMemo, createSignal } from 'solid-js';
import type { ImportWizard } from './create-import.web.ts';
import type { LookRow } from './describe-import.ts';
import type { ShownPreview } from './import-api.ts';

const shown = 100;

/** The cell below: Enter goes down, as in a spreadsheet. */
function nextCell(cell: HTMLInputElement): HTMLInputElement | undefined {
  const cells = [...(cell.closest('table')?.querySelectorAll<HTMLInputElement>('.imp-cell') ?? [])];
  return cells[cells.indexOf(cell) + 1];
}

/** Rows that cannot be read as they are: correct them here, skip them, or answer for all of them at once. */
export function LookRows(props: { wizard: ImportWizard; preview: ShownPreview }) {
  const [wanted, setWanted] = createSignal<string | null>(null);
  const columns = createMemo(() => {
    const byColumn = new Map<string, number>();
    for (const { field } of props.preview.errors) byColumn.set(field, (byColumn.get(field) ?? 0) + 1);
    for (const look of props.wizard.handled())
      for (const { field } of look.errors) if (!byColumn.has(field)) byColumn.set(field, 0);
    return [...byColumn];
  });
  const column = () => columns().find(([name]) => name === wanted())?.[0] ?? columns()[0]?.[0] ?? '';
  const open = createMemo(() =>
    props.wizard.looks().filter(({ errors }) => errors.some(({ field }) => field === column())),
  );
  const isHandled = (row: number) =>
    (props.wizard.options().edits[row] !== undefined || props.wizard.options().skip.includes(row)) &&
    !props.wizard.looks().some((look) => look.row === row);
  const rows = createMemo(() => {
    const done = props.wizard
      .handled()
      .filter(({ row, errors }) => isHandled(row) && errors.some(({ field }) => field === column()));
    return [...open(), ...done].sort((a, b) => a.row - b.row).slice(0, shown);
  });
  const titleColumn = () =>
    ['title', 'name', 'lastName', 'company']
      .map((key) => props.preview.columns.find(({ target }) => target === key)?.column)
      .find((found) => found !== undefined) ??
    props.preview.columns[0]?.column ??
    '';
  const messageOf = (look: LookRow) => look.errors.find(({ field }) => field === column())?.message ?? '';
  // The cell shows the value already.
  const reasonOf = (look: LookRow) => messageOf(look).replace(/^“[^”]*” /, '');
  /** Why all that are open cannot be read, where it is one reason. */
  const sharedReason = () => {
    const reasons = new Set(open().map(reasonOf));
    const [only = ''] = reasons;
    return reasons.size === 1 ? only : 'not all for one reason';
  };
  const isEditable = () => props.preview.columns.some((each) => each.column === column());

  return (
    <Show when={columns().length > 0}>
      <header class="row">
        <h2>Rows that need a look</h2>
        <span class="count" aria-live="polite">
          {props.preview.skipped.toLocaleString()}
        </span>
        <span class="grow" />
        <div class="row imp-chips">
          <For each={columns()}>
            {([name, count]) => (
              <Chip pressed={name === column()} count={count} onClick={() => setWanted(name)}>
                {name === '' ? 'Whole row' : name}
              </Chip>
            )}
          </For>
        </div>
      </header>
      <Show when={open().length > 1}>
        <div class="banner">
          <Icon of={Zap} class="t2" />
          <span class="grow">
            {open().length.toLocaleString()} rows: {sharedReason()}
          </span>
          <Show when={isEditable()}>
            <Button size="sm" onClick={() => props.wizard.editAll(open(), column(), '')}>
              Leave {column()} empty in all {open().length.toLocaleString()}
            </Button>
          </Show>
          <Button size="sm" onClick={() => props.wizard.skip(open())}>
            Skip all {open().length.toLocaleString()}
          </Button>
        </div>
      </Show>
      <div class="imp-scroll">
        <table class="tbl err">
          <colgroup>
            <col class="c-row" />
            <col class="c-title" />
            <col />
            <col class="c-act" />
          </colgroup>
          <thead>
            <tr>
              <th class="r">Row</th>
              <th>{titleColumn()}</th>
              <th>{column() === '' ? 'Problem' : column()}</th>
              <th>
                <span class="sr">Actions</span>
              </th>
            </tr>
          </thead>
          <tbody>
            <For each={rows()}>
              {(look) => (
                <tr>
                  <td class="r t3 num">{look.row}</td>
                  <td class="ellip">{look.cells[titleColumn()]}</td>
                  <Show
                    when={isHandled(look.row)}
                    fallback={
                      <td class="bad">
                        <Show when={isEditable()} fallback={<span>{messageOf(look)}</span>}>
                          <input
                            class="imp-cell"
                            aria-label={`${column()} of row ${look.row}`}
                            aria-invalid="true"
                            value={props.wizard.options().edits[look.row]?.[column()] ?? look.cells[column()] ?? ''}
                            onChange={(event) => props.wizard.edit(look, column(), event.currentTarget.value)}
                            onKeyDown={(event) => {
                              if (event.key === 'Enter') nextCell(event.currentTarget)?.focus();
                              if (event.key !== 'Escape') return;
                              event.currentTarget.value = look.cells[column()] ?? '';
                              event.currentTarget.blur();
                            }}
                          />
                          <small title={reasonOf(look)}>{reasonOf(look)}</small>
                        </Show>
                      </td>
                    }
                  >
                    <td class="fix">
                      <span>{props.wizard.options().edits[look.row]?.[column()] ?? look.cells[column()]}</span>
                      <small>
                        <Icon of={Check} size={12} />
                        {props.wizard.options().skip.includes(look.row) ? 'Skipped by you' : 'Fixed by you'}
                      </small>
                    </td>
                  </Show>
                  <td class="r">
                    <Show
                      when={isHandled(look.row)}
                      fallback={
                        <Button
                          variant="ghost"
                          size="sm"
                          aria-label={`Skip row ${look.row}`}
                          onClick={() => props.wizard.skip([look])}
                        >
                          Skip
                        </Button>
                      }
                    >
                      <Button
                        variant="ghost"
                        size="sm"
                        aria-label={`Undo the correction of row ${look.row}`}
                        onClick={() => props.wizard.restore(look.row)}
                      >
                        Undo
                      </Button>
                    </Show>
                  </td>
                </tr>
              )}
            </For>
          </tbody>
        </table>
      </div>
      <Show when={open().length > shown}>
        <p class="t3 small">The first {shown} are shown. Correct the file, or answer for all of them above.</p>
      </Show>
    </Show>
  );
}
