import { personClass } from '@rapport/ui/logic/person';
import { Show } from 'solid-js';
import type { Moved } from './create-moved.web.ts';

/** Classes of a number that has just moved: its person's tint. */
export const movedClass = (moved: Moved | undefined): string =>
  moved === undefined ? '' : ` moved${moved.colour === null ? '' : ` ${personClass(moved.colour)}`}`;

/** Who moved a number, and by how much: “Ana +€5,535”. */
export function MovedTag(props: { moved: Moved | undefined }) {
  return (
    <Show when={props.moved}>
      {(moved) => (
        <span class={`ptag num${moved().colour === null ? ' nobody' : ` ${personClass(moved().colour ?? 1)}`}`}>
          {moved().who} {moved().difference}
        </span>
      )}
    </Show>
  );
}
