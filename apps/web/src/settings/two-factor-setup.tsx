import { Button } from '@rapport/ui/button';
import { Dialog } from '@rapport/ui/dialog';
import { TextField } from '@rapport/ui/text-field';
import { Match, Switch, createSignal } from 'solid-js';
import { request } from '../api/request.ts';
import { FormProblem } from '../screens/form-problem.tsx';
import { CopyField } from './copy-field.tsx';
import { createPasswordStep, createStep } from './create-step.ts';
import { QrCode } from './qr-code.tsx';
import { RecoveryCodes } from './recovery-codes.tsx';

interface Begun {
  readonly uri: string;
  readonly recoveryCodes: readonly string[];
}

/** Turns two-factor sign-in on: password, then the app and its first code, then the recovery codes. */
export function TwoFactorSetup(props: { onClose: () => void }) {
  const password = createPasswordStep();
  const code = createStep('code', {
    empty: 'Type the six digits that the app shows.',
    wrong: 'This code is wrong or too old. Type the one that shows now.',
  });
  const [begun, setBegun] = createSignal<Begun>();
  const [isOn, setOn] = createSignal(false);
  const begin = () =>
    password.send(async (text) => {
      setBegun(await request<Begun>('POST', '/api/v1/me/two-factor', { password: text }));
    });
  const confirm = () =>
    code.send(async (text) => {
      await request('POST', '/api/v1/me/two-factor/confirm', { code: text });
      setOn(true);
    });
  const go = () => {
    if (isOn()) props.onClose();
    else void (begun() === undefined ? begin() : confirm());
  };
  const secret = () => new URL(begun()?.uri ?? 'otpauth://totp/').searchParams.get('secret') ?? '';
  return (
    <Dialog
      open
      onClose={props.onClose}
      title={isOn() ? 'Your recovery codes' : 'Two-factor sign-in'}
      onSubmit={go}
      footer={
        isOn() ? (
          <Button variant="primary" onClick={go}>
            I have kept them
          </Button>
        ) : (
          <>
            <Button onClick={() => props.onClose()}>Cancel</Button>
            <Button variant="primary" busy={password.isBusy() || code.isBusy()} onClick={go}>
              {begun() === undefined ? 'Continue' : 'Turn on'}
            </Button>
          </>
        )
      }
    >
      <FormProblem text={password.problem() ?? code.problem()} />
      <Switch
        fallback={
          <TextField
            label="Password"
            type="password"
            autocomplete="current-password"
            value={password.value()}
            onInput={password.setValue}
            error={password.error()}
          />
        }
      >
        <Match when={isOn()}>
          <RecoveryCodes codes={begun()?.recoveryCodes ?? []} />
        </Match>
        <Match when={begun()}>
          {(known) => (
            <>
              <p>Scan this with an authenticator app, then type the code that it shows.</p>
              <QrCode text={known().uri} label="QR code for the authenticator app" />
              <CopyField label="Or type this key there" text={secret()} hint="It is never shown again." />
              <TextField
                label="Code"
                inputMode="numeric"
                autocomplete="one-time-code"
                value={code.value()}
                onInput={code.setValue}
                error={code.error()}
              />
            </>
          )}
        </Match>
      </Switch>
    </Dialog>
  );
}
