import { ShellTop } from '@rapport/ui/shell-slots';
import type { JSX } from 'solid-js';

/** The header of the shell's own pages. */
export function TopBar(props: { title: string; children?: JSX.Element }) {
  return (
    <header class="top">
      <h1 class="ellip">{props.title}</h1>
      <span class="grow" />
      {props.children}
      <ShellTop />
    </header>
  );
}
