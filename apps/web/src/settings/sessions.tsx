import { Button } from '@rapport/ui/button';
import { Label } from '@rapport/ui/label';
import { Show } from 'solid-js';
import { request } from '../api/request.ts';
import type { Page } from '../api/shapes.ts';
import { FormProblem } from '../screens/form-problem.tsx';
import { useWorkspace } from '../workspace/workspace-context.ts';
import { createAccountQuery } from './create-account-query.ts';
import { createTask } from './create-task.ts';
import { ListTable } from './list-table.tsx';
import { Section } from './section.tsx';

interface SessionOfMine {
  readonly id: string;
  readonly device: string;
  readonly createdAt: number;
  readonly lastSeenAt: number;
  readonly current: boolean;
}

const time = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });
const day = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium' });

/** Where I am signed in. */
export function Sessions() {
  const workspace = useWorkspace();
  const { run, problem, isBusy } = createTask();
  const { state, refresh } = createAccountQuery<Page<SessionOfMine>>('/sessions?limit=500');
  const others = () => (state().data?.items ?? []).filter(({ current }) => !current);
  const end = async (path: string, text: string) => {
    if (isBusy()) return;
    if (await run(() => request('DELETE', `/api/v1/me/sessions${path}`))) workspace.toast({ text });
    await refresh();
  };
  return (
    <Section
      title="Signed in"
      count={state().data?.total}
      lead="A device that is signed out here is out within a second, also in the middle of its work."
      action={
        <Show when={others().length > 0}>
          <Button onClick={() => void end('', 'All other devices are signed out')}>Sign out everywhere else</Button>
        </Show>
      }
    >
      <FormProblem text={problem() ?? (state().data === undefined ? state().error?.message : undefined)} />
      <ListTable
        label="Signed in"
        name="sessions"
        heads={['Device', 'Last seen', 'Signed in', { label: 'Sign out', isHidden: true }]}
        items={state().data?.items}
        isLoading={state().isFetching}
      >
        {(session) => (
          <>
            <td>
              <span class="row">
                {session.device}
                <Show when={session.current}>
                  <Label>This device</Label>
                </Show>
              </span>
            </td>
            <td class="t2">{session.current ? 'Now' : time.format(session.lastSeenAt)}</td>
            <td class="t2">{day.format(session.createdAt)}</td>
            <td class="r">
              <Show when={!session.current}>
                <Button
                  size="sm"
                  aria-label={`Sign out ${session.device}`}
                  onClick={() => void end(`/${session.id}`, `${session.device} is signed out`)}
                >
                  Sign out
                </Button>
              </Show>
            </td>
          </>
        )}
      </ListTable>
    </Section>
  );
}
