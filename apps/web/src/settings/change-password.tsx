import { Button } from '@rapport/ui/button';
import { TextField } from '@rapport/ui/text-field';
import { createSignal } from 'solid-js';
import { shortestPassword } from '../account/auth.ts';
import { ApiFailure, request, sentenceOf } from '../api/request.ts';
import { useQueries } from '../local/queries.ts';
import { FormProblem } from '../screens/form-problem.tsx';
import { useWorkspace } from '../workspace/workspace-context.ts';
import { Section } from './section.tsx';

interface Errors {
  readonly old?: string;
  readonly fresh?: string;
  readonly form?: string;
}

/** A new password. Every other device is signed out by it. */
export function ChangePassword() {
  const workspace = useWorkspace();
  const queries = useQueries();
  const [old, setOld] = createSignal('');
  const [fresh, setFresh] = createSignal('');
  const [errors, setErrors] = createSignal<Errors>({});
  const [isBusy, setBusy] = createSignal(false);

  const send = async () => {
    const found: Errors =
      old() === ''
        ? { old: 'Type the password that you have now.' }
        : fresh().length < shortestPassword
          ? { fresh: `Use ${shortestPassword} characters or more.` }
          : {};
    setErrors(found);
    if (Object.keys(found).length > 0) return;
    setBusy(true);
    try {
      await request('POST', '/api/v1/me/password', { password: old(), newPassword: fresh() });
      setOld('');
      setFresh('');
      workspace.toast({ text: 'Password changed. Your other devices are signed out' });
      await queries.refetchQueries({ queryKey: ['me', '/sessions'] });
    } catch (error) {
      const { password, newPassword } = error instanceof ApiFailure ? error.fields : {};
      if (password !== undefined) setErrors({ old: 'This is not your password.' });
      else if (newPassword !== undefined) setErrors({ fresh: `It ${newPassword}.` });
      else setErrors({ form: sentenceOf(error) });
    } finally {
      setBusy(false);
    }
  };
  return (
    <Section title="Password" lead="Changing it signs out every other device.">
      <FormProblem text={errors().form} />
      <form
        class="set-form"
        novalidate
        onSubmit={(event) => {
          event.preventDefault();
          if (!isBusy()) void send();
        }}
      >
        <TextField
          label="Password now"
          type="password"
          autocomplete="current-password"
          value={old()}
          onInput={setOld}
          error={errors().old}
        />
        <TextField
          label="New password"
          type="password"
          autocomplete="new-password"
          value={fresh()}
          onInput={setFresh}
          hint={`${shortestPassword} characters or more. Long is enough: no symbols needed.`}
          error={errors().fresh}
        />
        <div>
          <Button type="submit" busy={isBusy()}>
            Change password
          </Button>
        </div>
      </form>
    </Section>
  );
}
