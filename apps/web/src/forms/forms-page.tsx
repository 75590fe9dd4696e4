import { FormScreen } from '@rapport/domain/forms/form-screen.tsx';
import { FormsScreen } from '@rapport/domain/forms/forms-screen.tsx';
import { leadFields } from '@rapport/domain/leads/schema';
import { useNavigate, useParams } from '@solidjs/router';
import { createSignal } from 'solid-js';
import { PageTitle } from '../shell/page-title.tsx';
import { useWorkspace } from '../workspace/workspace-context.ts';

/** All public forms. */
export function FormsPage() {
  const workspace = useWorkspace();
  const navigate = useNavigate();
  const base = `/w/${workspace.workspaceId}`;
  const hrefOf = (id: string) => `${base}/forms/${id}`;
  return (
    <>
      <PageTitle title="Forms" workspace={workspace.summary().name} />
      <FormsScreen workspace={workspace} hrefOf={hrefOf} onOpen={(id) => navigate(hrefOf(id))} />
    </>
  );
}

/** One public form. */
export function FormPage() {
  const workspace = useWorkspace();
  const params = useParams<{ id: string }>();
  const base = `/w/${workspace.workspaceId}`;
  const [name, setName] = createSignal('Form');
  return (
    <>
      <PageTitle title={name()} workspace={workspace.summary().name} />
      <FormScreen
        workspace={workspace}
        formId={params.id}
        leadFields={leadFields}
        listHref={`${base}/forms`}
        leadHref={(board, lead) => `${base}/leads/${board}?deal=${lead}`}
        onName={setName}
      />
    </>
  );
}
