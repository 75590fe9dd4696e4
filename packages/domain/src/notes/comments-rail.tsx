import { Avatar } from '@rapport/ui/avatar';
import { Button } from '@rapport/ui/button';
import { EmptyState } from '@rapport/ui/empty-state';
import { IconButton } from '@rapport/ui/icon-button';
import { firstName } from '@rapport/ui/logic/person';
import { MenuButton } from '@rapport/ui/menu';
import Check from 'lucide-solid/icons/check';
import Ellipsis from 'lucide-solid/icons/ellipsis';
import RotateCcw from 'lucide-solid/icons/rotate-ccw';
import { For, Show, createEffect, createSignal } from 'solid-js';
import { whenWords } from '../activity/words.ts';
import type { WorkspaceClient } from '../client.ts';
import { CommentField } from './comment-field.tsx';
import { CommentText } from './comment-text.tsx';
import type { Comments, Thread } from './create-comments.web.ts';
import { newThread, type Writing } from './create-writing.web.ts';
import type { Names } from './names.web.ts';
import type { Comment } from './read-comment.ts';

/** What a new thread will be about, while its first comment is written. */
export interface Draft {
  readonly anchor: Comment['anchor'];
  readonly quote: string;
}

/** Threads beside the text: what they are about, answers, and whether they are done with. */
export function CommentsRail(props: {
  workspace: WorkspaceClient;
  comments: Comments;
  names: Names;
  chosen: string | null;
  onChoose: (id: string | null) => void;
  writing: Writing;
  draft: Draft | null;
  onDraft: (draft: Draft | null) => void;
  mayComment: boolean;
  /** Whether its words are still in the text. */
  isAnchored: (id: string) => boolean;
}) {
  const [showsResolved, setShowsResolved] = createSignal(false);
  const open = () => props.comments.threads().filter(({ first }) => first.resolvedAt === null);
  const resolved = () => props.comments.threads().filter(({ first }) => first.resolvedAt !== null);
  const send = async (text: string) => {
    const draft = props.draft;
    if (draft === null) return;
    const id = await props.comments.add({ text, anchor: draft.anchor, quote: draft.quote });
    if (id === null) return;
    props.onDraft(null);
    props.onChoose(id);
  };
  const card = (thread: Thread) => (
    <ThreadCard
      workspace={props.workspace}
      comments={props.comments}
      names={props.names}
      writing={props.writing}
      thread={thread}
      isOn={props.chosen === thread.first.id}
      onChoose={() => props.onChoose(thread.first.id)}
      mayComment={props.mayComment}
      isAnchored={props.isAnchored(thread.first.id)}
    />
  );
  return (
    <div class="rail-list">
      <Show when={props.draft}>
        {(draft) => (
          <section class="thread is-on" aria-label="New comment">
            <Show when={draft().quote !== ''}>
              <div class="q">“{draft().quote}”</div>
            </Show>
            <CommentField
              workspace={props.workspace}
              label="Comment"
              action="Comment"
              autofocus
              onSend={(text) => void send(text)}
              onCancel={() => props.onDraft(null)}
              onWriting={(is) => props.writing.say(is ? newThread : null)}
            />
          </section>
        )}
      </Show>
      <WritesHere names={props.writing.in(newThread)} />
      <Show when={open().length === 0 && props.draft === null}>
        <EmptyState title="No comments">
          {props.mayComment
            ? 'Select some text and press Ctrl+Alt+M, or the button beside it.'
            : 'Nobody has said anything yet.'}
        </EmptyState>
      </Show>
      <For each={open()}>{card}</For>
      <Show when={resolved().length > 0}>
        <Button
          size="sm"
          variant="ghost"
          aria-expanded={showsResolved()}
          onClick={() => setShowsResolved(!showsResolved())}
        >
          {showsResolved() ? 'Hide' : 'Show'} {resolved().length} resolved
        </Button>
        <Show when={showsResolved()}>
          <For each={resolved()}>{card}</For>
        </Show>
      </Show>
    </div>
  );
}

function ThreadCard(props: {
  workspace: WorkspaceClient;
  comments: Comments;
  names: Names;
  writing: Writing;
  thread: Thread;
  isOn: boolean;
  onChoose: () => void;
  mayComment: boolean;
  isAnchored: boolean;
}) {
  let card: HTMLElement | undefined;
  createEffect(() => {
    if (props.isOn) card?.scrollIntoView({ block: 'nearest' });
  });
  const first = () => props.thread.first;
  return (
    <section
      ref={(made) => (card = made)}
      class="thread"
      classList={{ 'is-on': props.isOn, 'is-done': first().resolvedAt !== null }}
      aria-label={`Thread of ${props.workspace.members().get(first().by ?? '')?.name ?? 'somebody'}`}
      onClick={() => props.onChoose()}
      onFocusIn={() => props.onChoose()}
    >
      <div class="row q-row">
        <Show when={first().quote !== ''} fallback={<span class="grow" />}>
          <button
            type="button"
            class="q grow"
            title={props.isAnchored ? 'Go to it in the text' : 'These words are no longer in the text'}
          >
            <bdi classList={{ gone: !props.isAnchored && first().resolvedAt === null }}>“{first().quote}”</bdi>
          </button>
        </Show>
        <Show when={props.mayComment}>
          <IconButton
            size="sm"
            icon={first().resolvedAt === null ? Check : RotateCcw}
            label={first().resolvedAt === null ? 'Resolve' : 'Open again'}
            onClick={() => void props.comments.change(first(), { resolved: first().resolvedAt === null })}
          />
        </Show>
      </div>
      <For each={[first(), ...props.thread.answers]}>
        {(comment) => (
          <OneComment workspace={props.workspace} comments={props.comments} names={props.names} comment={comment} />
        )}
      </For>
      <WritesHere names={props.writing.in(first().id)} />
      <Show when={props.mayComment && first().resolvedAt === null}>
        <div class="com com-reply">
          <Avatar person={props.workspace.me} decorative />
          <CommentField
            workspace={props.workspace}
            label="Reply"
            action="Reply"
            onSend={(text) => void props.comments.add({ text, thread: first().id })}
            onWriting={(is) => props.writing.say(is ? first().id : null)}
          />
        </div>
      </Show>
    </section>
  );
}

/** Who is at an answer right now. Always in the page, so that its words are read out when they come. */
function WritesHere(props: { names: readonly string[] }) {
  return (
    <p class="micro t3 com-writing" role="status">
      <Show when={props.names.length > 0}>
        <bdi>{props.names.map((name) => firstName(name)).join(', ')}</bdi>{' '}
        {props.names.length === 1 ? 'is writing' : 'are writing'}
      </Show>
    </p>
  );
}

function OneComment(props: { workspace: WorkspaceClient; comments: Comments; names: Names; comment: Comment }) {
  const [isEditing, setEditing] = createSignal(false);
  const by = () => props.workspace.members().get(props.comment.by ?? '');
  const isMine = () => props.comment.by === props.workspace.me.id;
  return (
    <div class="com">
      <Avatar person={by() ?? { id: '', name: '?', colour: 1 }} decorative />
      <div class="com-body">
        <div class="row com-h">
          <b class="med">
            <bdi>{firstName(by()?.name ?? 'Somebody')}</bdi>
          </b>
          <span class="micro t3">
            {whenWords(props.comment.at, props.workspace.now(), { showsDay: true })}
            {props.comment.editedAt === null ? '' : ' · edited'}
          </span>
          <span class="grow" />
          <Show when={isMine() && !isEditing()}>
            <MenuButton
              label="Comment"
              align="end"
              items={[
                { id: 'edit', label: 'Edit' },
                { id: 'delete', label: 'Delete', tone: 'danger' },
              ]}
              onPick={(id) => {
                if (id === 'edit') setEditing(true);
                else void props.comments.change(props.comment, { deleted: true });
              }}
            >
              {(trigger) => (
                <IconButton {...trigger} class="com-more" size="sm" icon={Ellipsis} label="Edit or delete" />
              )}
            </MenuButton>
          </Show>
        </div>
        <Show when={isEditing()} fallback={<CommentText text={props.comment.text} names={props.names} />}>
          <CommentField
            workspace={props.workspace}
            label="Comment"
            action="Save"
            initial={props.comment.text}
            autofocus
            onSend={(text) => {
              setEditing(false);
              void props.comments.change(props.comment, { text });
            }}
            onCancel={() => setEditing(false)}
          />
        </Show>
      </div>
    </div>
  );
}
