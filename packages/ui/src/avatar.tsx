import { For, type JSX, Show, splitProps } from 'solid-js';
import { type Person, initials, personClass } from './logic/person.ts';

type AvatarSize = 16 | 18 | 20 | 24 | 28 | 32 | 40;
const sizeClass = (size: AvatarSize | undefined) => (size === undefined || size === 20 ? '' : ` s${size}`);

/** A colleague: a coloured circle. Idle is soft instead of solid; the green dot means here now. */
export function Avatar(props: {
  person: Person;
  size?: AvatarSize | undefined;
  showsState?: boolean | undefined;
  decorative?: boolean | undefined;
}) {
  const state = () => (props.showsState === true ? props.person.state : undefined);
  const words = () =>
    state() === 'here'
      ? `${props.person.name}, here now`
      : state() === 'idle'
        ? `${props.person.name}, idle`
        : props.person.name;
  return (
    <span
      class={`av ${personClass(props.person.colour)}${sizeClass(props.size)}${state() === 'here' ? ' here' : ''}${state() === 'idle' || state() === 'away' ? ' idle' : ''}`}
      title={props.decorative === true ? undefined : words()}
      role={props.decorative === true ? undefined : 'img'}
      aria-label={props.decorative === true ? undefined : words()}
      aria-hidden={props.decorative === true ? 'true' : undefined}
    >
      {initials(props.person.name)}
    </span>
  );
}

/** Up to `max` faces, then “+n”. With `onPick` each face is a button (follow, see what they see). */
export function AvatarStack(props: {
  people: readonly Person[];
  max?: number | undefined;
  size?: AvatarSize | undefined;
  showsState?: boolean | undefined;
  onPick?: ((person: Person) => void) | undefined;
  onMore?: (() => void) | undefined;
}) {
  const max = () => props.max ?? 4;
  const more = () => props.people.length - max();
  const hidden = () =>
    props.people
      .slice(max())
      .map((person) => person.name)
      .join(', ');
  return (
    <div class="avs" role="group" aria-label="Here now">
      <For each={props.people.slice(0, max())}>
        {(person) => {
          const face = () => <Avatar person={person} size={props.size ?? 24} showsState={props.showsState ?? true} />;
          return (
            <Show when={props.onPick} fallback={face()}>
              <button type="button" class="av-b" onClick={() => props.onPick?.(person)}>
                {face()}
              </button>
            </Show>
          );
        }}
      </For>
      <Show when={more() > 0}>
        <Show
          when={props.onMore}
          fallback={
            <span class="more" title={hidden()}>
              +{more()}
            </span>
          }
        >
          <button
            type="button"
            class="more"
            aria-label={`${more()} more: ${hidden()}`}
            onClick={() => props.onMore?.()}
          >
            +{more()}
          </button>
        </Show>
      </Show>
    </div>
  );
}

/** A customer, who is never coloured: a grey circle for a contact, a grey square for a company. */
export function Monogram(props: {
  name: string;
  kind: 'contact' | 'company';
  size?: 16 | 20 | 24 | 28 | 40 | undefined;
}) {
  return (
    <span class={`mono${props.kind === 'contact' ? ' who' : ''}${sizeClass(props.size)}`} aria-hidden="true">
      {initials(props.name)}
    </span>
  );
}

/** A colleague mentioned in running text or a cell: face and name. */
export function Mention(props: { person: Person; children?: JSX.Element }) {
  const [own] = splitProps(props, ['children']);
  return (
    <span class="mention">
      <Avatar person={props.person} size={16} decorative />
      {own.children ?? props.person.name}
    </span>
  );
}
