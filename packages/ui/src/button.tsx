import { type ComponentProps, Show, createEffect, createSignal, onCleanup, splitProps } from 'solid-js';
import { Icon, type IconOf } from './icon.tsx';
import { Kbd } from './kbd.tsx';
import { tooltip } from './tooltip.tsx';

export type ButtonLook = {
  variant?: 'default' | 'primary' | 'ghost' | 'danger' | undefined;
  size?: 'sm' | 'md' | 'lg' | undefined;
  icon?: IconOf | undefined;
  /** Shown after the label, e.g. `Mod+K`. */
  keys?: string | undefined;
  /** The label stays; three dots replace the icon after 400 ms. */
  busy?: boolean | undefined;
  /** Why it cannot be pressed. It stays reachable, so that the reason can be read. */
  disabledReason?: string | undefined;
  wide?: boolean | undefined;
  tip?: string | undefined;
};

export type ButtonProps = ButtonLook & Omit<ComponentProps<'button'>, 'disabled'> & { disabled?: boolean | undefined };

const busyAfterMs = 400;

/** The button of the whole product. One `primary` per screen. */
export function Button(props: ButtonProps) {
  const [look, rest] = splitProps(props, [
    'variant',
    'size',
    'icon',
    'keys',
    'busy',
    'disabledReason',
    'wide',
    'tip',
    'disabled',
    'class',
    'children',
    'onClick',
  ]);
  const [showsDots, setShowsDots] = createSignal(false);
  createEffect(() => {
    if (look.busy !== true) {
      setShowsDots(false);
      return;
    }
    const timer = setTimeout(() => setShowsDots(true), busyAfterMs);
    onCleanup(() => clearTimeout(timer));
  });
  const isOff = () => look.disabledReason !== undefined || look.disabled === true;
  const classes = () =>
    [
      'btn',
      look.variant ?? '',
      look.size === 'md' ? '' : (look.size ?? ''),
      look.wide === true ? 'wide' : '',
      isOff() ? 'is-disabled' : '',
      look.class ?? '',
    ]
      .filter((name) => name !== '' && name !== 'default')
      .join(' ');
  let element: HTMLButtonElement | undefined;
  const press = (event: MouseEvent & { currentTarget: HTMLButtonElement; target: Element }) => {
    if (isOff() || look.busy === true) return;
    const handler = look.onClick;
    if (typeof handler === 'function') handler(event);
    else if (handler !== undefined) handler[0](handler[1], event);
  };
  return (
    <button
      type="button"
      {...rest}
      ref={(made) => {
        element = made;
        tooltip(element, () => look.disabledReason ?? look.tip);
        if (typeof rest.ref === 'function') rest.ref(made);
      }}
      class={classes()}
      aria-disabled={isOff() ? 'true' : undefined}
      aria-busy={look.busy === true ? 'true' : undefined}
      onClick={press}
    >
      <Show when={showsDots()} fallback={<Show when={look.icon}>{(icon) => <Icon of={icon()} />}</Show>}>
        <span class="pdots ico" aria-hidden="true">
          <i />
          <i />
          <i />
        </span>
      </Show>
      {look.children}
      <Show when={look.keys}>{(keys) => <Kbd keys={keys()} />}</Show>
    </button>
  );
}
