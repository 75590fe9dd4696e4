import { splitProps } from 'solid-js';
import { Button, type ButtonProps } from './button.tsx';
import type { IconOf } from './icon.tsx';
import { shownKeys } from './logic/shortcut.ts';

/** A square button: its label is read aloud and shown as a tooltip, with its key. */
export function IconButton(
  props: Omit<ButtonProps, 'children' | 'keys'> & { icon: IconOf; label: string; keys?: string | undefined },
) {
  const [own, rest] = splitProps(props, ['label', 'class', 'keys', 'variant', 'tip']);
  return (
    <Button
      {...rest}
      variant={own.variant ?? 'ghost'}
      class={`icon${own.class === undefined ? '' : ` ${own.class}`}`}
      aria-label={own.label}
      tip={own.tip ?? (own.keys === undefined ? own.label : `${own.label} · ${shownKeys(own.keys)}`)}
    />
  );
}
