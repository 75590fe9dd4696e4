import Calendar from 'lucide-solid/icons/calendar';
import { Show, createSignal } from 'solid-js';
import { IconButton } from './icon-button.tsx';
import { type Day, formatDay, parseDay } from './logic/dates.ts';
import { MonthPicker } from './month-picker.tsx';
import { Popover } from './popover.tsx';
import { type FieldFrame, TextField } from './text-field.tsx';

/** A day, typed (`24 Nov`, `fri`, `+2w`) or picked from a month. `today` is an argument: the clock is not ours. */
export function DateField(
  props: FieldFrame & {
    value: Day | null;
    onCommit: (value: Day | null) => void;
    today: Day;
    locale?: string | undefined;
    placeholder?: string | undefined;
    disabled?: boolean | undefined;
    size?: 'md' | 'lg' | undefined;
  },
) {
  const [problem, setProblem] = createSignal<string>();
  let field: { value: string } | undefined;
  const [isOpen, setOpen] = createSignal(false);
  let frame: HTMLDivElement | undefined;
  const shown = () => (props.value === null ? '' : formatDay(props.value, props.locale));
  const commit = (text: string) => {
    const day = parseDay(text, props.today, props.locale);
    if (day === undefined) return void setProblem('Type a day, like 24 Nov, fri or +2w.');
    setProblem(undefined);
    props.onCommit(day);
    // “fri” becomes its date also where the day stays the same.
    if (field !== undefined) field.value = shown();
  };
  return (
    <div ref={(made) => (frame = made)}>
      <TextField
        label={props.label}
        hideLabel={props.hideLabel}
        hint={props.hint}
        error={props.error ?? problem()}
        value={shown()}
        ref={(made) => (field = made)}
        onCommit={commit}
        onRevert={() => setProblem(undefined)}
        placeholder={props.placeholder ?? 'Day'}
        disabled={props.disabled}
        size={props.size}
        end={
          <Show when={props.disabled !== true}>
            <IconButton
              icon={Calendar}
              size="sm"
              label={`Pick ${props.label.toLowerCase()}`}
              aria-haspopup="dialog"
              aria-expanded={isOpen()}
              onClick={() => setOpen(!isOpen())}
            />
          </Show>
        }
      />
      <Popover
        open={isOpen()}
        onClose={() => setOpen(false)}
        anchor={() => frame?.querySelector<HTMLElement>('.input') ?? frame}
        role="dialog"
        label={`Pick ${props.label.toLowerCase()}`}
      >
        <MonthPicker
          value={props.value}
          today={props.today}
          locale={props.locale}
          onPick={(day) => {
            setOpen(false);
            setProblem(undefined);
            props.onCommit(day);
          }}
        />
      </Popover>
    </div>
  );
}
