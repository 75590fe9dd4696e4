/**
 * Lets a grip drag its line up and down in a list whose lines carry `data-item`. `onDrop` is told the index among the
 * others; keys do the same elsewhere.
 */
export function startLineDrag(
  down: PointerEvent & { readonly currentTarget: HTMLElement },
  options: {
    readonly id: string;
    readonly list: HTMLElement | undefined;
    readonly onDragged: (isDragged: boolean) => void;
    readonly onDrop: (index: number) => void;
  },
): void {
  if (down.button !== 0) return;
  const { id, list, onDragged, onDrop } = options;
  const grip = down.currentTarget;
  grip.setPointerCapture(down.pointerId);
  onDragged(true);
  let target: number | undefined;
  const moved = (event: PointerEvent): void => {
    const lines = [...(list?.querySelectorAll<HTMLElement>('[data-item]') ?? [])];
    const others = lines.filter((line) => line.dataset['item'] !== id);
    const index = others.filter((line) => {
      const { top, height } = line.getBoundingClientRect();
      return top + height / 2 < event.clientY;
    }).length;
    target = index === lines.findIndex((line) => line.dataset['item'] === id) ? undefined : index;
  };
  const end = (): void => {
    grip.removeEventListener('pointermove', moved);
    grip.removeEventListener('pointerup', drop);
    grip.removeEventListener('pointercancel', end);
    onDragged(false);
  };
  const drop = (): void => {
    end();
    if (target !== undefined) onDrop(target);
  };
  grip.addEventListener('pointermove', moved);
  grip.addEventListener('pointerup', drop);
  grip.addEventListener('pointercancel', end);
}
