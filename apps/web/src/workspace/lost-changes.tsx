import { Button } from '@rapport/ui/button';
import { showToast } from '@rapport/ui/toasts';
import type { RefusedChange } from '@rapport/sync/client/refused';
import Copy from 'lucide-solid/icons/copy';
import { For, Show, createResource, onCleanup } from 'solid-js';
import { openKeptDocuments } from '../account/kept-documents.ts';
import { copyText } from '../local/copy-text.ts';
import { copyOf, textOf } from '../shell/save-panel.tsx';

/** The page that loses its workspace is still writing down what it could not save. */
const lookAgainMs = 500;
const looks = 4;

async function keptRefused(userId: string, workspaceId: string): Promise<readonly RefusedChange[]> {
  const store = await openKeptDocuments(userId);
  if (store === undefined) return [];
  try {
    const documents = (await store.list()).filter((each) => each.workspaceId === workspaceId && each.refused > 0);
    const opened = await Promise.all(
      documents.map(({ name }) => store.open(workspaceId, name, () => new Uint8Array())),
    );
    return opened.flatMap(({ state }) => state.refused);
  } finally {
    store.close();
  }
}

/** What somebody wrote in a workspace that they were taken out of before it was saved: to be copied from here. */
export function LostChanges(props: { userId: string | undefined; workspaceId: string }) {
  const [changes, { refetch }] = createResource(
    () => (props.userId === undefined ? undefined : ([props.userId, props.workspaceId] as const)),
    ([userId, workspaceId]) => keptRefused(userId, workspaceId),
  );
  let looked = 0;
  const timer = setInterval(() => {
    void refetch();
    if (++looked === looks) clearInterval(timer);
  }, lookAgainMs);
  onCleanup(() => clearInterval(timer));
  const copy = async () => {
    await copyText((changes.latest ?? []).map(copyOf).join('\n\n'));
    showToast({ text: 'Copied' });
  };
  return (
    <Show when={(changes.latest?.length ?? 0) > 0}>
      <section class="lost" aria-label="Not saved">
        <header class="row">
          <h2 class="grow">Not saved</h2>
          <Button size="sm" icon={Copy} onClick={() => void copy()}>
            Copy all
          </Button>
        </header>
        <ul class="save-list refused">
          <For each={changes.latest}>
            {(change) => (
              <li>
                <div class="grow">
                  <div>{textOf(change.change)}</div>
                  <div class="small problem">{change.reason}</div>
                </div>
              </li>
            )}
          </For>
        </ul>
      </section>
    </Show>
  );
}
