import Calendar from 'lucide-solid/icons/calendar';
import { Show, createSignal } from 'solid-js';
import { IconButton } from './icon-button.tsx';
import { type Day, formatDay, parseDay } from './logic/dates.ts';
import { MonthPicker } from './month-picker.tsx';
import { Popover } from './popover.tsx';
import { ParsedField, type ParsedFrame } from './parsed-field.tsx';

/** A day, typed (`24 Nov`, `fri`, `+2w`) or picked from a month. `today` is an argument: the clock is not ours. */
export function DateField(
  props: ParsedFrame<Day> & {
    today: Day;
    locale?: string | undefined;
  },
) {
  let reset: (() => void) | undefined;
  const [isOpen, setOpen] = createSignal(false);
  let frame: HTMLDivElement | undefined;
  const shown = () => (props.value === null ? '' : formatDay(props.value, props.locale));
  const read = (text: string) => {
    const value = parseDay(text, props.today, props.locale);
    return value === undefined ? { problem: 'Type a day, like 24 Nov, fri or +2w.' } : { value };
  };
  return (
    <div ref={(made) => (frame = made)}>
      <ParsedField
        {...props}
        shown={shown()}
        read={read}
        reset={(made) => (reset = made)}
        placeholder={props.placeholder ?? 'Day'}
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
            props.onCommit(day);
            reset?.();
          }}
        />
      </Popover>
    </div>
  );
}
