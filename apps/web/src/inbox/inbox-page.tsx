import { InboxScreen } from '@rapport/domain/inbox/inbox-screen.tsx';
import { useNavigate } from '@solidjs/router';
import { PageTitle } from '../shell/page-title.tsx';
import { useWorkspace } from '../workspace/workspace-context.ts';

/** What colleagues said to this person. */
export default function InboxPage() {
  const workspace = useWorkspace();
  const navigate = useNavigate();
  return (
    <>
      <PageTitle title="Inbox" workspace={workspace.summary().name} />
      <InboxScreen
        workspace={workspace}
        hrefOf={({ note, comment }) =>
          `/w/${workspace.workspaceId}/n/${note}${comment === null ? '' : `?comment=${encodeURIComponent(comment)}`}`
        }
        onOpen={(href) => navigate(href)}
      />
    </>
  );
}
