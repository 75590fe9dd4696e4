import { Avatar } from '@rapport/ui/avatar';
import { firstName } from '@rapport/ui/logic/person';
import { A } from '@solidjs/router';
import { For, Show } from 'solid-js';
import { createObserved } from '../workspace/create-status.ts';
import type { Here } from '../workspace/here.ts';
import { useWorkspace } from '../workspace/workspace-context.ts';
import { useShell } from './shell-state.ts';

const shownAtOnce = 6;
const places: Readonly<Record<string, string>> = {
  inbox: 'Inbox',
  live: 'Live',
  leads: 'Leads',
  deals: 'Deals',
  contacts: 'Contacts',
  companies: 'Companies',
  duplicates: 'Duplicates',
  merge: 'Duplicates',
  forms: 'Forms',
  library: 'Library',
  n: 'A note',
  reports: 'Reports',
  import: 'Import',
  settings: 'Settings',
};

/** Who else has the workspace open, and where they are; a press goes there. */
export function HereNow() {
  const workspace = useWorkspace();
  const shell = useShell();
  const status = createObserved(workspace.session.status);
  const placeOf = (person: Here) => {
    const boards = [...(workspace.boards() ?? []), ...(workspace.leadBoards() ?? [])];
    const board = boards.find(({ id }) => id === person.board);
    return board?.name ?? places[/^\/w\/[^/]+\/([a-z]+)/.exec(person.view ?? '')?.[1] ?? ''] ?? '';
  };
  const viewOf = (person: Here) => {
    const base = `/w/${workspace.workspaceId}`;
    // Only ever inside this workspace, whatever a colleague's browser announced.
    return person.view?.startsWith(`${base}/`) === true ? person.view : base;
  };
  return (
    <Show
      when={status().connection !== 'offline'}
      fallback={
        <div class="here-off">
          <h2 class="nav-h">You are offline</h2>
          <p class="small t3">Colleagues show again when you reconnect.</p>
        </div>
      }
    >
      <Show when={shell.here().length > 0}>
        <h2 class="nav-h">
          Here now <span class="count here-count">{shell.here().length + 1}</span>
        </h2>
        <For each={shell.here().slice(0, shownAtOnce)}>
          {(person) => (
            <A href={viewOf(person)} class="here-i" title={`Go to where ${firstName(person.name)} is`}>
              <Avatar
                person={{ ...person, state: person.isIdle ? 'idle' : 'here' }}
                showsState={person.isIdle}
                decorative
              />
              <span class="ellip">
                <b>
                  <bdi>{firstName(person.name)}</bdi>
                </b>
                &ensp;<bdi>{placeOf(person)}</bdi>
              </span>
            </A>
          )}
        </For>
        <Show when={shell.here().length > shownAtOnce}>
          <p class="here-more small t3">+{shell.here().length - shownAtOnce} more</p>
        </Show>
      </Show>
    </Show>
  );
}
