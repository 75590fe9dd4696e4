import { For, Show } from 'solid-js';
import { MentionChip } from './mention-chip.tsx';
import type { Names } from './names.web.ts';
import { isMentionNoun, isRecordId } from './schema.ts';

/** A comment's text with its mentions as chips. */
export function CommentText(props: { text: string; names: Names }) {
  const parts = () =>
    props.text.split(/(@\{[a-z]+\/[\w.~-]{1,100}\})/).map((part) => {
      const [, noun, id] = /^@\{([a-z]+)\/(.+)\}$/.exec(part) ?? [];
      return isMentionNoun(noun) && isRecordId(id) ? { noun, id } : { text: part };
    });
  return (
    <div class="com-text" dir="auto">
      <For each={parts()}>
        {(part) => (
          <Show when={'noun' in part && part} fallback={'text' in part ? part.text : ''}>
            {(mention) => <MentionChip noun={mention().noun ?? 'member'} id={mention().id ?? ''} names={props.names} />}
          </Show>
        )}
      </For>
    </div>
  );
}
