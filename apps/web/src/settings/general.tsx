import { TextField } from '@rapport/ui/text-field';
import { useAccount } from '../account/account.tsx';
import { FormProblem } from '../screens/form-problem.tsx';
import { useWorkspace } from '../workspace/workspace-context.ts';
import { createTask } from './create-task.ts';
import { Section } from './section.tsx';

export function General() {
  const workspace = useWorkspace();
  const account = useAccount();
  const { run, problem } = createTask();
  const isAdmin = () => workspace.me.role === 'admin';
  const rename = async (name: string) => {
    if (name.trim() === '' || name.trim() === workspace.summary().name) return;
    if (!(await run(() => workspace.api('PATCH', '/', { name: name.trim() })))) return;
    await account.refresh();
    workspace.toast({ text: 'Workspace renamed' });
  };
  return (
    <Section title="General">
      <FormProblem text={problem()} />
      <div class="set-form">
        <TextField
          label="Workspace name"
          value={workspace.summary().name}
          onCommit={(name) => void rename(name)}
          disabled={!isAdmin()}
          hint={isAdmin() ? undefined : 'An administrator can change it.'}
          maxLength={200}
        />
      </div>
    </Section>
  );
}
