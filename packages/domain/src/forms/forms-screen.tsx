import './forms.css';
import Copy from 'lucide-solid/icons/copy';
import Plus from 'lucide-solid/icons/plus';
import Trash from 'lucide-solid/icons/trash';
import { Button } from '@rapport/ui/button';
import { EmptyState } from '@rapport/ui/empty-state';
import { IconButton } from '@rapport/ui/icon-button';
import { Label } from '@rapport/ui/label';
import { ShellTop } from '@rapport/ui/shell-slots';
import { SkeletonRows } from '@rapport/ui/skeleton';
import { For, Show, createSignal, onCleanup } from 'solid-js';
import type { WorkspaceClient } from '../client.ts';
import { copyText } from '../records/copy-text.web.ts';

interface FormLine {
  readonly id: string;
  readonly name: string;
  readonly active: boolean;
  readonly doubleOptIn: boolean;
  readonly url: string;
  readonly access: 'view' | 'comment' | 'edit';
}

const sentence = (error: unknown): string => (error instanceof Error ? error.message : '');
const isConflict = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && 'code' in error && error.code === 'conflict';

/** All public forms of the workspace. */
export function FormsScreen(props: {
  workspace: WorkspaceClient;
  hrefOf: (id: string) => string;
  onOpen: (id: string) => void;
}) {
  // One screen is in one workspace.
  // eslint-disable-next-line solid/reactivity
  const { workspace } = props;
  const [forms, setForms] = createSignal<readonly FormLine[]>();
  const [problem, setProblem] = createSignal<string>();
  const [isBusy, setBusy] = createSignal(false);
  let asked = 0;
  const read = async () => {
    const mine = ++asked;
    try {
      const { items } = await workspace.api<{ items: readonly FormLine[] }>('GET', '/forms?limit=500');
      if (mine !== asked) return;
      setProblem(undefined);
      setForms(items);
    } catch (error) {
      if (mine === asked) setProblem(sentence(error));
    }
  };
  void read();
  onCleanup(workspace.onChanged(['forms'], () => void read()));
  onCleanup(() => asked++);
  const mayMake = () => workspace.me.role !== 'viewer';
  const make = () => workspace.api<{ id: string }>('POST', '/forms', {});
  const add = async () => {
    if (isBusy()) return;
    setBusy(true);
    try {
      const { id } = await make().catch(async (error: unknown) => {
        if (!isConflict(error)) throw error;
        // The first form of a workspace brings the inbox that its leads go to.
        await workspace.api('POST', '/boards', { name: 'Leads', kind: 'leads' });
        return make();
      });
      props.onOpen(id);
    } catch (error) {
      workspace.toast({ text: `No form was made. ${sentence(error)}`, tone: 'danger' });
    } finally {
      setBusy(false);
    }
  };
  /** Whether the server did it; if not, the person is told why. */
  const done = async (method: 'POST' | 'DELETE', path: string, problem: string): Promise<boolean> => {
    try {
      await workspace.api(method, path, ...(method === 'POST' ? [{}] : []));
      return true;
    } catch (error) {
      workspace.toast({ text: `${problem} ${sentence(error)}`, tone: 'danger' });
      return false;
    }
  };
  const remove = async ({ id, name }: FormLine) => {
    const again = () => done('DELETE', `/forms/${id}`, `“${name}” was not deleted.`);
    const back = () => done('POST', `/forms/${id}/restore`, `“${name}” stays deleted.`);
    if (!(await again())) return;
    workspace.performed({ kind: 'delete', text: `Deleted the form “${name}”`, record: id }, { back, again });
    workspace.toast({ text: `“${name}” deleted`, action: { label: 'Undo', run: () => void workspace.undo() } });
  };
  const NewForm = () => (
    <Show when={mayMake()}>
      <Button variant="primary" icon={Plus} busy={isBusy()} onClick={() => void add()}>
        New form
      </Button>
    </Show>
  );
  return (
    <>
      <header class="top">
        <h1>Forms</h1>
        <span class="grow" />
        <ShellTop />
        <Show when={(forms()?.length ?? 0) > 0}>
          <NewForm />
        </Show>
      </header>
      <Show
        when={problem() === undefined}
        fallback={
          <div class="page">
            <EmptyState title="The forms cannot be shown">{problem()}</EmptyState>
          </div>
        }
      >
        <Show
          when={forms()}
          fallback={
            <div class="page">
              <div class="late">
                <SkeletonRows count={6} />
              </div>
            </div>
          }
        >
          {(list) => (
            <Show
              when={list().length > 0}
              fallback={
                <div class="page">
                  <EmptyState title="No form yet" action={<NewForm />}>
                    A form is a page of its own, or part of your web site. What people send becomes a lead.
                  </EmptyState>
                </div>
              }
            >
              <ul class="forms-list" aria-label="Forms">
                <For each={list()}>
                  {(form) => (
                    <li>
                      <a class="med ellip" dir="auto" href={props.hrefOf(form.id)}>
                        {form.name}
                      </a>
                      <Label tone={form.active ? 'success' : undefined}>{form.active ? 'On' : 'Off'}</Label>
                      <Show when={form.doubleOptIn}>
                        <span class="wide-only">
                          <Label>Double opt-in</Label>
                        </span>
                      </Show>
                      <span class="grow" />
                      <span class="t3 ellip forms-url wide-only">{form.url}</span>
                      <IconButton
                        icon={Copy}
                        size="sm"
                        label={`Copy the address of ${form.name}`}
                        onClick={() => void copyText(workspace, form.url, 'Address copied')}
                      />
                      <Show when={mayMake() && form.access === 'edit'}>
                        <IconButton
                          icon={Trash}
                          size="sm"
                          label={`Delete ${form.name}`}
                          onClick={() => void remove(form)}
                        />
                      </Show>
                    </li>
                  )}
                </For>
              </ul>
            </Show>
          )}
        </Show>
      </Show>
    </>
  );
}
