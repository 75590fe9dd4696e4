import './files.css';
import { Avatar } from '@rapport/ui/avatar';
import { Button } from '@rapport/ui/button';
import { Dialog } from '@rapport/ui/dialog';
import { firstName } from '@rapport/ui/logic/person';
import { readableBytes } from '@rapport/ui/logic/readable-bytes';
import { SkeletonRows } from '@rapport/ui/skeleton';
import { TextField } from '@rapport/ui/text-field';
import Download from 'lucide-solid/icons/download';
import Upload from 'lucide-solid/icons/upload';
import { For, Match, Show, Switch, createResource, createSignal, onCleanup } from 'solid-js';
import type { WorkspaceClient } from '../client.ts';
import { chooseFiles } from './choose-files.web.ts';
import { uploadsOf } from './create-uploads.web.ts';
import { FilePreview } from './file-preview.tsx';

interface Version {
  readonly id: string;
  readonly size: number;
  readonly type: string;
  readonly by: string;
  readonly at: number;
}
interface FileReply {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly size: number;
  readonly place: string | null;
  readonly version: string;
  readonly access: 'view' | 'comment' | 'edit';
  readonly history: readonly Version[];
  readonly uses: readonly { readonly note: string; readonly title: string }[];
}

/** Where a file's content is. `download`: never shown in the browser. */
export const contentUrl = (
  workspaceId: string,
  fileId: string,
  options: { version?: string; download?: boolean } = {},
) =>
  `/api/v1/w/${workspaceId}/files/${fileId}/content?${new URLSearchParams({
    ...(options.version === undefined ? {} : { version: options.version }),
    ...(options.download === true ? { download: '1' } : {}),
  })}`;

const when = (at: number): string =>
  new Intl.DateTimeFormat(navigator.language, { dateStyle: 'medium', timeStyle: 'short' }).format(at);

/** A file: what it looks like, its name, versions, and where it is attached. */
export function FileDialog(props: {
  workspace: WorkspaceClient;
  fileId: string;
  onClose: () => void;
  /** What the place is called, and the way there. */
  place?: ((place: string) => { label: string; open: () => void } | null) | undefined;
}) {
  // One dialog is of one file of one workspace.
  /* eslint-disable solid/reactivity */
  const { workspace, fileId } = props;
  /* eslint-enable solid/reactivity */
  const [file, { refetch }] = createResource(() => workspace.api<FileReply>('GET', `/files/${fileId}`));
  onCleanup(workspace.onChanged(['files', 'access'], () => void refetch()));
  const [shown, setShown] = createSignal<string>();
  const download = (version: string) => {
    const link = document.createElement('a');
    link.href = contentUrl(workspace.workspaceId, fileId, { version, download: true });
    link.download = '';
    link.click();
  };
  const fail = (error: unknown) =>
    workspace.toast({ text: error instanceof Error ? error.message : String(error), tone: 'danger' });
  const rename = async (from: string, to: string) => {
    const put = (name: string) => workspace.api<unknown>('PATCH', `/files/${fileId}`, { name });
    try {
      await put(to);
      workspace.performed(
        { kind: 'rename', text: `Renamed “${from}” to “${to}”` },
        {
          back: () =>
            put(from).then(
              () => true,
              () => false,
            ),
          again: () =>
            put(to).then(
              () => true,
              () => false,
            ),
        },
      );
    } catch (error) {
      fail(error);
    }
  };
  const restore = async (version: Version) => {
    try {
      await workspace.api('POST', `/files/${fileId}/versions/${version.id}/restore`, {});
      setShown(undefined);
      workspace.toast({ text: `The version of ${when(version.at)} is the newest again` });
    } catch (error) {
      fail(error);
    }
  };
  const addVersion = () =>
    chooseFiles(([chosen]) => chosen && uploadsOf(workspace).add([chosen], { place: null, fileId }), { many: false });
  return (
    <Switch
      fallback={
        <Dialog open wide onClose={props.onClose} title="File">
          <SkeletonRows label="Loading the file" />
        </Dialog>
      }
    >
      <Match when={file.error}>
        <Dialog open onClose={props.onClose} title="File">
          <p>This file is not there, or not shared with you.</p>
        </Dialog>
      </Match>
      <Match when={file.latest}>
        {(known) => {
          const current = () => known().history.find(({ id }) => id === shown()) ?? known().history[0];
          const mayEdit = () => known().access === 'edit';
          const place = () => {
            const at = known().place;
            return at === null ? null : (props.place?.(at) ?? null);
          };
          return (
            <Dialog
              open
              wide
              onClose={props.onClose}
              title={known().name}
              footer={
                <>
                  <Show when={mayEdit()}>
                    <Button icon={Upload} onClick={addVersion}>
                      New version
                    </Button>
                  </Show>
                  <Button
                    icon={Download}
                    variant="primary"
                    data-autofocus
                    onClick={() => download(current()?.id ?? known().version)}
                  >
                    Download
                  </Button>
                </>
              }
            >
              <FilePreview
                url={contentUrl(workspace.workspaceId, fileId, { version: current()?.id ?? known().version })}
                name={known().name}
                type={current()?.type ?? known().type}
                size={current()?.size ?? known().size}
                onDownload={() => download(current()?.id ?? known().version)}
              />
              <Show when={mayEdit()}>
                <TextField
                  label="Name"
                  value={known().name}
                  onCommit={(name) => name.trim() !== '' && void rename(known().name, name.trim())}
                />
              </Show>
              <p class="file-facts">
                <span class="num">{readableBytes(current()?.size ?? known().size)}</span>
                <span>{current()?.type}</span>
                <Show when={place()}>
                  {(at) => (
                    <span>
                      In{' '}
                      <button type="button" class="link" onClick={() => at().open()}>
                        {at().label}
                      </button>
                    </span>
                  )}
                </Show>
              </p>
              <Show when={known().uses.length > 0}>
                <p class="file-facts">
                  Shown in
                  <For each={known().uses}>
                    {(use) => (
                      <Show when={props.place?.(`note/${use.note}`)} fallback={<span dir="auto">{use.title}</span>}>
                        {(note) => (
                          <button type="button" class="link" dir="auto" onClick={() => note().open()}>
                            {use.title === '' ? 'Untitled' : use.title}
                          </button>
                        )}
                      </Show>
                    )}
                  </For>
                </p>
              </Show>
              <section aria-label="Versions">
                <h3 class="small t3">Versions</h3>
                <ul class="file-versions">
                  <For each={known().history}>
                    {(version, index) => {
                      const by = () => workspace.members().get(version.by);
                      return (
                        <li>
                          <Show when={by()}>{(person) => <Avatar person={person()} size={18} decorative />}</Show>
                          <button
                            type="button"
                            class="link"
                            aria-pressed={current()?.id === version.id}
                            onClick={() => setShown(version.id)}
                          >
                            {when(version.at)}
                          </button>
                          <span>
                            {by() === undefined ? '' : `${firstName(by()?.name ?? '')} · `}
                            <span class="num">{readableBytes(version.size)}</span>
                          </span>
                          <Show when={index() > 0 && mayEdit()}>
                            <Button size="sm" onClick={() => void restore(version)}>
                              Restore
                            </Button>
                          </Show>
                        </li>
                      );
                    }}
                  </For>
                </ul>
              </section>
            </Dialog>
          );
        }}
      </Match>
    </Switch>
  );
}
