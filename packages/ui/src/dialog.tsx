import X from 'lucide-solid/icons/x';
import { type JSX, Show, createUniqueId, onMount } from 'solid-js';
import { Button } from './button.tsx';
import { IconButton } from './icon-button.tsx';

export interface DialogAction {
  readonly label: string;
  readonly run: () => void;
  readonly busy?: boolean | undefined;
  readonly disabledReason?: string | undefined;
  /** It takes something away. */
  readonly isDangerous?: boolean | undefined;
}

export type DialogProps = {
  open: boolean;
  /** Esc, the cross or a press beside it. */
  onClose: () => void;
  title: string;
  wide?: boolean | undefined;
  /** What it asks: the button beside Cancel, which Enter in a field presses, too. */
  action?: DialogAction | undefined;
  /** Instead of `action`, where there are other buttons; the primary one last. */
  footer?: JSX.Element | undefined;
  /** With it the dialog is a form: Enter in a field submits. */
  onSubmit?: (() => void) | undefined;
  children: JSX.Element;
};

/** A modal question that needs an answer first, e.g. why a deal was lost. Where undo is possible use a toast instead. */
export function Dialog(props: DialogProps) {
  return (
    <Show when={props.open}>
      <OpenDialog {...props} />
    </Show>
  );
}

function OpenDialog(props: DialogProps) {
  const titleId = createUniqueId();
  let dialog: HTMLDialogElement | undefined;
  onMount(() => {
    dialog?.showModal();
    dialog
      ?.querySelector<HTMLElement>('[data-autofocus], .body input, .body textarea, .body button, footer .primary')
      ?.focus();
  });
  const submit = (event: KeyboardEvent) => {
    const run = props.action?.run ?? props.onSubmit;
    if (event.key !== 'Enter' || event.defaultPrevented || event.isComposing || run === undefined) return;
    const isField = event.target instanceof HTMLInputElement && event.target.type !== 'checkbox';
    if (!isField && !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    run();
  };
  return (
    <dialog
      ref={(made) => (dialog = made)}
      class={`dialog${props.wide === true ? ' wide' : ''}`}
      aria-labelledby={titleId}
      onCancel={(event) => {
        event.preventDefault();
        props.onClose();
      }}
      onPointerDown={(event) => event.target === dialog && props.onClose()}
      onClick={(event) => event.stopPropagation()}
      onKeyDown={submit}
    >
      <header>
        <h2 id={titleId}>{props.title}</h2>
        <IconButton icon={X} label="Close" keys="Esc" onClick={() => props.onClose()} />
      </header>
      <div class="body">{props.children}</div>
      <Show when={props.action}>
        {(action) => (
          <footer>
            <Button onClick={() => props.onClose()}>Cancel</Button>
            <Button
              variant={action().isDangerous === true ? 'danger' : 'primary'}
              busy={action().busy}
              disabledReason={action().disabledReason}
              onClick={() => action().run()}
            >
              {action().label}
            </Button>
          </footer>
        )}
      </Show>
      <Show when={props.footer}>
        <footer>{props.footer}</footer>
      </Show>
    </dialog>
  );
}
