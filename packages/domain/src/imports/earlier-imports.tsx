import { Button } from '@rapport/ui/button';
import { For, Show, createResource, onCleanup } from 'solid-js';
import type { WorkspaceClient } from '../client.ts';
import type { ImportWizard } from './create-import.web.ts';
import type { ShownImport } from './import-api.ts';

const words: Record<ShownImport['status'], string> = {
  running: 'running',
  done: 'done',
  interrupted: 'stopped',
  undoing: 'being undone',
  undone: 'undone',
};
const shown = 10;
const refetchAfterMs = 500;

/** The newest imports, each with a way back. */
export function EarlierImports(props: { workspace: WorkspaceClient; wizard: ImportWizard; canWrite: boolean }) {
  const [list, { refetch }] = createResource(async () => {
    try {
      return (await props.workspace.api<{ items: ShownImport[] }>('GET', `/imports?limit=${shown}`)).items;
    } catch {
      // Offline: the list is an extra here, and the top of the page says that the server is away.
      return [];
    }
  });
  let timer: ReturnType<typeof setTimeout> | undefined;
  /** Once for many commits of a running import. */
  const soon = () => {
    clearTimeout(timer);
    timer = setTimeout(() => void refetch(), refetchAfterMs);
  };
  // eslint-disable-next-line solid/reactivity -- a listener; it reads nothing that it should follow
  onCleanup(props.workspace.onChanged(['imports'], soon));
  onCleanup(() => clearTimeout(timer));
  const counts = ({ created, updated, skipped }: ShownImport) =>
    [
      `${created.toLocaleString()} new`,
      updated > 0 ? `${updated.toLocaleString()} updated` : '',
      skipped > 0 ? `${skipped.toLocaleString()} left out` : '',
    ]
      .filter((part) => part !== '')
      .join(', ');
  const undo = async (each: ShownImport) => {
    const undone = await props.wizard.undo(each.id);
    if (undone)
      props.workspace.toast({
        text:
          undone.keptCount === 0
            ? `Import of ${each.file} undone`
            : `Import of ${each.file} undone; ${undone.keptCount} kept because somebody changed them since`,
      });
    void refetch();
  };
  return (
    <Show when={(list.latest ?? []).length > 0}>
      <section class="imp-earlier">
        <h2>Earlier imports</h2>
        <div class="imp-scroll">
          <table class="tbl">
            <thead>
              <tr>
                <th>File</th>
                <th>When</th>
                <th>What</th>
                <th>State</th>
                <th class="r">
                  <span class="sr">Undo</span>
                </th>
              </tr>
            </thead>
            <tbody>
              <For each={list.latest}>
                {(each) => (
                  <tr>
                    <td class="ellip">{each.file}</td>
                    <td class="t2">
                      {new Date(each.startedAt).toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' })}
                    </td>
                    <td class="t2">{counts(each)}</td>
                    <td class="t2">{words[each.status]}</td>
                    <td class="r">
                      <Show when={props.canWrite && (each.status === 'done' || each.status === 'interrupted')}>
                        <Button
                          size="sm"
                          variant="ghost"
                          aria-label={`Undo the import of ${each.file}`}
                          onClick={() => void undo(each)}
                        >
                          Undo
                        </Button>
                      </Show>
                    </td>
                  </tr>
                )}
              </For>
            </tbody>
          </table>
        </div>
      </section>
    </Show>
  );
}
