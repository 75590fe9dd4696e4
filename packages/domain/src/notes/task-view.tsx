import { Avatar } from '@rapport/ui/avatar';
import { Checkbox } from '@rapport/ui/checkbox';
import { Combobox } from '@rapport/ui/combobox';
import { DateField } from '@rapport/ui/date-field';
import { Icon } from '@rapport/ui/icon';
import type { Option } from '@rapport/ui/option-list';
import { Popover } from '@rapport/ui/popover';
import type { Editor, NodeViewRenderer } from '@tiptap/core';
import type { Node } from '@tiptap/pm/model';
import UserPlus from 'lucide-solid/icons/user-plus';
import { Show, createSignal } from 'solid-js';
import { render } from 'solid-js/web';
import { localDay } from '../activity/words.ts';
import type { WorkspaceClient } from '../client.ts';
import { isRecordId } from './schema.ts';

interface TaskLook {
  readonly isDone: boolean;
  readonly assignee: string | null;
  readonly due: string | null;
}

const lookOf = ({ attrs }: Node): TaskLook => ({
  isDone: attrs['checked'] === true,
  assignee: isRecordId(attrs['assignee']) ? attrs['assignee'] : null,
  due: typeof attrs['due'] === 'string' ? attrs['due'] : null,
});

const dayFormat = new Intl.DateTimeFormat(undefined, {
  weekday: 'short',
  day: 'numeric',
  month: 'short',
  timeZone: 'UTC',
});
const dayWords = (day: string): string => {
  const at = new Date(`${day}T00:00:00Z`);
  return Number.isNaN(at.getTime()) ? day : dayFormat.format(at);
};
/** Whose the item is and by when; pressed, both can be set. */
function TaskEnd(props: {
  workspace: WorkspaceClient;
  look: TaskLook;
  isEditable: boolean;
  onChange: (change: { assignee?: string | null; due?: string | null }) => void;
}) {
  const [isOpen, setOpen] = createSignal(false);
  let button: HTMLButtonElement | undefined;
  const optionOf = (id: string): Option => {
    const member = props.workspace.members().get(id);
    return {
      id,
      label: member?.name ?? 'Somebody',
      ...(member === undefined ? {} : { mark: () => <Avatar person={member} size={18} decorative /> }),
    };
  };
  const people = () => [...props.workspace.members().values()].filter(({ status }) => status !== 'removed');
  const today = () => localDay(props.workspace.now());
  const assignee = () =>
    props.look.assignee === null ? undefined : props.workspace.members().get(props.look.assignee);
  const tone = () => {
    const { due, isDone } = props.look;
    return due === null || isDone ? '' : due < today() ? ' danger' : due === today() ? ' success' : '';
  };
  const isTask = () => props.look.assignee !== null || props.look.due !== null;
  const label = () =>
    isTask()
      ? `${assignee()?.name ?? 'Nobody'}${props.look.due === null ? '' : `, due ${dayWords(props.look.due)}`}: change`
      : 'Give it to somebody, or a date';
  return (
    <>
      <button
        ref={(made) => (button = made)}
        type="button"
        class="task-end"
        classList={{ 'is-empty': !isTask() }}
        aria-label={label()}
        aria-haspopup="dialog"
        aria-expanded={isOpen()}
        disabled={!props.isEditable}
        onClick={() => setOpen(true)}
      >
        <Show when={props.look.due}>{(due) => <span class={`label${tone()}`}>{dayWords(due())}</span>}</Show>
        <Show when={assignee()} fallback={<Show when={!isTask()}>{<Icon of={UserPlus} size={14} />}</Show>}>
          {(member) => <Avatar person={member()} size={18} decorative />}
        </Show>
      </button>
      <Popover
        open={isOpen()}
        onClose={() => setOpen(false)}
        anchor={() => button}
        align="end"
        class="pad task-pop"
        role="dialog"
        label="Task"
      >
        <Combobox
          label="Assignee"
          value={props.look.assignee === null ? null : optionOf(props.look.assignee)}
          options={people().map(({ id }) => optionOf(id))}
          clearable
          onChange={(option) => props.onChange({ assignee: option?.id ?? null })}
        />
        <DateField
          label="Due"
          value={props.look.due}
          today={today()}
          onCommit={(due) => {
            if (due !== props.look.due) props.onChange({ due });
          }}
        />
      </Popover>
    </>
  );
}

/** Opens the assignee and due date of the check-list item in which the caret is. False: it is in none. */
export function openTask(editor: Editor): boolean {
  const { node } = editor.view.domAtPos(editor.state.selection.from);
  const element = node instanceof Element ? node : node.parentElement;
  const button = element?.closest('.note-task')?.querySelector<HTMLButtonElement>(':scope > .task-side .task-end');
  button?.click();
  return button != null;
}

/** Draws a check-list item: its box, its text, whose it is and by when. */
export const taskView =
  (workspace: WorkspaceClient): NodeViewRenderer =>
  ({ node, getPos, editor }) => {
    const [look, setLook] = createSignal(lookOf(node), { equals: (a, b) => JSON.stringify(a) === JSON.stringify(b) });
    const [isEditable, setEditable] = createSignal(editor.isEditable);
    const dom = document.createElement('li');
    const box = document.createElement('span');
    const contentDOM = document.createElement('div');
    const side = document.createElement('span');
    box.className = 'task-box';
    contentDOM.className = 'task-text';
    side.className = 'task-side';
    for (const part of [box, side]) part.contentEditable = 'false';
    dom.append(box, contentDOM, side);
    const draw = (is: TaskLook) => {
      dom.className = `note-task${is.isDone ? ' is-done' : ''}`;
      dom.dir = 'auto';
    };
    draw(lookOf(node));
    const change = (attributes: Record<string, unknown>) => {
      const pos = getPos();
      const now = pos === undefined ? null : editor.state.doc.nodeAt(pos);
      if (pos === undefined || now === null || now.type !== node.type || !editor.isEditable) return;
      // With an id once it is somebody's, so that the task stays when the item is moved.
      const taskId = now.attrs['taskId'] ?? ('checked' in attributes ? null : workspace.newId());
      editor.view.dispatch(editor.state.tr.setNodeMarkup(pos, undefined, { ...now.attrs, taskId, ...attributes }));
    };
    const disposers = [
      render(
        () => (
          <Checkbox
            checked={look().isDone}
            label={look().isDone ? 'Done' : 'To do'}
            disabled={!isEditable()}
            onChange={(checked) => change({ checked })}
          />
        ),
        box,
      ),
      render(() => <TaskEnd workspace={workspace} look={look()} isEditable={isEditable()} onChange={change} />, side),
    ];
    const follow = () => setEditable(editor.isEditable);
    editor.on('update', follow);
    return {
      dom,
      contentDOM,
      update(next) {
        if (next.type !== node.type) return false;
        setLook(lookOf(next));
        setEditable(editor.isEditable);
        draw(lookOf(next));
        return true;
      },
      stopEvent: (event) => event.target instanceof Element && event.target.closest('.task-box, .task-side') !== null,
      ignoreMutation: (mutation) => mutation.type !== 'selection' && !contentDOM.contains(mutation.target),
      destroy() {
        editor.off('update', follow);
        for (const dispose of disposers) dispose();
      },
    };
  };
