import ArrowLeftRight from 'lucide-solid/icons/arrow-left-right';
import X from 'lucide-solid/icons/x';
import type { JSX } from 'solid-js';
import { Avatar } from './avatar.tsx';
import { Button } from './button.tsx';
import { IconButton } from './icon-button.tsx';
import { type Person, firstName, personClass } from './logic/person.ts';

/** Two people set one field at once. One value stands; this keeps the other a press away until somebody answers. */
export function RaceStrip(props: {
  person: Person;
  theirs: JSX.Element;
  mine: JSX.Element;
  onSwap: () => void;
  onKeep: () => void;
  canSwap?: boolean | undefined;
}) {
  return (
    <div class={`race ${personClass(props.person.colour)}`} role="group" aria-label="Two values for one field">
      <Avatar person={props.person} size={18} decorative />
      <span class="grow">
        {firstName(props.person.name)} set <b class="semi num">{props.theirs}</b> while you set{' '}
        <b class="semi num">{props.mine}</b>
      </span>
      <Button
        size="sm"
        icon={ArrowLeftRight}
        disabledReason={props.canSwap === false ? 'You may not edit this field.' : undefined}
        onClick={() => props.onSwap()}
      >
        Swap
      </Button>
      <IconButton icon={X} size="sm" label="Keep" onClick={() => props.onKeep()} />
    </div>
  );
}
