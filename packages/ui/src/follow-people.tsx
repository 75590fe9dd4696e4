import Navigation from 'lucide-solid/icons/navigation';
import { Show } from 'solid-js';
import { Avatar, AvatarStack } from './avatar.tsx';
import { Button } from './button.tsx';
import { type Person, firstName } from './logic/person.ts';
import { MenuButton } from './menu.tsx';

/** Who else has the page open, and the choice of one whose view is followed. Nothing where nobody is. */
export function FollowPeople(props: {
  people: readonly Person[];
  /** Id of the one who is followed; null: nobody. */
  following: string | null;
  onFollow: (personId: string | null) => void;
}) {
  const followed = () => props.people.find(({ id }) => id === props.following);
  return (
    <Show when={props.people.length > 0}>
      <div class="wide-only here-now">
        <AvatarStack people={props.people} onPick={(person) => props.onFollow(person.id)} />
      </div>
      <div class="phone-only">
        <AvatarStack people={props.people} max={2} />
      </div>
      <MenuButton
        label="Follow a colleague"
        align="end"
        items={[
          ...props.people.map((person) => ({
            id: person.id,
            label: person.name,
            mark: () => <Avatar person={person} size={18} decorative />,
            detail: person.state === 'idle' ? 'idle' : undefined,
          })),
          ...(props.following === null ? [] : [{ id: 'stop', label: 'Stop following', separated: true }]),
        ]}
        isChosen={(id) => id === props.following}
        onPick={(id) => props.onFollow(id === 'stop' ? null : id)}
      >
        {(trigger) => (
          <Button
            {...trigger}
            class="wide-only"
            variant="ghost"
            icon={Navigation}
            aria-pressed={props.following !== null}
          >
            <Show when={followed()} fallback="Follow">
              {(person) => <>Following {firstName(person().name)}</>}
            </Show>
          </Button>
        )}
      </MenuButton>
    </Show>
  );
}
