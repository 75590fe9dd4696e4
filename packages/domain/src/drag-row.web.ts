/**
 * Follows a pointer that took a row (`data-line`) of a list by its grip, and says at the end which place among the others
 * it was dropped at.
 */
export function dragRow(
  down: PointerEvent & { currentTarget: HTMLElement },
  row: {
    readonly list: () => HTMLElement | undefined;
    readonly id: string;
    readonly onDrag: (isDragged: boolean) => void;
    readonly onDrop: (index: number) => void;
  },
): void {
  if (down.button !== 0) return;
  const grip = down.currentTarget;
  grip.setPointerCapture(down.pointerId);
  row.onDrag(true);
  let target: number | undefined;
  const moved = (event: PointerEvent) => {
    const rows = [...(row.list()?.querySelectorAll<HTMLElement>('[data-line]') ?? [])];
    const others = rows.filter((each) => each.dataset.line !== row.id);
    const index = others.filter((each) => {
      const { top, height } = each.getBoundingClientRect();
      return top + height / 2 < event.clientY;
    }).length;
    target = index === rows.findIndex((each) => each.dataset.line === row.id) ? undefined : index;
  };
  const end = () => {
    grip.removeEventListener('pointermove', moved);
    grip.removeEventListener('pointerup', drop);
    grip.removeEventListener('pointercancel', end);
    row.onDrag(false);
  };
  const drop = () => {
    end();
    if (target !== undefined) row.onDrop(target);
  };
  grip.addEventListener('pointermove', moved);
  grip.addEventListener('pointerup', drop);
  grip.addEventListener('pointercancel', end);
}
