import type { RecordDocuments } from '@rapport/domain/library/record-documents.tsx';
import { useNavigate } from '@solidjs/router';
import { type ComponentProps, Suspense, lazy } from 'solid-js';
import { useWorkspace } from '../workspace/workspace-context.ts';

const Documents = lazy(async () => ({
  default: (await import('@rapport/domain/library/record-documents.tsx')).RecordDocuments,
}));

/** {@link RecordDocuments} of whatever page a record has; their code comes when the first one is shown. */
export function DocumentsOf(props: Pick<ComponentProps<typeof RecordDocuments>, 'record' | 'mayEdit'>) {
  const workspace = useWorkspace();
  const navigate = useNavigate();
  const noteHref = (id: string) => `/w/${workspace.workspaceId}/n/${id}`;
  return (
    <Suspense>
      <Documents
        workspace={workspace}
        record={props.record}
        mayEdit={props.mayEdit}
        noteHref={noteHref}
        onNote={(id) => navigate(noteHref(id))}
      />
    </Suspense>
  );
}
