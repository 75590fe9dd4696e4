import type { LibraryPlace } from '@rapport/domain/library/create-library.web';
import { libraryViews } from '@rapport/domain/library/library-item';
import { LibraryScreen } from '@rapport/domain/library/library-screen.tsx';
import { useLocation, useNavigate } from '@solidjs/router';
import { Show, createMemo, createSignal } from 'solid-js';
import { LateShareDialog } from '../access/late-share-dialog.tsx';
import { keep, readKept } from '../local/kept-values.ts';
import { PageTitle } from '../shell/page-title.tsx';
import { useWorkspace } from '../workspace/workspace-context.ts';

interface Sharing {
  readonly id: string;
  readonly name: string;
  readonly isFolder: boolean;
  readonly inside: string | undefined;
}

/** The library's page: what it shows stands in the address. */
export default function LibraryPage() {
  const workspace = useWorkspace();
  const location = useLocation();
  const navigate = useNavigate();
  const base = `/w/${workspace.workspaceId}`;
  const keptKey = `library/${workspace.workspaceId}`;
  const [sharing, setSharing] = createSignal<Sharing>();
  const place = createMemo((): LibraryPlace => {
    const params = new URLSearchParams(location.search);
    return {
      view: libraryViews.find((view) => view === params.get('view')) ?? 'folder',
      folder: params.get('folder'),
      tag: params.get('tag'),
      q: params.get('q') ?? '',
      file: params.get('file'),
    };
  });
  const hrefOf = (to: Partial<LibraryPlace>) => {
    const params = new URLSearchParams();
    if (to.view !== undefined && to.view !== 'folder') params.set('view', to.view);
    for (const name of ['folder', 'tag', 'q', 'file'] as const) {
      const value = to[name];
      if (value !== undefined && value !== null && value !== '') params.set(name, value);
    }
    const search = params.toString();
    return `${base}/library${search === '' ? '' : `?${search}`}`;
  };
  const records: Readonly<Record<string, { label: string; path: string }>> = {
    note: { label: 'a note', path: '/n/' },
    company: { label: 'a company', path: '/companies/' },
    contact: { label: 'a contact', path: '/contacts/' },
  };
  return (
    <>
      <PageTitle title="Library" workspace={workspace.summary().name} />
      <LibraryScreen
        workspace={workspace}
        place={place()}
        memory={{ read: () => readKept(keptKey), keep: (value) => void keep(keptKey, value) }}
        hrefOf={hrefOf}
        onPlace={(to, how) => navigate(hrefOf(to), { replace: how === 'replace', scroll: false })}
        noteHref={(id) => `${base}/n/${id}`}
        onNote={(id) => navigate(`${base}/n/${id}`)}
        onShare={setSharing}
        placeOf={(where) => {
          const [noun = '', id = ''] = where.split('/');
          if (noun === 'folder') return { label: 'its folder', open: () => navigate(hrefOf({ folder: id })) };
          const record = records[noun];
          return record === undefined
            ? null
            : { label: record.label, open: () => navigate(`${base}${record.path}${id}`) };
        }}
      />
      <Show when={sharing()} keyed>
        {(thing) => (
          <LateShareDialog
            id={thing.id}
            name={thing.name}
            levels={['view', 'comment', 'edit']}
            {...(thing.inside === undefined ? {} : { inside: thing.inside })}
            onClose={() => setSharing(undefined)}
          />
        )}
      </Show>
    </>
  );
}
