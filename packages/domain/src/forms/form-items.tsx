import ChevronDown from 'lucide-solid/icons/chevron-down';
import Trash from 'lucide-solid/icons/trash';
import { Icon } from '@rapport/ui/icon';
import { IconButton } from '@rapport/ui/icon-button';
import { For, type JSX, Show, createSignal } from 'solid-js';
import { RowGrip } from '../row-grip.tsx';
import type { OpenForm } from './create-form.web.ts';
import { moveItem, removeItem, type FormList } from './ops.ts';

export interface FormLine {
  readonly id: string;
  readonly title: string;
  readonly detail: string;
}

/** Questions, or consents: drag a grip, or press arrow up and down on it, to put a line elsewhere; open one to edit it. */
export function FormItems(props: {
  open: OpenForm;
  list: FormList;
  label: string;
  lines: readonly FormLine[];
  /** Id of the line whose editor is open. */
  edited: string | null;
  onEdit: (id: string | null) => void;
  editor: (id: string) => JSX.Element;
}) {
  const [dragged, setDragged] = createSignal<string | null>(null);
  let list: HTMLUListElement | undefined;
  const lineOf = (id: string) => props.lines.find((each) => each.id === id);
  const isLocked = () => props.open.lockReason() !== undefined;
  const move = (id: string, to: number) => {
    const others = props.lines.filter((each) => each.id !== id);
    const line = lineOf(id);
    if (line === undefined || to < 0 || to > others.length) return;
    const patch = moveItem(props.open.doc(), props.list, id, others[to]?.id ?? null, {
      random: () => props.open.workspace.random(),
    });
    props.open.perform(patch, `Moved “${line.title}”`);
    props.open.workspace.announce(`${line.title}: position ${to + 1} of ${props.lines.length}.`);
  };
  const remove = ({ id, title }: FormLine) => {
    props.open.perform(removeItem(props.list, id, props.open.workspace.now()), `Removed “${title}”`);
    props.open.workspace.toast({
      text: `“${title}” removed`,
      action: { label: 'Undo', run: () => void props.open.workspace.undo() },
    });
  };
  return (
    <ul class="form-items" aria-label={props.label} ref={(made) => (list = made)}>
      <For each={props.lines.map(({ id }) => id)}>
        {(id, at) => (
          <Show when={lineOf(id)}>
            {(line) => (
              <li data-line={id} classList={{ dragged: dragged() === id, open: props.edited === id }}>
                <div class="form-line">
                  <RowGrip
                    class="form-grip"
                    name={line().title}
                    id={id}
                    list={() => list}
                    disabled={isLocked()}
                    onDrag={(is) => setDragged(is ? id : null)}
                    onDragTo={(to) => move(id, to)}
                    onStep={(by) => move(id, at() + by)}
                  />
                  <button
                    type="button"
                    class="form-open"
                    aria-expanded={props.edited === id}
                    onClick={() => props.onEdit(props.edited === id ? null : id)}
                  >
                    <span class="med ellip" dir="auto">
                      {line().title}
                    </span>
                    <span class="t3 ellip">{line().detail}</span>
                    <Icon of={ChevronDown} size={14} />
                  </button>
                  <Show when={!isLocked()}>
                    <IconButton
                      icon={Trash}
                      size="sm"
                      label={`Remove ${line().title}`}
                      onClick={() => remove(line())}
                    />
                  </Show>
                </div>
                <Show when={props.edited === id}>
                  <div class="form-editor">{props.editor(id)}</div>
                </Show>
              </li>
            )}
          </Show>
        )}
      </For>
    </ul>
  );
}
