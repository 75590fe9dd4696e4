import { Avatar } from '@rapport/ui/avatar';
import { Button } from '@rapport/ui/button';
import { OptionList } from '@rapport/ui/option-list';
import { Popover } from '@rapport/ui/popover';
import { Show, createMemo, createSignal, createUniqueId, onCleanup, onMount } from 'solid-js';
import type { WorkspaceClient } from '../client.ts';

/** Where a comment is written. `@` and a name mention somebody; Ctrl+Enter or the button sends. */
export function CommentField(props: {
  workspace: WorkspaceClient;
  label: string;
  action: string;
  initial?: string | undefined;
  autofocus?: boolean | undefined;
  onSend: (text: string) => void;
  onCancel?: (() => void) | undefined;
  /** Told at each key whether something is being written here. */
  onWriting?: ((isWriting: boolean) => void) | undefined;
}) {
  const id = createUniqueId();
  // One field is made for one comment.
  // eslint-disable-next-line solid/reactivity
  const [text, setText] = createSignal(props.initial ?? '');
  const [typed, setTyped] = createSignal<string | null>(null);
  const [active, setActive] = createSignal(0);
  /** Names that were picked, so that they leave as mentions. */
  const picked = new Map<string, string>();
  let field: HTMLTextAreaElement | undefined;
  onMount(() => {
    fit();
    if (props.autofocus === true) field?.focus();
  });
  onCleanup(() => {
    if (text().trim() !== '') props.onWriting?.(false);
  });
  const fit = () => {
    if (field === undefined) return;
    field.style.height = 'auto';
    field.style.height = `${field.scrollHeight}px`;
  };
  const options = createMemo(() => {
    const wanted = typed()?.toLocaleLowerCase();
    if (wanted === undefined) return [];
    return [...props.workspace.members().values()]
      .filter(
        ({ status, name }) =>
          status !== 'removed' &&
          name
            .toLocaleLowerCase()
            .split(/\s+/)
            .some((word) => word.startsWith(wanted)),
      )
      .slice(0, 6)
      .map((member) => ({
        id: member.id,
        label: member.name,
        mark: () => <Avatar person={member} size={18} decorative />,
      }));
  });
  const look = () => {
    const before = field?.value.slice(0, field.selectionStart) ?? '';
    setTyped(/(?:^|\s)@(\p{L}[\p{L}\p{M}'-]*|)$/u.exec(before)?.[1] ?? null);
    setActive(0);
  };
  const pick = (member: { id: string; label: string }) => {
    if (field === undefined) return;
    const end = field.selectionStart;
    const start = end - (typed()?.length ?? 0);
    picked.set(member.label, member.id);
    field.setRangeText(`${member.label} `, start, end, 'end');
    setText(field.value);
    setTyped(null);
    field.focus();
  };
  const send = () => {
    let said = text().trim();
    if (said === '') return;
    for (const [name, member] of [...picked].sort(([a], [b]) => b.length - a.length))
      said = said.replaceAll(`@${name}`, `@{member/${member}}`);
    picked.clear();
    setText('');
    props.onWriting?.(false);
    props.onSend(said);
    queueMicrotask(fit);
  };
  return (
    <div class="com-field">
      <div class="input multi">
        <textarea
          ref={(made) => (field = made)}
          aria-label={props.label}
          placeholder={props.label}
          rows={1}
          dir="auto"
          value={text()}
          role="combobox"
          aria-expanded={options().length > 0}
          aria-controls={`${id}-people`}
          aria-activedescendant={options().length > 0 ? `${id}-people-${active()}` : undefined}
          onInput={(event) => {
            setText(event.currentTarget.value);
            props.onWriting?.(text().trim() !== '');
            fit();
            look();
          }}
          onKeyDown={(event) => {
            if (event.isComposing) return;
            const count = options().length;
            const now = options()[active()];
            if (count > 0 && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) {
              event.preventDefault();
              setActive((active() + (event.key === 'ArrowDown' ? 1 : count - 1)) % count);
            } else if (now !== undefined && (event.key === 'Enter' || event.key === 'Tab') && !event.ctrlKey) {
              event.preventDefault();
              pick(now);
            } else if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
              event.preventDefault();
              send();
            } else if (event.key === 'Escape') {
              if (count > 0) setTyped(null);
              else props.onCancel?.();
              event.stopPropagation();
            }
          }}
        />
      </div>
      <Popover
        open={options().length > 0}
        onClose={() => setTyped(null)}
        anchor={() => field}
        class="menu"
        role="dialog"
        label="People"
      >
        <OptionList
          id={`${id}-people`}
          kind="listbox"
          label="People"
          options={options()}
          active={active()}
          onActive={setActive}
          onPick={pick}
        />
      </Popover>
      <Show when={text().trim() !== '' || props.onCancel !== undefined}>
        <div class="row com-send">
          <Button size="sm" variant="primary" disabled={text().trim() === ''} onClick={send}>
            {props.action}
          </Button>
          <Show when={props.onCancel}>
            {(cancel) => (
              <Button size="sm" variant="ghost" onClick={() => cancel()()}>
                Cancel
              </Button>
            )}
          </Show>
        </div>
      </Show>
    </div>
  );
}
