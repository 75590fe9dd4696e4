import type { DuplicateNoun } from '@rapport/domain/duplicates/duplicate-api';
import { MergeScreen } from '@rapport/domain/duplicates/merge-screen.tsx';
import { useLocation, useNavigate } from '@solidjs/router';
import { placeOf } from '../search/record-places.ts';
import { PageTitle } from '../shell/page-title.tsx';
import { useWorkspace } from '../workspace/workspace-context.ts';

/** Records side by side: `?noun=contact&ids=A,B`. */
export default function MergePage() {
  const workspace = useWorkspace();
  const location = useLocation();
  const navigate = useNavigate();
  const base = `/w/${workspace.workspaceId}`;
  const params = () => new URLSearchParams(location.search);
  const noun = (): DuplicateNoun => (params().get('noun') === 'company' ? 'company' : 'contact');
  return (
    <>
      <PageTitle title="Merge" workspace={workspace.summary().name} />
      <MergeScreen
        workspace={workspace}
        noun={noun()}
        ids={(params().get('ids') ?? '').split(',').filter((id) => id !== '')}
        onMerged={(id) => navigate(base + (placeOf(noun())?.path({ noun: noun(), id, parent: null }) ?? ''))}
        onCancel={() => navigate(`${base}/duplicates?noun=${noun()}`)}
      />
    </>
  );
}
