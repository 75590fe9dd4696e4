import { Avatar } from '@rapport/ui/avatar';
import { firstName } from '@rapport/ui/logic/person';
import { For, Show } from 'solid-js';
import type { WorkspaceClient } from '../client.ts';
import { MentionChip } from './mention-chip.tsx';
import type { Links } from './mention-view.tsx';
import type { Names } from './names.web.ts';
import type { NoteMeta } from './schema.ts';

/** Below the title: who made it, who is at it, its tags, what it is about, how long it is. */
export function NoteMetaLine(props: {
  workspace: WorkspaceClient;
  meta: NoteMeta;
  names: Names;
  pages: Links;
  /** How many colleagues have it open. */
  here: number;
  words: number;
}) {
  const by = () => (props.meta.createdBy === null ? undefined : props.workspace.members().get(props.meta.createdBy));
  return (
    <div class="row meta">
      <Show when={by()}>
        {(member) => (
          <span class="row who">
            <Avatar person={member()} size={18} decorative />
            <bdi>{firstName(member().name)}</bdi>
          </span>
        )}
      </Show>
      <Show when={props.here > 0}>
        <span class="here">· {props.here + 1} here now</span>
      </Show>
      <span class="num">
        · {props.words.toLocaleString()} {props.words === 1 ? 'word' : 'words'}
      </span>
      <For each={props.meta.tags}>
        {(tag) => (
          <span class="label">
            <bdi>{tag}</bdi>
          </span>
        )}
      </For>
      <For each={props.meta.links}>
        {(link) => <MentionChip noun={link.noun} id={link.id} names={props.names} hrefOf={props.pages.hrefOf} />}
      </For>
    </div>
  );
}
