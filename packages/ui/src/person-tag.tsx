import { Show } from 'solid-js';
import { type Person, firstName, personClass } from './logic/person.ts';

/** A colleague's first name on their colour; three dots while they type. */
export function PersonTag(props: {
  person: Pick<Person, 'name' | 'colour'>;
  isTyping?: boolean | undefined;
  class?: string | undefined;
}) {
  return (
    <span class={`ptag ${personClass(props.person.colour)}${props.class === undefined ? '' : ` ${props.class}`}`}>
      {firstName(props.person.name)}
      <Show when={props.isTyping}>
        <span class="pdots" aria-hidden="true">
          <i />
          <i />
          <i />
        </span>
      </Show>
    </span>
  );
}

/** Class for an object that a colleague holds or edits: a line in their colour around it. */
export function haloClass(person: Pick<Person, 'colour'> | null | undefined): string {
  return person == null ? '' : `halo ${personClass(person.colour)}`;
}
