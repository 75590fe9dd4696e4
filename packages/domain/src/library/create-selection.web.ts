import { type Accessor, createMemo, createSignal } from 'solid-js';
import type { LibraryLine } from './create-library.web.ts';

/** Which lines are chosen; a line that is gone is not. */
export function createSelection(lines: Accessor<readonly LibraryLine[]>) {
  const [keys, setKeys] = createSignal<ReadonlySet<string>>(new Set());
  const [anchor, setAnchor] = createSignal<string>();
  const chosen = createMemo(() => lines().filter(({ key }) => keys().has(key)));
  return {
    chosen,
    has: (key: string): boolean => keys().has(key),
    /** With Shift, all lines from the one that was chosen last. */
    set(key: string, isOn: boolean, isRange: boolean) {
      const all = lines().map((line) => line.key);
      const [from, to] = [all.indexOf(anchor() ?? key), all.indexOf(key)];
      const range = isRange && from >= 0 ? all.slice(Math.min(from, to), Math.max(from, to) + 1) : [key];
      const next = new Set(keys());
      for (const each of range) {
        if (isOn) next.add(each);
        else next.delete(each);
      }
      setKeys(next);
      setAnchor(key);
    },
    clear: () => void setKeys(new Set<string>()),
  };
}
export type Selection = ReturnType<typeof createSelection>;
