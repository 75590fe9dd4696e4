import { Button } from '@rapport/ui/button';
import { Dialog } from '@rapport/ui/dialog';
import { TextField } from '@rapport/ui/text-field';
import { Show, createSignal } from 'solid-js';
import { request } from '../api/request.ts';
import { FormProblem } from '../screens/form-problem.tsx';
import { useWorkspace } from '../workspace/workspace-context.ts';
import { createPasswordStep } from './create-step.ts';
import { RecoveryCodes } from './recovery-codes.tsx';

/** Back to the password alone. */
export function TurnOffTwoFactor(props: { onClose: () => void }) {
  const workspace = useWorkspace();
  const step = createPasswordStep();
  const switchOff = async (password: string) => {
    await request('POST', '/api/v1/me/two-factor/off', { password });
    workspace.toast({ text: 'Two-factor sign-in is off' });
    props.onClose();
  };
  const turnOff = () => step.send(switchOff);
  return (
    <Dialog
      open
      onClose={props.onClose}
      title="Turn off two-factor sign-in"
      action={{ label: 'Turn off', run: () => void turnOff(), busy: step.isBusy(), isDangerous: true }}
    >
      <FormProblem text={step.problem()} />
      <AskPassword step={step} />
    </Dialog>
  );
}

/** Ten new recovery codes; the old ones end. */
export function NewRecoveryCodes(props: { onClose: () => void }) {
  const step = createPasswordStep();
  const [codes, setCodes] = createSignal<readonly string[]>();
  const make = () =>
    step.send(async (password) => {
      const made = await request<{ recoveryCodes: string[] }>('POST', '/api/v1/me/two-factor/recovery-codes', {
        password,
      });
      setCodes(made.recoveryCodes);
    });
  const go = () => (codes() === undefined ? void make() : props.onClose());
  return (
    <Dialog
      open
      onClose={props.onClose}
      title="New recovery codes"
      onSubmit={go}
      footer={
        <>
          <Show when={codes() === undefined}>
            <Button onClick={() => props.onClose()}>Cancel</Button>
          </Show>
          <Button variant="primary" busy={step.isBusy()} onClick={go}>
            {codes() === undefined ? 'Make codes' : 'I have kept them'}
          </Button>
        </>
      }
    >
      <FormProblem text={step.problem()} />
      <Show
        when={codes()}
        fallback={
          <>
            <p>The codes that you have now stop working.</p>
            <AskPassword step={step} />
          </>
        }
      >
        {(made) => <RecoveryCodes codes={made()} />}
      </Show>
    </Dialog>
  );
}

function AskPassword(props: { step: ReturnType<typeof createPasswordStep> }) {
  return (
    <TextField
      label="Password"
      type="password"
      autocomplete="current-password"
      value={props.step.value()}
      onInput={props.step.setValue}
      error={props.step.error()}
    />
  );
}
