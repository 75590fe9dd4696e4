import { Button } from '@rapport/ui/button';
import { SkeletonRows } from '@rapport/ui/skeleton';
import { Show, createResource } from 'solid-js';
import { whenWords } from '../activity/words.ts';
import type { WorkspaceClient } from '../client.ts';
import type { ComparedElement } from './compare.ts';
import { ComparedBody } from './compared-body.tsx';
import type { Names } from './names.web.ts';
import type { Version } from './versions-rail.tsx';

/** What came and went since a version, each in the colour of who did it. */
export function VersionView(props: {
  workspace: WorkspaceClient;
  noteId: string;
  version: Version;
  names: Names;
  mayEdit: boolean;
  onRestore: () => void;
  onClose: () => void;
}) {
  const [compared] = createResource(
    () => ({ from: props.version.seq, id: props.noteId }),
    async ({ from, id }) =>
      (await props.workspace.api<{ nodes: ComparedElement[] }>('GET', `/notes/${id}/compare?from=${from}`)).nodes,
  );
  const memberOf = (id: string | null) => (id === null ? undefined : props.workspace.members().get(id));
  const when = () => props.version.name ?? whenWords(props.version.at, props.workspace.now(), { showsDay: true });
  return (
    <div class="version-view">
      <div class="banner info" role="status">
        <span class="grow">
          What changed since <bdi>{when()}</bdi>
        </span>
        <Show when={props.mayEdit}>
          <Button size="sm" onClick={() => props.onRestore()}>
            Restore
          </Button>
        </Show>
        <Button size="sm" variant="ghost" onClick={() => props.onClose()}>
          Back to now
        </Button>
      </div>
      <Show
        when={compared.error === undefined}
        fallback={<p class="none">This version could not be read. It is there again when the server can be reached.</p>}
      >
        <Show when={compared()} fallback={<SkeletonRows count={5} label="Loading the version" />}>
          {(nodes) => (
            <div class="note-text">
              <ComparedBody
                nodes={nodes()}
                names={props.names}
                coloured={{
                  colourOf: (id) => memberOf(id)?.colour ?? 1,
                  nameOf: (id) => memberOf(id)?.name ?? 'Somebody',
                }}
              />
            </div>
          )}
        </Show>
      </Show>
    </div>
  );
}
