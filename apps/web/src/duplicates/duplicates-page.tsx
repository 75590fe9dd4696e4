import type { DuplicateNoun } from '@rapport/domain/duplicates/duplicate-api';
import { DuplicateScreen } from '@rapport/domain/duplicates/duplicate-screen.tsx';
import { useLocation, useNavigate } from '@solidjs/router';
import { placeOf } from '../search/record-places.ts';
import { PageTitle } from '../shell/page-title.tsx';
import { useWorkspace } from '../workspace/workspace-context.ts';

/** The page of pairs that may be one; `?noun=company` for companies. */
export default function DuplicatesPage() {
  const workspace = useWorkspace();
  const location = useLocation();
  const navigate = useNavigate();
  const base = `/w/${workspace.workspaceId}`;
  const noun = (): DuplicateNoun =>
    new URLSearchParams(location.search).get('noun') === 'company' ? 'company' : 'contact';
  return (
    <>
      <PageTitle title="Duplicates" workspace={workspace.summary().name} />
      <DuplicateScreen
        workspace={workspace}
        noun={noun()}
        onNoun={(next) => navigate(`${base}/duplicates?noun=${next}`, { replace: true })}
        pathOf={(of, id) => base + (placeOf(of)?.path({ noun: of, id, parent: null }) ?? '')}
        mergePath={(of, ids) => `${base}/merge?noun=${of}&ids=${ids.join(',')}`}
      />
    </>
  );
}
