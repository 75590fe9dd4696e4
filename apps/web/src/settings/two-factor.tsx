import { Button } from '@rapport/ui/button';
import { Label } from '@rapport/ui/label';
import { Match, Show, Switch, createSignal } from 'solid-js';
import { FormProblem } from '../screens/form-problem.tsx';
import { createAccountQuery } from './create-account-query.ts';
import { Section } from './section.tsx';
import { NewRecoveryCodes, TurnOffTwoFactor } from './two-factor-change.tsx';
import { TwoFactorSetup } from './two-factor-setup.tsx';

/** Whether signing in takes a code as well. */
export function TwoFactor() {
  const { state, refresh } = createAccountQuery<{ on: boolean }>('/two-factor');
  const [open, setOpen] = createSignal<'setup' | 'off' | 'codes'>();
  const close = () => {
    setOpen(undefined);
    void refresh();
  };
  return (
    <Section
      title="Two-factor sign-in"
      lead="Your password and a code from an app on your phone: a stolen password alone opens nothing."
    >
      <FormProblem text={state().data === undefined ? state().error?.message : undefined} />
      <Show when={state().data}>
        {(now) => (
          <div class="row set-two-factor">
            <Show
              when={now().on}
              fallback={
                <Button variant="primary" onClick={() => setOpen('setup')}>
                  Turn on
                </Button>
              }
            >
              <Label>On</Label>
              <Button onClick={() => setOpen('codes')}>New recovery codes</Button>
              <Button onClick={() => setOpen('off')}>Turn off</Button>
            </Show>
          </div>
        )}
      </Show>
      <Switch>
        <Match when={open() === 'setup'}>
          <TwoFactorSetup onClose={close} />
        </Match>
        <Match when={open() === 'off'}>
          <TurnOffTwoFactor onClose={close} />
        </Match>
        <Match when={open() === 'codes'}>
          <NewRecoveryCodes onClose={close} />
        </Match>
      </Switch>
    </Section>
  );
}
