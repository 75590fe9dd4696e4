import ArrowLeftRight from 'lucide-solid/icons/arrow-left-right';
import { type JSX, createSignal } from 'solid-js';
import { Avatar } from './avatar.tsx';
import { Button } from './button.tsx';
import { Icon } from './icon.tsx';
import { type Person, firstName, personClass } from './logic/person.ts';
import { Popover } from './popover.tsx';

/** One of two values, and who set it. */
export type RaceSide = { person: Person; isMe: boolean; value: JSX.Element };

/**
 * Two people set one cell at once: a small mark on it, which opens what both of them set. `data-cell-more` lets a table
 * open it for whoever works with keys alone.
 */
export function RaceMark(props: {
  /** What the cell is about, e.g. `Phone`. */
  label: string;
  kept: RaceSide;
  other: RaceSide;
  /** Why this person cannot choose. */
  forbidden?: string | undefined;
  onSwap: () => void;
  onKeep: () => void;
}) {
  const [isOpen, setOpen] = createSignal(false);
  const nameOf = (side: RaceSide) => (side.isMe ? 'You' : firstName(side.person.name));
  let mark: HTMLButtonElement | undefined;
  const toggle = () => {
    // Answering takes the mark away, and must not take the focus out of the table with it.
    mark?.closest<HTMLElement>('[role=grid]')?.focus({ preventScroll: true });
    setOpen(!isOpen());
  };
  const line = (side: RaceSide, isShown: boolean) => (
    <div class="race-line">
      <Avatar person={side.person} size={18} decorative />
      <span class="grow">
        <bdi>{nameOf(side)}</bdi> set <b class="semi num">{side.value}</b>
      </span>
      <span class="t3">{isShown ? 'shows' : ''}</span>
    </div>
  );
  return (
    <>
      <button
        ref={(made) => (mark = made)}
        type="button"
        class={`cell-race ${personClass(props.kept.isMe ? props.other.person.colour : props.kept.person.colour)}`}
        tabindex="-1"
        data-cell-more
        aria-haspopup="dialog"
        aria-expanded={isOpen()}
        aria-label={`Two values for ${props.label}`}
        title="Two values: see both (Alt+Enter)"
        onClick={toggle}
      >
        <Icon of={ArrowLeftRight} size={12} />
      </button>
      <Popover
        open={isOpen()}
        onClose={() => setOpen(false)}
        anchor={() => mark}
        align="end"
        class="pad race-pop"
        role="dialog"
        label={`Two values for ${props.label}`}
      >
        <p class="small t3">
          <bdi>{nameOf(props.kept)}</bdi> and <bdi>{nameOf(props.other).replace(/^You$/, 'you')}</bdi> set this without
          seeing the other’s value.
        </p>
        {line(props.kept, true)}
        {line(props.other, false)}
        <div class="row">
          <Button
            size="sm"
            icon={ArrowLeftRight}
            data-autofocus
            disabledReason={props.forbidden}
            onClick={() => props.onSwap()}
          >
            Swap
          </Button>
          <Button size="sm" variant="ghost" disabledReason={props.forbidden} onClick={() => props.onKeep()}>
            Keep
          </Button>
        </div>
      </Popover>
    </>
  );
}
