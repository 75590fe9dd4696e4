import './library.css';
import { For, createResource, onCleanup } from 'solid-js';
import type { WorkspaceClient } from '../client.ts';

interface Step {
  readonly id: string;
  readonly name: string;
}

/** The folders that a note lies in, from the library down. */
export function NotePath(props: {
  workspace: WorkspaceClient;
  noteId: string;
  /** Null: the library itself. */
  folderHref: (id: string | null) => string;
}) {
  // One path is in one workspace.
  // eslint-disable-next-line solid/reactivity
  const { workspace } = props;
  const [path, { refetch }] = createResource(
    () => props.noteId,
    async (id): Promise<readonly Step[]> => {
      try {
        const { items } = await workspace.api<{ items: { folder: string | null }[] }>(
          'GET',
          `/library?view=favourites&keys=note/${id}`,
        );
        const folder = items[0]?.folder ?? null;
        if (folder === null) return [];
        const found = await workspace.api<{ path: Step[] }>('GET', `/library?view=folder&folder=${folder}&limit=1`);
        return found.path;
      } catch {
        // Without a network the note is there, and where it lies is not said.
        return [];
      }
    },
  );
  // Moving something changes what is shared with whom.
  onCleanup(workspace.onChanged(['folders', 'access'], () => void refetch()));
  return (
    <nav class="lib-crumbs" aria-label="Where this note lies">
      <a href={props.folderHref(null)}>Library</a>
      <For each={path.latest ?? []}>
        {(step) => (
          <>
            <span aria-hidden="true">/</span>
            <a class="ellip" dir="auto" href={props.folderHref(step.id)}>
              {step.name}
            </a>
          </>
        )}
      </For>
    </nav>
  );
}
