import { For } from 'solid-js';
import { shownKeys } from './logic/shortcut.ts';

/** Shows a shortcut such as `Mod+K` the way this machine writes it (⌘K, Ctrl+K). A space separates keys pressed in turn. */
export function Kbd(props: { keys: string }) {
  return <For each={props.keys.split(' ')}>{(chord) => <kbd class="kbd">{shownKeys(chord)}</kbd>}</For>;
}
