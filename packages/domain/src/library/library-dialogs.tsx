import { Button } from '@rapport/ui/button';
import { Checkbox } from '@rapport/ui/checkbox';
import { Dialog } from '@rapport/ui/dialog';
import { PickerBody } from '@rapport/ui/picker';
import { SkeletonRows } from '@rapport/ui/skeleton';
import { TextField } from '@rapport/ui/text-field';
import { For, Show, createResource, createSignal } from 'solid-js';
import type { WorkspaceClient } from '../client.ts';
import { readTags } from '../tags.ts';
import type { FolderNode } from './create-library.web.ts';

/** Asks for a new folder's name, and whether it begins as one's own. */
export function NewFolderDialog(props: {
  /** The folder that it comes into; null: the library. */
  inside: string | null;
  onMake: (name: string, isPrivate: boolean) => void;
  onClose: () => void;
}) {
  const [name, setName] = createSignal('');
  const [isPrivate, setPrivate] = createSignal(false);
  const make = () => name().trim() !== '' && props.onMake(name().trim(), isPrivate());
  return (
    <Dialog
      open
      title={props.inside === null ? 'New folder' : `New folder in ${props.inside}`}
      onClose={props.onClose}
      onSubmit={make}
      footer={
        <Button variant="primary" onClick={make} {...(name().trim() === '' ? { disabledReason: 'Name it first' } : {})}>
          Make folder
        </Button>
      }
    >
      <TextField label="Name" value={name()} onInput={setName} maxLength={200} autofocus />
      <Checkbox checked={isPrivate()} onChange={(isOn) => setPrivate(isOn)}>
        Private: only you open it until you share it
      </Checkbox>
    </Dialog>
  );
}

/** Asks for a new name. */
export function RenameDialog(props: { name: string; onRename: (name: string) => void; onClose: () => void }) {
  // The name is where typing begins.
  // eslint-disable-next-line solid/reactivity
  const [name, setName] = createSignal(props.name);
  const rename = () => {
    if (name().trim() !== '' && name().trim() !== props.name) props.onRename(name().trim());
    props.onClose();
  };
  return (
    <Dialog
      open
      title="Rename"
      onClose={props.onClose}
      onSubmit={rename}
      footer={
        <Button variant="primary" onClick={rename}>
          Rename
        </Button>
      }
    >
      <TextField label="Name" value={name()} onInput={setName} autofocus />
    </Dialog>
  );
}

/** Asks for the tags of a note or a file. */
export function TagsDialog(props: {
  name: string;
  tags: readonly string[];
  /** Tags in use, to be written the same. */
  known: readonly string[];
  onSet: (tags: string[]) => void;
  onClose: () => void;
}) {
  // What it has is where typing begins.
  // eslint-disable-next-line solid/reactivity
  const [text, setText] = createSignal(props.tags.join(', '));
  const tags = () => readTags(text().split(/[,،、\n]/));
  const offered = () => props.known.filter((tag) => !tags().includes(tag)).slice(0, 12);
  const set = () => {
    if (JSON.stringify(tags()) !== JSON.stringify(props.tags)) props.onSet(tags());
    props.onClose();
  };
  return (
    <Dialog
      open
      title={`Tags of “${props.name}”`}
      onClose={props.onClose}
      onSubmit={set}
      footer={
        <Button variant="primary" onClick={set}>
          Set tags
        </Button>
      }
    >
      <TextField label="Tags, with commas between them" value={text()} onInput={setText} autofocus />
      <Show when={offered().length > 0}>
        <div class="lib-tags" role="group" aria-label="Tags in use">
          <For each={offered()}>
            {(tag) => (
              <Button size="sm" onClick={() => setText([...tags(), tag].join(', '))}>
                <bdi>{tag}</bdi>
              </Button>
            )}
          </For>
        </div>
      </Show>
    </Dialog>
  );
}

/** The one thing here that cannot be undone, so it asks. */
export function PurgeDialog(props: { name: string; onPurge: () => void; onClose: () => void }) {
  return (
    <Dialog
      open
      title={`Delete “${props.name}” for good?`}
      onClose={props.onClose}
      footer={
        <>
          <Button onClick={() => props.onClose()}>Keep it in the bin</Button>
          <Button variant="danger" onClick={() => props.onPurge()}>
            Delete for good
          </Button>
        </>
      }
    >
      <p>All of its versions leave the server at once. Nobody can restore them, except from a backup.</p>
    </Dialog>
  );
}

/** A folder with the names of those that it lies in. */
function folderPath(folders: readonly FolderNode[], id: string): string {
  const byId = new Map(folders.map((folder) => [folder.id, folder]));
  const names: string[] = [];
  for (let at = byId.get(id); at !== undefined && names.length < 20; at = byId.get(at.folder ?? ''))
    names.unshift(at.name);
  return names.join(' / ');
}

/** Asks where to: the library itself or a folder that one may edit. */
export function MoveDialog(props: {
  folders: readonly FolderNode[];
  /** Folders that are moved themselves. */
  without: ReadonlySet<string>;
  onMove: (folder: string | null, name: string) => void;
  onClose: () => void;
}) {
  const options = () => [
    { id: '', label: 'Library' },
    ...props.folders
      .filter(({ id, access }) => access === 'edit' && !props.without.has(id))
      .map(({ id }) => ({ id, label: folderPath(props.folders, id) })),
  ];
  return (
    <Dialog open title="Move to" onClose={props.onClose}>
      <PickerBody
        label="Folder"
        options={options()}
        placeholder="Find a folder"
        empty="No such folder"
        onPick={({ id, label }) => props.onMove(id === '' ? null : id, id === '' ? 'the library' : `“${label}”`)}
        onDone={() => props.onClose()}
      />
    </Dialog>
  );
}

interface Offered {
  readonly id: string;
  readonly name: string;
  readonly use: string;
  readonly isOwn: boolean;
}

/** Offers what a note can begin with. */
export function NewNoteDialog(props: {
  workspace: WorkspaceClient;
  onMake: (template: string | undefined) => void;
  onClose: () => void;
}) {
  // One dialog is of one workspace.
  // eslint-disable-next-line solid/reactivity
  const [offered] = createResource(() => props.workspace.api<{ items: Offered[] }>('GET', '/library/templates'));
  return (
    <Dialog open title="New note" onClose={props.onClose}>
      <div class="lib-new">
        <button type="button" data-autofocus onClick={() => props.onMake(undefined)}>
          <span class="med">Empty note</span>
          <span class="small t3">Begin with nothing</span>
        </button>
        <Show when={offered.error === undefined} fallback={<p class="small t3">Templates cannot be had offline.</p>}>
          <Show when={offered()} fallback={<SkeletonRows count={4} label="Loading templates" />}>
            <For each={offered()?.items}>
              {(template) => (
                <button type="button" onClick={() => props.onMake(template.id)}>
                  <span class="med ellip" dir="auto">
                    {template.name === '' ? 'Untitled' : template.name}
                  </span>
                  <span class="small t3 ellip" dir="auto">
                    {template.isOwn ? `Yours. ${template.use}` : template.use}
                  </span>
                </button>
              )}
            </For>
          </Show>
        </Show>
      </div>
      <p class="small t3">A note with the tag “template” is offered here, too.</p>
    </Dialog>
  );
}
