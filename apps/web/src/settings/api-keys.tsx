import { Button } from '@rapport/ui/button';
import { Dialog } from '@rapport/ui/dialog';
import { EmptyState } from '@rapport/ui/empty-state';
import { Select } from '@rapport/ui/select';
import { TextField } from '@rapport/ui/text-field';
import { type Role, mayAct, roles } from '@rapport/domain/people/roles';
import Plus from 'lucide-solid/icons/plus';
import { Show, createSignal } from 'solid-js';
import { type ApiKey, type Page, roleNames, roleTexts } from '../api/shapes.ts';
import { createQuery } from '../local/create-query.ts';
import { FormProblem } from '../screens/form-problem.tsx';
import { useWorkspace } from '../workspace/workspace-context.ts';
import { CopyField } from './copy-field.tsx';
import { createTask } from './create-task.ts';
import { ListTable } from './list-table.tsx';
import { Section } from './section.tsx';

const day = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short', year: 'numeric' });

export function ApiKeys() {
  const workspace = useWorkspace();
  const { run, problem } = createTask();
  const [isMaking, setMaking] = createSignal(false);
  const keysKey = ['w', workspace.workspaceId, 'api-keys'];
  const list = createQuery<Page<ApiKey>>(workspace.queries, () => ({
    queryKey: keysKey,
    queryFn: () => workspace.api('GET', '/api-keys?limit=500'),
  }));
  const revoke = async (key: ApiKey) => {
    if (await run(() => workspace.api('DELETE', `/api-keys/${key.id}`)))
      workspace.toast({ text: `“${key.name}” no longer works` });
    await workspace.queries.refetchQueries({ queryKey: keysKey });
  };
  const newKey = () => (
    <Button variant="primary" icon={Plus} onClick={() => setMaking(true)}>
      New key
    </Button>
  );
  return (
    <Section
      title="API keys"
      count={list().data?.total}
      lead={
        <>
          A key lets a program act as you, at most with the key’s role.{' '}
          <a class="link" href="/api/docs">
            How to use the API
          </a>
        </>
      }
      action={newKey()}
    >
      <FormProblem text={problem() ?? (list().data === undefined ? list().error?.message : undefined)} />
      <ListTable
        label="API keys"
        name="keys"
        heads={['Name', 'Role', 'Acts as', 'Last used', { label: 'Revoke', isHidden: true }]}
        items={list().data?.items}
        isLoading={list().isFetching}
        empty={
          <EmptyState title="No keys">Make one for each program, so that each can be revoked by itself.</EmptyState>
        }
      >
        {(key) => (
          <>
            <td>{key.name}</td>
            <td>{roleNames[key.role]}</td>
            <td class="t2">{workspace.members().get(key.memberId)?.name}</td>
            <td class="t2">{key.lastUsedAt === null ? 'Never' : day.format(key.lastUsedAt)}</td>
            <td class="r">
              <Button size="sm" onClick={() => void revoke(key)}>
                Revoke
              </Button>
            </td>
          </>
        )}
      </ListTable>
      <Show when={isMaking()}>
        <NewKey
          onClose={() => setMaking(false)}
          onMade={() => void workspace.queries.refetchQueries({ queryKey: keysKey })}
        />
      </Show>
    </Section>
  );
}

function NewKey(props: { onClose: () => void; onMade: () => void }) {
  const workspace = useWorkspace();
  const { run, problem, isBusy } = createTask();
  const [name, setName] = createSignal('');
  const [role, setRole] = createSignal<Role>(workspace.me.role === 'viewer' ? 'viewer' : 'member');
  const [nameError, setNameError] = createSignal<string>();
  const [key, setKey] = createSignal<string>();
  const create = async () => {
    if (isBusy() || key() !== undefined) return;
    setNameError(name().trim() === '' ? 'Name it after the program that will use it.' : undefined);
    if (nameError() !== undefined) return;
    const body = { name: name().trim(), role: role() };
    const isDone = await run(async () => {
      const made = await workspace.api<{ key: string }>('POST', '/api-keys', body);
      setKey(made.key);
    });
    if (isDone) props.onMade();
  };
  return (
    <Dialog
      open
      onClose={props.onClose}
      title={key() === undefined ? 'New API key' : 'The key is ready'}
      onSubmit={() => void create()}
      footer={
        <Show when={key() === undefined} fallback={<Button onClick={() => props.onClose()}>Done</Button>}>
          <Button onClick={() => props.onClose()}>Cancel</Button>
          <Button variant="primary" busy={isBusy()} onClick={() => void create()}>
            Make key
          </Button>
        </Show>
      }
    >
      <FormProblem text={problem()} />
      <Show
        when={key()}
        fallback={
          <>
            <TextField
              label="Name"
              value={name()}
              onInput={setName}
              error={nameError()}
              maxLength={200}
              placeholder="Web shop"
            />
            <Select
              label="Role"
              value={role()}
              onChange={(picked) => setRole(picked as Role)}
              options={roles
                .filter((each) => mayAct(workspace.me.role, each))
                .map((each) => ({ id: each, label: roleNames[each], detail: roleTexts[each] }))}
            />
          </>
        }
      >
        {(text) => (
          <CopyField
            label="Key"
            text={text()}
            hint="It is shown this once. Keep it where the program reads its secrets."
          />
        )}
      </Show>
    </Dialog>
  );
}
