import { A } from '@solidjs/router';
import { Icon } from '@rapport/ui/icon';
import Download from 'lucide-solid/icons/download';
import Upload from 'lucide-solid/icons/upload';
import { Show } from 'solid-js';
import { useWorkspace } from '../workspace/workspace-context.ts';
import { Section } from './section.tsx';

export function ImportExport() {
  const workspace = useWorkspace();
  return (
    <Section title="Import and export">
      <div class="set-lines">
        <Show when={workspace.me.role !== 'viewer'}>
          <div class="row">
            <div class="grow">
              <b class="med">Import</b>
              <p class="t2 small">
                Deals from your old CRM’s CSV. You check every column first, and can undo it as a whole.
              </p>
            </div>
            <A class="btn" href={`/w/${workspace.workspaceId}/import`}>
              <Icon of={Upload} />
              Import
            </A>
          </div>
        </Show>
        <div class="row">
          <div class="grow">
            <b class="med">Export</b>
            <p class="t2 small">Everything of this workspace as a ZIP: documents, and tables as CSV.</p>
          </div>
          <a class="btn" href={`/api/v1/w/${workspace.workspaceId}/export`} download="">
            <Icon of={Download} />
            Export
          </a>
        </div>
      </div>
    </Section>
  );
}
