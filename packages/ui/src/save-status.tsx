import CloudCheck from 'lucide-solid/icons/cloud-check';
import CloudOff from 'lucide-solid/icons/cloud-off';
import TriangleAlert from 'lucide-solid/icons/triangle-alert';
import { type JSX, Show, createSignal } from 'solid-js';
import { Icon, type IconOf } from './icon.tsx';
import { type SaveState, saveWords } from './logic/save-words.ts';
import { Popover } from './popover.tsx';

const icons: Record<SaveState['kind'], IconOf> = {
  saved: CloudCheck,
  saving: CloudCheck,
  offline: CloudOff,
  'not-saved': TriangleAlert,
  rejected: TriangleAlert,
};

/** Saving, as it is. “Saved” means on the server's disk. With `list` (what waits) it opens that on a press. */
export function SaveStatus(props: { state: SaveState; list?: () => JSX.Element }) {
  const [isOpen, setOpen] = createSignal(false);
  let button: HTMLButtonElement | undefined;
  const classes = () =>
    `save${props.state.kind === 'offline' || props.state.kind === 'not-saved' ? ' pending' : props.state.kind === 'rejected' ? ' rejected' : ''}`;
  const content = () => (
    <>
      <Icon of={icons[props.state.kind]} />
      <span class="save-t">{saveWords(props.state)}</span>
    </>
  );
  return (
    <>
      <Show
        when={props.list !== undefined}
        fallback={
          <span class={classes()} role="status">
            {content()}
          </span>
        }
      >
        <button
          ref={(made) => (button = made)}
          type="button"
          class={`${classes()} save-b`}
          aria-haspopup="dialog"
          aria-expanded={isOpen()}
          aria-label={saveWords(props.state)}
          onClick={() => setOpen(!isOpen())}
        >
          {content()}
        </button>
      </Show>
      <Popover
        open={isOpen()}
        onClose={() => setOpen(false)}
        anchor={() => button}
        align="end"
        class="pad"
        role="dialog"
        label="Changes that wait"
      >
        <div data-autofocus tabindex="-1" style={{ outline: 'none', 'min-width': '260px' }}>
          {props.list?.()}
        </div>
      </Popover>
    </>
  );
}
