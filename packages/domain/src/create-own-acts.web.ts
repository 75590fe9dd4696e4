import { onCleanup } from 'solid-js';

const passing: ReadonlySet<string> = new Set(['Shift', 'Control', 'Alt', 'Meta', 'Tab']);
const pressing: ReadonlySet<string> = new Set(['Enter', ' ', 'Escape']);

/**
 * Whether this person does something on the page itself. The head's own controls (whom to follow, the menu) are no act on
 * it; keys that only pass through it are none either.
 */
function isOwnAct(event: Event): boolean {
  const isKey = event instanceof KeyboardEvent;
  const isIn = (where: string) => event.target instanceof Element && event.target.closest(where) !== null;
  if (isIn('[popover]') || (isIn('.top') && (!isKey || pressing.has(event.key)))) return false;
  return !isKey || !passing.has(event.key);
}

/** Calls `act` when this person acts on the page, as long as the owner lives. `captures`: also what the page stops on its way. */
export function createOwnActs(act: () => void, captures = false): void {
  const kinds = ['pointerdown', 'keydown', 'wheel', ...(captures ? ['touchmove'] : [])];
  const hear = (event: Event) => isOwnAct(event) && act();
  for (const kind of kinds) addEventListener(kind, hear, { passive: true, capture: captures });
  onCleanup(() => {
    for (const kind of kinds) removeEventListener(kind, hear, { capture: captures });
  });
}
