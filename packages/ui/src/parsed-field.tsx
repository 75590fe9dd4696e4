import { type JSX, createSignal } from 'solid-js';
import { type FieldFrame, TextField } from './text-field.tsx';

/** What reading typed text gives: a value (null is empty), or one sentence that says what to type. */
export type Read<Value> = { readonly value: Value | null } | { readonly problem: string };

export type ParsedFrame<Value> = FieldFrame & {
  value: Value | null;
  onCommit: (value: Value | null) => void;
  placeholder?: string | undefined;
  disabled?: boolean | undefined;
  size?: 'md' | 'lg' | undefined;
};

/** A text field over a value that is typed: text that is none stays, with the sentence that says what to type. */
export function ParsedField<Value>(
  props: ParsedFrame<Value> & {
    /** The value as it stands in the field. */
    shown: string;
    read: (text: string) => Read<Value>;
    /** Gets a function that takes the typed text and its problem away, for when the value comes from elsewhere. */
    reset?: ((reset: () => void) => void) | undefined;
    align?: 'right' | undefined;
    prefix?: string | undefined;
    suffix?: string | undefined;
    inputMode?: 'decimal' | undefined;
    end?: JSX.Element | undefined;
  },
) {
  const [problem, setProblem] = createSignal<string>();
  let field: { value: string } | undefined;
  const reset = () => {
    setProblem(undefined);
    // “40k” becomes “40,000” also where the value stays the same.
    if (field !== undefined) field.value = props.shown;
  };
  const commit = (text: string) => {
    const found = props.read(text);
    if ('problem' in found) return void setProblem(found.problem);
    props.onCommit(found.value);
    reset();
  };
  return (
    <TextField
      label={props.label}
      hideLabel={props.hideLabel}
      hint={props.hint}
      error={props.error ?? problem()}
      value={props.shown}
      ref={(made) => {
        field = made;
        props.reset?.(reset);
      }}
      onCommit={commit}
      onRevert={() => setProblem(undefined)}
      inputMode={props.inputMode}
      align={props.align}
      placeholder={props.placeholder}
      prefix={props.prefix}
      suffix={props.suffix}
      disabled={props.disabled}
      size={props.size}
      end={props.end}
    />
  );
}
