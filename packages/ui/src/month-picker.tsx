import ChevronLeft from 'lucide-solid/icons/chevron-left';
import ChevronRight from 'lucide-solid/icons/chevron-right';
import { For, createMemo, createSignal, untrack } from 'solid-js';
import { Button } from './button.tsx';
import { IconButton } from './icon-button.tsx';
import {
  type Day,
  addDays,
  addMonths,
  monthGrid,
  monthTitle,
  spokenDay,
  weekStartOf,
  weekdayNames,
} from './logic/dates.ts';

/** One month of days. Arrows move by day and week, Page keys by month, Enter picks. */
export function MonthPicker(props: {
  value: Day | null;
  today: Day;
  locale?: string | undefined;
  onPick: (day: Day | null) => void;
}) {
  const [focused, setFocused] = createSignal(untrack(() => props.value ?? props.today));
  const start = () => weekStartOf(props.locale ?? 'en');
  const month = () => focused().slice(0, 7);
  const weeks = createMemo(() => monthGrid(`${month()}-01`, start()));
  let table: HTMLTableElement | undefined;
  const go = (day: Day) => {
    setFocused(day);
    table?.querySelector<HTMLElement>(`[data-day="${day}"]`)?.focus();
  };
  const keys = (event: KeyboardEvent) => {
    const steps: Record<string, () => Day> = {
      ArrowLeft: () => addDays(focused(), -1),
      ArrowRight: () => addDays(focused(), 1),
      ArrowUp: () => addDays(focused(), -7),
      ArrowDown: () => addDays(focused(), 7),
      PageUp: () => addMonths(focused(), -1),
      PageDown: () => addMonths(focused(), 1),
      Home: () => `${month()}-01`,
      End: () => addDays(addMonths(`${month()}-01`, 1), -1),
    };
    const step = steps[event.key];
    if (step === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    go(step());
  };
  return (
    <div class="datepick">
      <header>
        <b aria-live="polite">{monthTitle(focused(), props.locale)}</b>
        <IconButton
          icon={ChevronLeft}
          size="sm"
          label="Month before"
          onClick={() => setFocused(addMonths(focused(), -1))}
        />
        <IconButton
          icon={ChevronRight}
          size="sm"
          label="Month after"
          onClick={() => setFocused(addMonths(focused(), 1))}
        />
      </header>
      <table
        ref={(made) => (table = made)}
        role="grid"
        aria-label={monthTitle(focused(), props.locale)}
        onKeyDown={keys}
      >
        <thead>
          <tr>
            <For each={weekdayNames(props.locale, start())}>{(name) => <th scope="col">{name}</th>}</For>
          </tr>
        </thead>
        <tbody>
          <For each={weeks()}>
            {(week) => (
              <tr>
                <For each={week}>
                  {(day) => (
                    <td aria-selected={day === props.value}>
                      <button
                        type="button"
                        data-day={day}
                        data-autofocus={day === focused() ? '' : undefined}
                        tabindex={day === focused() ? 0 : -1}
                        class={
                          day === props.value
                            ? 'on'
                            : day === props.today
                              ? 'now'
                              : day.startsWith(month())
                                ? ''
                                : 'other'
                        }
                        aria-label={spokenDay(day, props.locale)}
                        aria-current={day === props.today ? 'date' : undefined}
                        onClick={() => props.onPick(day)}
                      >
                        {Number(day.slice(8))}
                      </button>
                    </td>
                  )}
                </For>
              </tr>
            )}
          </For>
        </tbody>
      </table>
      <footer>
        <Button size="sm" variant="ghost" onClick={() => props.onPick(props.today)}>
          Today
        </Button>
        <Button size="sm" variant="ghost" onClick={() => props.onPick(addDays(props.today, 1))}>
          Tomorrow
        </Button>
        <span class="grow" />
        <Button size="sm" variant="ghost" onClick={() => props.onPick(null)}>
          Clear
        </Button>
      </footer>
    </div>
  );
}
