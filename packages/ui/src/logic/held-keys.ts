/** Keys between the wish for a part of the page and the part: nobody has to wait before typing on. */
export interface HeldKeys {
  /** From now on keys are kept instead of going to what has the focus. Tab and Esc always work. */
  hold(): void;
  /** Ends that; what was kept goes to what has the focus now, as if it were pressed there. */
  release(): void;
}

const goOn = new Set(['Tab', 'Escape', 'Shift', 'Control', 'Alt', 'Meta']);

function typeInto(field: HTMLInputElement | HTMLTextAreaElement, text: string): void {
  field.setRangeText(text, field.selectionStart ?? field.value.length, field.selectionEnd ?? field.value.length, 'end');
  field.dispatchEvent(new InputEvent('input', { bubbles: true, inputType: 'insertText', data: text }));
}

/** One key where the focus is: first to whoever listens, then what a browser itself does with it. */
function press(event: KeyboardEvent): void {
  const target = document.activeElement ?? document.body;
  const { key, code, shiftKey, ctrlKey, altKey, metaKey } = event;
  const again = { key, code, shiftKey, ctrlKey, altKey, metaKey, bubbles: true, cancelable: true };
  if (!target.dispatchEvent(new KeyboardEvent('keydown', again)) || ctrlKey || altKey || metaKey) return;
  const isField = target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement;
  if (isField && key.length === 1) typeInto(target, key);
  else if (target instanceof HTMLButtonElement && (key === 'Enter' || key === ' ')) target.click();
}

/** Not reactive; whoever holds releases. */
export function makeHeldKeys(): HeldKeys {
  const kept: KeyboardEvent[] = [];
  const keep = (event: KeyboardEvent) => {
    if (goOn.has(event.key) || event.isComposing) return;
    kept.push(event);
    event.preventDefault();
    event.stopImmediatePropagation();
  };
  return {
    hold: () => addEventListener('keydown', keep, true),
    release() {
      removeEventListener('keydown', keep, true);
      for (const event of kept.splice(0)) press(event);
    },
  };
}
