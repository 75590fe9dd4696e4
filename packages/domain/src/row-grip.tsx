import { Icon } from '@rapport/ui/icon';
import GripVertical from 'lucide-solid/icons/grip-vertical';
import { dragRow } from './drag-row.web.ts';

/** The grip of a row (`data-line`) of a list: dragged, or with arrow up and down on it, the row goes elsewhere. */
export function RowGrip(props: {
  class: string;
  /** What is moved: `Qualified`. */
  name: string;
  /** The row's `data-line`. */
  id: string;
  list: () => HTMLElement | undefined;
  disabled: boolean;
  onDrag: (isDragged: boolean) => void;
  /** Dropped at this place among the others. */
  onDragTo: (index: number) => void;
  onStep: (by: 1 | -1) => void;
}) {
  return (
    <button
      type="button"
      class={props.class}
      aria-label={`Move ${props.name}: arrow up or down`}
      disabled={props.disabled}
      onPointerDown={(down) =>
        dragRow(down, { list: props.list, id: props.id, onDrag: props.onDrag, onDrop: props.onDragTo })
      }
      onKeyDown={(event) => {
        if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return;
        event.preventDefault();
        const grip = event.currentTarget;
        props.onStep(event.key === 'ArrowUp' ? -1 : 1);
        queueMicrotask(() => grip.focus());
      }}
    >
      <Icon of={GripVertical} size={14} />
    </button>
  );
}
