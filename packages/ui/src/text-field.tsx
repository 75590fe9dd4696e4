import CircleAlert from 'lucide-solid/icons/triangle-alert';
import { type JSX, Show, createUniqueId } from 'solid-js';
import { Icon, type IconOf } from './icon.tsx';

export type FieldFrame = {
  /** Named above the field. With `hideLabel` it is only read aloud. */
  label: string;
  hideLabel?: boolean | undefined;
  hint?: JSX.Element | undefined;
  /** One sentence that says what to type. */
  error?: string | undefined;
};

/** Label above, control, then hint or error. `children` gets the ids it must carry. */
export function Field(
  props: FieldFrame & { children: (ids: { id: string; describedBy: string | undefined }) => JSX.Element },
) {
  const id = createUniqueId();
  const describedBy = () => (props.error !== undefined ? `${id}-e` : props.hint === undefined ? undefined : `${id}-h`);
  return (
    <div class="field">
      <label class={props.hideLabel === true ? 'sr' : 'flabel'} for={id}>
        {props.label}
      </label>
      {props.children({
        id,
        get describedBy() {
          return describedBy();
        },
      })}
      <Show
        when={props.error}
        fallback={
          <Show when={props.hint}>
            <p class="hint" id={`${id}-h`}>
              {props.hint}
            </p>
          </Show>
        }
      >
        <p class="hint error" id={`${id}-e`} role="alert">
          <Icon of={CircleAlert} size={14} />
          {props.error}
        </p>
      </Show>
    </div>
  );
}

export type TextFieldProps = FieldFrame & {
  value: string;
  /** Every keystroke. */
  onInput?: ((value: string) => void) | undefined;
  /** Enter or blur, only when the text changed. */
  onCommit?: ((value: string) => void) | undefined;
  /** Esc: the text was put back. */
  onRevert?: (() => void) | undefined;
  placeholder?: string | undefined;
  type?: 'text' | 'email' | 'url' | 'tel' | 'password' | 'search' | undefined;
  inputMode?: 'text' | 'decimal' | 'numeric' | 'email' | 'tel' | 'url' | 'search' | undefined;
  autocomplete?: string | undefined;
  name?: string | undefined;
  icon?: IconOf | undefined;
  prefix?: string | undefined;
  suffix?: string | undefined;
  end?: JSX.Element | undefined;
  size?: 'md' | 'lg' | undefined;
  multiline?: boolean | undefined;
  rows?: number | undefined;
  align?: 'left' | 'right' | undefined;
  disabled?: boolean | undefined;
  required?: boolean | undefined;
  autofocus?: boolean | undefined;
  maxLength?: number | undefined;
  ref?: ((element: HTMLInputElement | HTMLTextAreaElement) => void) | undefined;
};

/** A text field in a form. Enter or blur commits, Esc takes it back. */
export function TextField(props: TextFieldProps) {
  // What stood here when the person came, or committed last: an unchanged text is no commit.
  let known: string | undefined;
  let begun: string | undefined;
  const commit = (element: HTMLInputElement | HTMLTextAreaElement) => {
    if (element.value === known) return;
    props.onCommit?.(element.value);
    known = element.value;
  };
  const keys = (event: KeyboardEvent & { currentTarget: HTMLInputElement | HTMLTextAreaElement }) => {
    if (event.isComposing) return;
    const element = event.currentTarget;
    if (event.key === 'Enter' && (props.multiline !== true || event.metaKey || event.ctrlKey)) commit(element);
    else if (event.key === 'Escape' && props.onRevert !== undefined) {
      event.preventDefault();
      // A field whose owner follows every key goes back to what it was; any other to what its owner has.
      element.value = props.onInput === undefined ? props.value : (begun ?? props.value);
      known = element.value;
      props.onInput?.(element.value);
      props.onRevert();
    }
  };
  const setUp = (element: HTMLInputElement | HTMLTextAreaElement) => {
    props.ref?.(element);
    if (props.autofocus === true) queueMicrotask(() => element.focus());
  };
  const classes = () =>
    [
      'input',
      props.size === 'lg' ? 'lg' : '',
      props.multiline === true ? 'multi' : '',
      props.align === 'right' ? 'r' : '',
      props.error === undefined ? '' : 'is-error',
      props.disabled === true ? 'is-disabled' : '',
    ]
      .filter((name) => name !== '')
      .join(' ');
  return (
    <Field label={props.label} hideLabel={props.hideLabel} hint={props.hint} error={props.error}>
      {(ids) => (
        <div class={classes()}>
          <Show when={props.icon}>{(icon) => <Icon of={icon()} class="t3" />}</Show>
          <Show when={props.prefix}>
            <span class="affix">{props.prefix}</span>
          </Show>
          <Show
            when={props.multiline === true}
            fallback={
              <input
                ref={(made) => setUp(made)}
                id={ids.id}
                type={props.type ?? 'text'}
                inputMode={props.inputMode}
                autocomplete={props.autocomplete ?? 'off'}
                name={props.name}
                value={props.value}
                placeholder={props.placeholder}
                disabled={props.disabled}
                required={props.required}
                maxLength={props.maxLength}
                aria-invalid={props.error === undefined ? undefined : 'true'}
                aria-describedby={ids.describedBy}
                onInput={(event) => props.onInput?.(event.currentTarget.value)}
                onFocus={(event) => (known = begun = event.currentTarget.value)}
                onBlur={(event) => commit(event.currentTarget)}
                onKeyDown={keys}
              />
            }
          >
            <textarea
              ref={(made) => setUp(made)}
              id={ids.id}
              name={props.name}
              rows={props.rows ?? 3}
              value={props.value}
              placeholder={props.placeholder}
              disabled={props.disabled}
              required={props.required}
              maxLength={props.maxLength}
              aria-invalid={props.error === undefined ? undefined : 'true'}
              aria-describedby={ids.describedBy}
              onInput={(event) => props.onInput?.(event.currentTarget.value)}
              onFocus={(event) => (known = begun = event.currentTarget.value)}
              onBlur={(event) => commit(event.currentTarget)}
              onKeyDown={keys}
            />
          </Show>
          <Show when={props.suffix}>
            <span class="affix">{props.suffix}</span>
          </Show>
          {props.end}
        </div>
      )}
    </Field>
  );
}
