import { Button } from '@rapport/ui/button';
import { showToast } from '@rapport/ui/toasts';
import Copy from 'lucide-solid/icons/copy';
import { For, Show, createResource, onCleanup } from 'solid-js';
import { useAccount } from '../account/account.tsx';
import { forgetLostChanges, lostChanges } from '../account/left-workspaces.ts';
import { copyText } from '../local/copy-text.ts';
import { copyOf, textOf } from '../shell/save-panel.tsx';

/** The page that loses its workspace is still writing down what it could not save. */
const lookAgainMs = 500;
const looks = 4;

/** What somebody wrote in a workspace that they were taken out of before it was saved: to be copied from here. */
export default function LostChanges(props: { workspaceId: string }) {
  const { state } = useAccount();
  const [changes, { refetch, mutate }] = createResource(
    () => {
      const now = state();
      return now.kind === 'signed-in' ? ([now.user.id, props.workspaceId] as const) : undefined;
    },
    ([userId, workspaceId]) => lostChanges(userId, workspaceId),
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
  const discard = async () => {
    const now = state();
    if (now.kind !== 'signed-in') return;
    await forgetLostChanges(now.user.id, props.workspaceId);
    mutate([]);
  };
  return (
    <Show when={(changes.latest?.length ?? 0) > 0}>
      <section class="lost" aria-label="Not saved">
        <header class="row">
          <h2 class="grow">Not saved</h2>
          <Button size="sm" icon={Copy} onClick={() => void copy()}>
            Copy all
          </Button>
          <Button size="sm" onClick={() => void discard()}>
            Delete here
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
