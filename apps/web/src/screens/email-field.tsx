import { TextField } from '@rapport/ui/text-field';
import type { JSX } from 'solid-js';

/** The address that a person signs in with; browsers offer it. */
export function EmailField(props: {
  value: string;
  onInput: (email: string) => void;
  error: string | undefined;
  hint?: JSX.Element | undefined;
  autofocus?: boolean;
}) {
  return (
    <TextField
      label="E-mail"
      type="email"
      name="email"
      autocomplete="username"
      size="lg"
      required
      autofocus={props.autofocus}
      value={props.value}
      onInput={props.onInput}
      hint={props.hint}
      error={props.error}
    />
  );
}
