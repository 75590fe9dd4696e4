import './files.css';
import { Icon } from '@rapport/ui/icon';
import { IconButton } from '@rapport/ui/icon-button';
import { readableBytes } from '@rapport/ui/logic/readable-bytes';
import { ProgressBar } from '@rapport/ui/progress-bar';
import CircleCheck from 'lucide-solid/icons/circle-check';
import CloudOff from 'lucide-solid/icons/cloud-off';
import RotateCw from 'lucide-solid/icons/rotate-cw';
import TriangleAlert from 'lucide-solid/icons/triangle-alert';
import X from 'lucide-solid/icons/x';
import { For, Match, Show, Switch } from 'solid-js';
import type { WorkspaceClient } from '../client.ts';
import { type UploadLine, uploadsOf } from './create-uploads.web.ts';

const words = (line: UploadLine): string => {
  if (line.problem !== null) return line.problem;
  if (line.state === 'done') return readableBytes(line.size);
  const far = `${readableBytes(line.sent)} of ${readableBytes(line.size)}`;
  if (line.state !== 'offline') return far;
  return line.waitsFor === null ? `${far}, waits for the network` : `${far}. ${line.waitsFor}`;
};

/** What is being uploaded, wherever it was begun: progress, reasons, and ways out. Nothing while there is nothing. */
export function UploadTray(props: { workspace: WorkspaceClient }) {
  // One tray is of one workspace.
  // eslint-disable-next-line solid/reactivity
  const uploads = uploadsOf(props.workspace);
  const open = () => uploads.lines().filter(({ state }) => state !== 'done' && state !== 'refused').length;
  const heading = () => (open() === 0 ? 'Uploads' : `Uploading ${open()} ${open() === 1 ? 'file' : 'files'}`);
  return (
    <Show when={uploads.lines().length > 0}>
      <section class="uploads" aria-label={heading()}>
        <header class="row">
          <h2 class="med grow">{heading()}</h2>
          <IconButton icon={X} size="sm" label="Take what is finished off the list" onClick={() => uploads.clear()} />
        </header>
        <ul>
          <For each={uploads.lines()}>
            {(line) => (
              <li class={line.state}>
                <span class="ellip name" dir="auto" title={line.name}>
                  {line.name}
                </span>
                <span class="row act">
                  <Switch>
                    <Match when={line.state === 'done'}>
                      <Icon of={CircleCheck} label="Uploaded" class="good" />
                    </Match>
                    <Match when={line.state === 'refused'}>
                      <IconButton
                        icon={RotateCw}
                        size="sm"
                        label={`Try ${line.name} again`}
                        onClick={() => uploads.retry(line.id)}
                      />
                    </Match>
                  </Switch>
                  <Show when={line.state !== 'done'}>
                    <IconButton
                      icon={X}
                      size="sm"
                      label={`Give up ${line.name}`}
                      onClick={() => uploads.cancel(line.id)}
                    />
                  </Show>
                </span>
                <span class="small t3 what row">
                  <Show when={line.state === 'offline'}>
                    <Icon of={CloudOff} size={14} />
                  </Show>
                  <Show when={line.problem !== null}>
                    <Icon of={TriangleAlert} size={14} class="bad" />
                  </Show>
                  <span>{words(line)}</span>
                </span>
                <Show when={line.problem === null && line.state !== 'done'}>
                  <ProgressBar label={`Upload of ${line.name}`} value={line.size === 0 ? 0 : line.sent / line.size} />
                </Show>
              </li>
            )}
          </For>
        </ul>
      </section>
    </Show>
  );
}
