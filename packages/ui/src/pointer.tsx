import type { Person } from './logic/person.ts';
import { personClass } from './logic/person.ts';
import { PersonTag } from './person-tag.tsx';

/** A colleague's pointer, `x` and `y` in pixels of the nearest positioned ancestor. It glides from one report to the next. */
export function Pointer(props: {
  person: Pick<Person, 'name' | 'colour'>;
  x: number;
  y: number;
  isTyping?: boolean | undefined;
}) {
  return (
    <div
      class={`pointer ${personClass(props.person.colour)}`}
      style={{ translate: `${props.x}px ${props.y}px` }}
      aria-hidden="true"
    >
      <svg viewBox="0 0 16 18">
        <path d="M1.5 1.5 14 9.2l-5.6 1.2L5.3 16z" />
      </svg>
      <PersonTag person={props.person} isTyping={props.isTyping} />
    </div>
  );
}
