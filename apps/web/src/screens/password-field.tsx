import { TextField } from '@rapport/ui/text-field';
import { createSignal } from 'solid-js';
import { shortestPassword } from '../account/auth.ts';

/** A password that can be shown while it is typed. With `isNew` it says what is long enough. */
export function PasswordField(props: {
  value: string;
  onInput: (value: string) => void;
  error?: string | undefined;
  isNew?: boolean;
}) {
  const [isShown, setShown] = createSignal(false);
  const hint = () => {
    if (props.isNew !== true) return undefined;
    const length = props.value.length;
    return length === 0
      ? `${shortestPassword} characters or more. Long is enough: no symbols needed.`
      : `${length} ${length === 1 ? 'character' : 'characters'}. Long is enough: no symbols needed.`;
  };
  return (
    <TextField
      label="Password"
      type={isShown() ? 'text' : 'password'}
      autocomplete={props.isNew === true ? 'new-password' : 'current-password'}
      name="password"
      size="lg"
      required
      value={props.value}
      onInput={props.onInput}
      hint={hint()}
      error={props.error}
      end={
        <button
          type="button"
          class="small t3 show-password"
          aria-pressed={isShown()}
          onClick={() => setShown(!isShown())}
        >
          {isShown() ? 'Hide' : 'Show'}
        </button>
      }
    />
  );
}
