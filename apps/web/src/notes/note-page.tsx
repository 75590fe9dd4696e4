import { uploadsOf } from '@rapport/domain/files/create-uploads.web';
import { UploadTray } from '@rapport/domain/files/upload-tray.tsx';
import { makeLibraryActions } from '@rapport/domain/library/library-actions.web';
import { NotePath } from '@rapport/domain/library/note-path.tsx';
import { NoteTree } from '@rapport/domain/library/note-tree.tsx';
import { NoteScreen } from '@rapport/domain/notes/note-screen.tsx';
import type { MentionNoun } from '@rapport/domain/notes/schema';
import { useLocation, useNavigate, useParams } from '@solidjs/router';
import { Show, createSignal } from 'solid-js';
import { LateShareDialog } from '../access/late-share-dialog.tsx';
import { PageTitle } from '../shell/page-title.tsx';
import { useWorkspace } from '../workspace/workspace-context.ts';

/** A note's page. */
export default function NotePage() {
  const params = useParams<{ note: string }>();
  const navigate = useNavigate();
  const location = useLocation();
  const workspace = useWorkspace();
  const base = `/w/${workspace.workspaceId}`;
  const [isSharing, setSharing] = createSignal(false);
  const [title, setTitle] = createSignal('Note');
  const pages: Readonly<Record<MentionNoun, (id: string, parent: string | undefined) => string | null>> = {
    member: () => null,
    deal: (id, parent) => (parent === undefined ? null : `${base}/b/${parent}?deal=${id}`),
    lead: (id, parent) => (parent === undefined ? null : `${base}/leads/${parent}?deal=${id}`),
    note: (id) => `${base}/n/${id}`,
    contact: (id) => `${base}/contacts/${id}`,
    company: (id) => `${base}/companies/${id}`,
    event: () => null,
    ticket: () => null,
  };
  const upload = async (file: File) => {
    const id = await uploadsOf(workspace).send(file, { place: `note/${params.note}` });
    return {
      src: `/api/v1/w/${workspace.workspaceId}/files/${id}/content`,
      isPicture: file.type.startsWith('image/'),
    };
  };
  const newNote = async (folder: string | null) => {
    const id = await makeLibraryActions(workspace, { refresh: () => undefined }).newNote({ folder });
    if (id !== null) navigate(`${base}/n/${id}`);
  };
  return (
    <>
      <PageTitle title={title()} workspace={workspace.summary().name} />
      <NoteScreen
        workspace={workspace}
        noteId={params.note}
        links={{ hrefOf: (noun, id, parent) => pages[noun](id, parent), go: (href) => navigate(href) }}
        upload={upload}
        comment={new URLSearchParams(location.search).get('comment') ?? undefined}
        path={
          <NotePath
            workspace={workspace}
            noteId={params.note}
            folderHref={(id) => `${base}/library${id === null ? '' : `?folder=${id}`}`}
          />
        }
        onTitle={setTitle}
        tree={
          <NoteTree
            workspace={workspace}
            noteId={params.note}
            noteHref={(id) => `${base}/n/${id}`}
            libraryHref={`${base}/library`}
            onSearch={() => navigate(`${base}/library?view=all`)}
            onNew={(folder) => void newNote(folder)}
          />
        }
        onShare={() => setSharing(true)}
      />
      <UploadTray workspace={workspace} />
      <Show when={isSharing()}>
        <LateShareDialog
          id={params.note}
          name={title()}
          levels={['view', 'comment', 'edit']}
          onClose={() => setSharing(false)}
        />
      </Show>
    </>
  );
}
