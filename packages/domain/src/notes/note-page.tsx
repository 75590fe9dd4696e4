import { createShortcuts } from '@rapport/ui/keys';
import type { Editor } from '@tiptap/core';
import { Show, createEffect, createMemo, createSignal, on, onCleanup, untrack } from 'solid-js';
import type * as Y from 'yjs';
import type { OpenDocument } from '../client.ts';
import { findBlocks } from './block-menu.web.ts';
import { anchorOfSelection, makeCommentMarks } from './comment-marks.web.ts';
import type { Draft } from './comments-rail.tsx';
import { ComparedBody } from './compared-body.tsx';
import { createComments } from './create-comments.web.ts';
import { createFollowing } from './create-following.web.ts';
import { createHere } from './create-here.web.ts';
import { createLevel } from './create-level.web.ts';
import { createMeta } from './create-meta.web.ts';
import { createWatch } from './create-watch.web.ts';
import { createWriting } from './create-writing.web.ts';
import { FindBar } from './find-bar.tsx';
import { Find } from './find.web.ts';
import { makeInsertFiles } from './insert-files.web.ts';
import { findPeople, findRecordsToMention } from './mention-menu.web.ts';
import { createNames } from './names.web.ts';
import { NoteEditor } from './note-editor.tsx';
import { NoteHead, type NoteCommand } from './note-head.tsx';
import { NoteMetaLine } from './note-meta-line.tsx';
import { NoteNotices } from './note-notices.tsx';
import { NoteRail, type RailTab } from './note-rail.tsx';
import type { NoteScreenProps } from './note-screen.tsx';
import { NoteTitle } from './note-title.tsx';
import { editMeta } from './ops.ts';
import { makePaste } from './paste.web.ts';
import { readBody } from './read-body.ts';
import { bodyRoot } from './schema.ts';
import { SelectionBar } from './selection-bar.tsx';
import { SuggestMenu, type ShownItem } from './suggest-menu.tsx';
import { createSuggest } from './suggest.web.ts';
import { openTask } from './task-view.tsx';
import { VersionView } from './version-view.tsx';
import type { Version } from './versions-rail.tsx';

/** A note of one's own without a title is one that was made a moment ago. */
const justMadeMs = 60_000;
const railBesides = '(min-width: 1100px)';

/** The note itself: its head, its text, and what stands beside it. It composes; each part is a file of its own. */
export function NotePage(props: NoteScreenProps & { document: OpenDocument; doc: Y.Doc }) {
  // One mount is one document of one workspace.
  /* eslint-disable solid/reactivity */
  const { workspace, document: opened, doc, noteId, links, upload } = props;
  /* eslint-enable solid/reactivity */
  const [editor, setEditor] = createSignal<Editor>();
  // Before the editor: see createWatch.
  const watch = createWatch(doc, () => editor()?.destroy());
  const names = createNames(workspace);
  const here = createHere(opened, workspace);
  const meta = createMeta(doc);
  const isNew = untrack(
    () =>
      meta().title === '' && meta().createdBy === workspace.me.id && workspace.now() - meta().createdAt < justMadeMs,
  );
  createEffect(() => props.onTitle?.(meta().title || 'Untitled'));
  const { mayEdit, mayComment } = createLevel(workspace, opened, noteId);
  const { following, follow } = createFollowing(opened, workspace, editor);
  const writing = createWriting(opened, workspace);
  const comments = createComments({ workspace, document: opened, doc, noteId, mayEdit });
  const [chosen, setChosen] = createSignal<string | null>(null);
  const [draft, setDraft] = createSignal<Draft | null>(null);
  const [tab, setTab] = createSignal<RailTab>('comments');
  const [isRailOpen, setRailOpen] = createSignal(matchMedia(railBesides).matches);
  const [isFinding, setFinding] = createSignal(false);
  const [version, setVersion] = createSignal<{ version: Version; newest: number } | null>(null);
  const [anchored, setAnchored] = createSignal<ReadonlySet<string>>(new Set());

  const showThread = (id: string | null) => {
    setChosen(id);
    if (id === null) return;
    setTab('comments');
    setRailOpen(true);
  };
  let led: string | undefined;
  createEffect(
    on([() => props.comment, comments.threads], ([id, threads]) => {
      if (id === undefined || id === led) return;
      const thread = threads.find(({ first, answers }) => [first, ...answers].some((each) => each.id === id));
      // It may come with the next update: somebody heard of it before this document did.
      if (thread === undefined) return;
      led = id;
      showThread(thread.first.id);
    }),
  );
  const marks = makeCommentMarks({
    threads: () => comments.open(),
    chosen,
    onChoose: showThread,
    reanchor: (id, anchor) => comments.reanchor(id, anchor),
  });
  createEffect(
    on([editor, comments.open, chosen], ([made, open, id]) => {
      if (made === undefined) return;
      marks.refresh(made);
      setAnchored(new Set(open.filter((each) => marks.find(made, each.id) !== undefined).map((each) => each.id)));
      const at = id === null ? undefined : marks.find(made, id);
      if (at === undefined) return;
      const { node } = made.view.domAtPos(at.from);
      (node instanceof Element ? node : node.parentElement)?.scrollIntoView({ block: 'nearest' });
    }),
  );
  const startComment = () => {
    const made = editor();
    if (made === undefined || !mayComment()) return;
    setDraft(anchorOfSelection(made) ?? { anchor: null, quote: '' });
    setTab('comments');
    setRailOpen(true);
  };

  const blocks = createSuggest<ShownItem>({ name: 'blockMenu', char: '/', find: findBlocks });
  const mentions = createSuggest<ShownItem>({
    name: 'mentionMenu',
    char: '@',
    find: (query) => findPeople(workspace, query),
    findMore: (query) => findRecordsToMention(workspace, query, noteId),
  });
  const addFiles = makeInsertFiles({ upload, editor, toast: workspace.toast });
  const takeFiles = (files: readonly File[]) => void addFiles(files);
  const extensions = [
    blocks.extension,
    mentions.extension,
    marks.extension,
    Find,
    makePaste({
      onTooLong: () =>
        workspace.toast({
          text: 'That is too long to paste at once. Nothing was pasted; add it as a file.',
          tone: 'danger',
        }),
      onFiles: upload === undefined ? null : takeFiles,
    }),
  ];

  const inEditor = () => editor()?.isFocused === true;
  const scope = 'Note';
  createShortcuts([
    { keys: 'Mod+F', label: 'Find and replace', scope, inFields: true, run: () => void setFinding(true) },
    { keys: 'Mod+Alt+M', label: 'Comment', scope, inFields: true, isActive: inEditor, run: startComment },
    {
      keys: 'Mod+Shift+A',
      label: 'Give the check-list item to somebody',
      scope,
      inFields: true,
      isActive: inEditor,
      run: () => {
        const made = editor();
        return made !== undefined && openTask(made);
      },
    },
  ]);

  const save = async (format: 'html' | 'markdown') => {
    const link = window.document.createElement('a');
    link.href = `/api/v1/w/${workspace.workspaceId}/notes/${noteId}/export?format=${format}`;
    link.download = '';
    link.click();
  };
  const bin = () => {
    editMeta(doc, { deleted: true }, workspace.now());
    workspace.toast({
      text: 'Moved to the bin',
      action: { label: 'Undo', run: () => editMeta(doc, { deleted: false }, workspace.now()) },
    });
  };
  const run = (command: NoteCommand) => {
    if (command === 'find') setFinding(true);
    else if (command === 'print') print();
    else if (command === 'bin') bin();
    else if (command === 'share') props.onShare?.();
    else void save(command);
  };
  const restore = async (wanted: Version) => {
    const before = version()?.newest ?? 0;
    try {
      await workspace.api('POST', `/notes/${noteId}/restore`, { seq: wanted.seq });
      setVersion(null);
      workspace.toast({
        text: 'Restored',
        ...(before === 0
          ? {}
          : {
              action: {
                label: 'Undo',
                run: () =>
                  void workspace.api('POST', `/notes/${noteId}/restore`, { seq: before }).catch(() => undefined),
              },
            }),
      });
    } catch (error) {
      workspace.toast({ text: error instanceof Error ? error.message : 'It was not restored.', tone: 'danger' });
    }
  };
  const mend = async () => {
    try {
      await workspace.api('POST', `/notes/${noteId}/mend`);
    } catch (error) {
      workspace.toast({ text: error instanceof Error ? error.message : 'It was not mended.', tone: 'danger' });
    }
  };
  const [hasFailed, setFailed] = createSignal(false);
  const safe = createMemo(() =>
    watch.problem() === null && !hasFailed() ? null : readBody(doc.getXmlFragment(bodyRoot)).nodes,
  );
  const nobody = { colourOf: () => 1, nameOf: () => '' };
  // Here from now on, and gone with the page: the document itself stays open a little longer.
  if (opened.awareness().getLocalState() === null) opened.awareness().setLocalState({});
  onCleanup(() => opened.awareness().setLocalState(null));

  return (
    <>
      <NoteHead
        path={props.path}
        people={here()}
        following={following()}
        onFollow={follow}
        isRailOpen={isRailOpen()}
        onRail={() => setRailOpen(!isRailOpen())}
        mayEdit={mayEdit()}
        mayShare={props.onShare !== undefined}
        onCommand={run}
      />
      <NoteNotices
        isInBin={meta().deletedAt !== null}
        mayEdit={mayEdit()}
        problem={watch.problem()}
        hasFailed={hasFailed()}
        onTakeOut={() => editMeta(doc, { deleted: false }, workspace.now())}
        onMend={() => void mend()}
        onTryAgain={() => setFailed(false)}
      />
      <div class="note-page" classList={{ 'has-rail': isRailOpen() }}>
        {props.tree}
        <div class="note-scroll">
          <Show when={isFinding() && editor()}>
            {(made) => (
              <FindBar
                workspace={workspace}
                editor={made()}
                isReadOnly={!mayEdit()}
                onClose={() => setFinding(false)}
              />
            )}
          </Show>
          <article class="note-doc">
            <NoteTitle
              doc={doc}
              isReadOnly={!mayEdit()}
              isNew={isNew}
              onTitle={(title) => editMeta(doc, { title }, workspace.now())}
              // At once: the letters that follow belong to the text.
              onEnter={() => {
                editor()?.commands.setTextSelection(1);
                editor()?.view.focus();
              }}
            />
            <NoteMetaLine
              workspace={workspace}
              meta={meta()}
              names={names}
              pages={links}
              here={here().length}
              words={watch.words()}
            />
            <Show when={version()}>
              {(shown) => (
                <VersionView
                  workspace={workspace}
                  noteId={noteId}
                  version={shown().version}
                  names={names}
                  mayEdit={mayEdit()}
                  onRestore={() => void restore(shown().version)}
                  onClose={() => setVersion(null)}
                />
              )}
            </Show>
            <Show
              when={safe()}
              fallback={
                <div hidden={version() !== null}>
                  <NoteEditor
                    workspace={workspace}
                    document={opened}
                    doc={doc}
                    names={names}
                    links={links}
                    isReadOnly={!mayEdit()}
                    extensions={extensions}
                    onEditor={setEditor}
                    onFailed={() => setFailed(true)}
                  />
                </div>
              }
            >
              {(nodes) => (
                <div class="note-text">
                  <ComparedBody nodes={nodes()} names={names} coloured={nobody} />
                </div>
              )}
            </Show>
          </article>
        </div>
        <Show when={isRailOpen()}>
          <NoteRail
            tab={tab()}
            onTab={setTab}
            onClose={() => setRailOpen(false)}
            comments={{
              workspace,
              comments,
              names,
              chosen: chosen(),
              onChoose: showThread,
              writing,
              draft: draft(),
              onDraft: setDraft,
              mayComment: mayComment(),
              isAnchored: (id) => anchored().has(id),
            }}
            versions={{
              workspace,
              noteId,
              mayEdit: mayEdit(),
              shown: version()?.version.seq ?? null,
              onShow: (wanted, newest) => setVersion(wanted === null ? null : { version: wanted, newest }),
              onRestore: (wanted) => void restore(wanted),
            }}
            links={{
              workspace,
              noteId,
              links: meta().links,
              names,
              pages: links,
              mayEdit: mayEdit(),
              onLink: (link) => editMeta(doc, { link: [link] }, workspace.now()),
              onUnlink: (link) => editMeta(doc, { unlink: [link] }, workspace.now()),
            }}
          />
        </Show>
      </div>
      <Show when={editor()}>
        {(made) => (
          <SelectionBar editor={made()} isReadOnly={!mayEdit()} mayComment={mayComment()} onComment={startComment} />
        )}
      </Show>
      <SuggestMenu suggest={blocks} label="Blocks" empty="No such block" id="note-blocks" />
      <SuggestMenu
        suggest={mentions}
        label="People and records"
        empty="Nobody and nothing of that name"
        id="note-people"
      />
    </>
  );
}
