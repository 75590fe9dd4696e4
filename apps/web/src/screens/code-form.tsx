import { Button } from '@rapport/ui/button';
import { Checkbox } from '@rapport/ui/checkbox';
import { TextField } from '@rapport/ui/text-field';
import { createSignal } from 'solid-js';
import { verifyCode } from '../account/auth.ts';
import { createForm } from './create-form.ts';
import { FormProblem } from './form-problem.tsx';

/** The second step of a sign-in: a code of the authenticator app, or one of the recovery codes. */
export function CodeForm(props: { onDone: () => Promise<void>; onBack: () => void }) {
  const [code, setCode] = createSignal('');
  const [kind, setKind] = createSignal<'totp' | 'recovery'>('totp');
  const [isTrusted, setTrusted] = createSignal(false);
  const form = createForm(
    () =>
      code().trim() === '' ? { code: isTotp() ? 'Type the six digits that the app shows.' : 'Type one of them.' } : {},
    async () => {
      await verifyCode({ kind: kind(), code: code(), trustDevice: isTrusted() });
      await props.onDone();
    },
  );
  const isTotp = () => kind() === 'totp';
  const swap = () => {
    setKind(isTotp() ? 'recovery' : 'totp');
    setCode('');
  };
  return (
    <form class="stack" novalidate onSubmit={(event) => void form.send(event)}>
      <FormProblem text={form.errors().form} />
      <TextField
        label={isTotp() ? 'Code' : 'Recovery code'}
        name="code"
        size="lg"
        required
        autofocus
        autocomplete="one-time-code"
        inputMode={isTotp() ? 'numeric' : 'text'}
        value={code()}
        onInput={setCode}
        hint={isTotp() ? 'Six digits, from your authenticator app.' : 'Each works once.'}
        error={form.errors().code}
      />
      <Checkbox checked={isTrusted()} onChange={setTrusted}>
        Ask for no code on this device for 30 days
      </Checkbox>
      <Button type="submit" variant="primary" size="lg" wide busy={form.isBusy()}>
        Sign in
      </Button>
      <div class="row">
        <Button variant="ghost" onClick={swap}>
          {isTotp() ? 'Use a recovery code' : 'Use the authenticator app'}
        </Button>
        <span class="grow" />
        <Button variant="ghost" onClick={() => props.onBack()}>
          Start again
        </Button>
      </div>
    </form>
  );
}
