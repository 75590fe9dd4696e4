import './files.css';
import { Button } from '@rapport/ui/button';
import { Icon } from '@rapport/ui/icon';
import { IconButton } from '@rapport/ui/icon-button';
import { readableBytes } from '@rapport/ui/logic/readable-bytes';
import File from 'lucide-solid/icons/file';
import FileImage from 'lucide-solid/icons/file-image';
import Paperclip from 'lucide-solid/icons/paperclip';
import Trash from 'lucide-solid/icons/trash';
import { For, Show, Suspense, createResource, createSignal, lazy, onCleanup, onMount } from 'solid-js';
import type { WorkspaceClient } from '../client.ts';
import { chooseFiles } from './choose-files.web.ts';
import { uploadsOf } from './create-uploads.web.ts';
import { createFileDrop } from './drop-files.web.ts';
import { UploadTray } from './upload-tray.tsx';

const FileDialog = lazy(async () => ({ default: (await import('./file-dialog.tsx')).FileDialog }));

interface Line {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly size: number;
  readonly access: string;
}

/**
 * The files of a note or a record: `place` is `note/<id>`, `deal/<id>`, `lead/<id>`, `company/<id>` or `contact/<id>`. Added by button,
 * by dropping them here, or by pasting while the focus is here; for whoever may edit.
 */
export function AttachedFiles(props: { workspace: WorkspaceClient; place: string; mayEdit: boolean }) {
  // One list is of one workspace.
  // eslint-disable-next-line solid/reactivity
  const { workspace } = props;
  const [files, { refetch }] = createResource(
    () => props.place,
    async (place) =>
      (await workspace.api<{ items: Line[] }>('GET', `/files?place=${encodeURIComponent(place)}&limit=500`)).items,
  );
  onCleanup(workspace.onChanged(['files', 'access'], () => void refetch()));
  const [opened, setOpened] = createSignal<string>();
  let box: HTMLElement | undefined;
  const add = (chosen: readonly File[]) => props.mayEdit && uploadsOf(workspace).add(chosen, { place: props.place });
  const drop = createFileDrop(() => box, add);
  onMount(drop.attach);
  const bin = async (line: Line) => {
    const away = () =>
      workspace.api<unknown>('DELETE', `/files/${line.id}`).then(
        () => true,
        () => false,
      );
    const back = () =>
      workspace.api<unknown>('POST', `/files/${line.id}/restore`, {}).then(
        () => true,
        () => false,
      );
    if (!(await away())) {
      workspace.toast({ text: `“${line.name}” was not put into the bin. Try again.`, tone: 'danger' });
      return;
    }
    const text = `Put “${line.name}” into the bin`;
    workspace.performed({ kind: 'delete', text }, { back, again: away });
    workspace.toast({ text, action: { label: 'Undo', run: () => void workspace.undo() } });
  };
  return (
    <section
      ref={(made) => (box = made)}
      class={`attached${drop.isOver() && props.mayEdit ? ' over' : ''}`}
      aria-label="Files"
    >
      <h3>Files</h3>
      <ul>
        <For each={files.latest ?? []}>
          {(line) => (
            <li>
              <button type="button" class="open" onClick={() => setOpened(line.id)}>
                <Icon of={line.type.startsWith('image/') ? FileImage : File} class="t3" />
                <span class="ellip" dir="auto">
                  {line.name}
                </span>
                <span class="small t3 num">{readableBytes(line.size)}</span>
              </button>
              <Show when={line.access === 'edit'}>
                <IconButton
                  icon={Trash}
                  size="sm"
                  label={`Put ${line.name} into the bin`}
                  onClick={() => void bin(line)}
                />
              </Show>
            </li>
          )}
        </For>
      </ul>
      <Show when={props.mayEdit}>
        <Button variant="ghost" size="sm" icon={Paperclip} onClick={() => chooseFiles(add, { many: true })}>
          Add files
        </Button>
      </Show>
      <Show when={opened()} keyed>
        {(id) => (
          <Suspense>
            <FileDialog workspace={workspace} fileId={id} onClose={() => setOpened(undefined)} />
          </Suspense>
        )}
      </Show>
      <UploadTray workspace={workspace} />
    </section>
  );
}
