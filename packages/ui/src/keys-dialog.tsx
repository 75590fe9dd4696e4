import { For, createMemo } from 'solid-js';
import { Dialog } from './dialog.tsx';
import { Kbd } from './kbd.tsx';
import type { Shortcut } from './keys.tsx';

/** Shortcuts under their headings, each key once. */
export function KeysDialog(props: { shortcuts: readonly Shortcut[]; onClose: () => void }) {
  const groups = createMemo(() => {
    const byScope = new Map<string, Shortcut[]>();
    for (const shortcut of props.shortcuts) {
      const group = byScope.get(shortcut.scope) ?? [];
      if (!group.some((each) => each.keys === shortcut.keys)) group.push(shortcut);
      byScope.set(shortcut.scope, group);
    }
    return [...byScope];
  });
  return (
    <Dialog open onClose={() => props.onClose()} title="Keys" wide>
      <div class="keys-help" tabindex="-1" data-autofocus style={{ outline: 'none' }}>
        <For each={groups()}>
          {([scope, shortcuts]) => (
            <section>
              <h3>{scope}</h3>
              <ul>
                <For each={shortcuts}>
                  {(shortcut) => (
                    <li>
                      <span>{shortcut.label}</span>
                      <span>
                        <Kbd keys={shortcut.keys} />
                      </span>
                    </li>
                  )}
                </For>
              </ul>
            </section>
          )}
        </For>
      </div>
    </Dialog>
  );
}
