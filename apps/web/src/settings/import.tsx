import { Icon } from '@rapport/ui/icon';
import { A } from '@solidjs/router';
import Upload from 'lucide-solid/icons/upload';
import { useWorkspace } from '../workspace/workspace-context.ts';
import { Section } from './section.tsx';

export function Import() {
  const workspace = useWorkspace();
  return (
    <Section
      title="Import"
      lead="Deals, contacts, companies and, for admins, members with their teams, from CSV, Excel or vCard. You check every column before anything is saved, and can undo an import as a whole."
    >
      <div>
        <A class="btn primary" href={`/w/${workspace.workspaceId}/import`}>
          <Icon of={Upload} />
          Choose a file
        </A>
      </div>
    </Section>
  );
}
