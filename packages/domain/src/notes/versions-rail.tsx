import { Button } from '@rapport/ui/button';
import { firstName } from '@rapport/ui/logic/person';
import { SkeletonRows } from '@rapport/ui/skeleton';
import { TextField } from '@rapport/ui/text-field';
import { For, Show, createResource, createSignal, onCleanup } from 'solid-js';
import { whenWords } from '../activity/words.ts';
import type { WorkspaceClient } from '../client.ts';

/** A version as the API answers it. */
export interface Version {
  readonly seq: number;
  readonly at: number;
  readonly authors: readonly string[];
  readonly changes: number;
  readonly id: string | null;
  readonly name: string | null;
}

const refetchMs = 3000;

/** The note's past: one line a stretch of work, and those with a name. Chosen, one is shown against the note as it is. */
export function VersionsRail(props: {
  workspace: WorkspaceClient;
  noteId: string;
  mayEdit: boolean;
  shown: number | null;
  onShow: (version: Version | null, newest: number) => void;
  onRestore: (version: Version) => void;
}) {
  const [versions, { refetch }] = createResource(
    () => props.noteId,
    async (id) => (await props.workspace.api<{ items: Version[] }>('GET', `/notes/${id}/versions`)).items,
  );
  const [name, setName] = createSignal('');
  let timer: ReturnType<typeof setTimeout> | undefined;
  // One rail is in one workspace.
  // eslint-disable-next-line solid/reactivity
  const stop = props.workspace.onChanged(['notes', 'note_versions', 'note_version_names'], () => {
    timer ??= setTimeout(() => {
      timer = undefined;
      void refetch();
    }, refetchMs);
  });
  onCleanup(() => {
    clearTimeout(timer);
    stop();
  });
  const newest = () => versions.latest?.[0]?.seq ?? 0;
  const words = (ids: readonly string[]) =>
    ids.map((id) => firstName(props.workspace.members().get(id)?.name ?? 'Somebody')).join(', ');
  const keep = async () => {
    const wanted = name().trim();
    if (wanted === '') return;
    try {
      await props.workspace.api('POST', `/notes/${props.noteId}/versions`, { name: wanted });
      setName('');
      await refetch();
    } catch (error) {
      props.workspace.toast({ text: error instanceof Error ? error.message : 'It was not named.', tone: 'danger' });
    }
  };
  return (
    <div class="rail-list">
      <Show when={props.mayEdit}>
        <form
          class="row name-version"
          onSubmit={(event) => {
            event.preventDefault();
            void keep();
          }}
        >
          <div class="grow">
            <TextField
              label="Name this version"
              hideLabel
              placeholder="Name this version"
              value={name()}
              onInput={setName}
              maxLength={200}
            />
          </div>
          <Button size="sm" disabled={name().trim() === ''} onClick={() => void keep()}>
            Keep
          </Button>
        </form>
      </Show>
      <Show
        when={!versions.error}
        fallback={<p class="none">The past could not be read. It is there again when the server can be reached.</p>}
      >
        <Show when={versions.latest} fallback={<SkeletonRows count={3} label="Loading the versions" />}>
          {(items) => (
            <ul class="versions">
              <For each={items()}>
                {(version, index) => (
                  <li class="ver" classList={{ 'is-on': props.shown === version.seq && version.name === null }}>
                    <span class="dot" classList={{ on: index() === 0 }} />
                    <button
                      type="button"
                      class="grow ver-b"
                      aria-pressed={props.shown === version.seq}
                      onClick={() =>
                        props.onShow(index() === 0 || props.shown === version.seq ? null : version, newest())
                      }
                    >
                      <span class="row ver-h">
                        <b class="med ellip">
                          <bdi>
                            {index() === 0
                              ? 'Now'
                              : (version.name ?? whenWords(version.at, props.workspace.now(), { showsDay: true }))}
                          </bdi>
                        </b>
                        <Show when={version.name !== null}>
                          <span class="label">Named</span>
                        </Show>
                      </span>
                      <span class="small t3">
                        {version.name !== null
                          ? `${whenWords(version.at, props.workspace.now(), { showsDay: true })} · `
                          : ''}
                        {words(version.authors)}
                        {version.changes > 1 ? `, ${version.changes} changes` : ''}
                      </span>
                    </button>
                    <Show when={props.mayEdit && index() > 0}>
                      <Button class="ver-restore" size="sm" onClick={() => props.onRestore(version)}>
                        Restore
                      </Button>
                    </Show>
                  </li>
                )}
              </For>
            </ul>
          )}
        </Show>
      </Show>
    </div>
  );
}
