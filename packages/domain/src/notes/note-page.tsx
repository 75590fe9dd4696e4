import { Avatar, AvatarStack } from '@rapport/ui/avatar';
import { Button } from '@rapport/ui/button';
import { firstName } from '@rapport/ui/logic/person';
import { ShellSave, ShellSearch } from '@rapport/ui/shell-slots';
import type { Editor } from '@tiptap/core';
import { Show, createMemo, createSignal, onCleanup, onMount } from 'solid-js';
import type * as Y from 'yjs';
import type { OpenDocument } from '../client.ts';
import { findBlocks } from './block-menu.web.ts';
import { makeEditor } from './create-editor.web.ts';
import { findMentions } from './mention-menu.web.ts';
import { mentionView } from './mention-view.tsx';
import { createNames } from './names.web.ts';
import { createHere } from './create-here.web.ts';
import type { NoteScreenProps } from './note-screen.tsx';
import { NoteTitle } from './note-title.tsx';
import { editMeta } from './ops.ts';
import { readMeta } from './read-meta.ts';
import { bodyRoot } from './schema.ts';
import { SuggestMenu, type ShownItem } from './suggest-menu.tsx';
import { taskView } from './task-view.tsx';
import { createSuggest } from './suggest.web.ts';

/** The note itself: its head, its text, and what stands beside it. */
export function NotePage(props: NoteScreenProps & { document: OpenDocument; doc: Y.Doc }) {
  // One mount is one document of one workspace.
  /* eslint-disable solid/reactivity */
  const { workspace, document: opened, doc, noteId, links } = props;
  /* eslint-enable solid/reactivity */
  const names = createNames(workspace);
  const here = createHere(opened, workspace);
  const [access, setAccess] = createSignal(opened.access());
  onCleanup(opened.onAccess(() => setAccess(opened.access())));
  const isReadOnly = () => access() === 'read';
  const blocks = createSuggest<ShownItem>({ name: 'blockMenu', char: '/', find: findBlocks });
  const mentions = createSuggest<ShownItem>({
    name: 'mentionMenu',
    char: '@',
    find: (query) => findMentions(workspace, query, noteId),
  });
  const [editor, setEditor] = createSignal<Editor>();
  let place: HTMLDivElement | undefined;
  onMount(() => {
    if (place === undefined) return;
    const made = makeEditor({
      element: place,
      body: doc.getXmlFragment(bodyRoot),
      awareness: opened.awareness(),
      isEditable: !isReadOnly(),
      label: 'Text',
      placeholder: 'Write, or press / for blocks and @ to mention',
      mentionView: mentionView(names, links),
      taskView: taskView(workspace),
      extensions: [blocks.extension, mentions.extension],
    });
    setEditor(made);
    onCleanup(() => made.destroy());
  });
  const created = createMemo(() => {
    const by = readMeta(doc).createdBy;
    return by === null ? undefined : workspace.members().get(by);
  });
  return (
    <>
      <header class="top">
        <span class="ellip med">Notes</span>
        <span class="grow" />
        <ShellSave />
        <Show when={here().length > 0}>
          <AvatarStack people={here()} max={4} />
        </Show>
        <ShellSearch />
        <Show when={props.onShare}>
          {(share) => (
            <Button class="wide-only" onClick={() => share()()}>
              Share
            </Button>
          )}
        </Show>
      </header>
      <div class="note-page">
        {props.tree}
        <div class="note-scroll">
          <article class="note-doc">
            <NoteTitle
              doc={doc}
              isReadOnly={isReadOnly()}
              onTitle={(title) => editMeta(doc, { title }, workspace.now())}
              onEnter={() => editor()?.commands.focus('start')}
            />
            <div class="row meta">
              <Show when={created()}>
                {(by) => (
                  <span class="row who">
                    <Avatar person={{ id: by().id, name: by().name, colour: by().colour }} size={18} decorative />
                    {firstName(by().name)}
                  </span>
                )}
              </Show>
            </div>
            <div ref={(made) => (place = made)} class="note-editor" />
          </article>
        </div>
      </div>
      <SuggestMenu suggest={blocks} label="Blocks" empty="No such block" id="note-blocks" />
      <SuggestMenu
        suggest={mentions}
        label="People and records"
        empty="Nobody and nothing of that name"
        id="note-mentions"
      />
    </>
  );
}
