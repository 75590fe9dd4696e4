import { createSignal, onCleanup, onMount } from 'solid-js';
import { useDealBoard } from './deal-board-context.tsx';

/** A text field inside a card. Enter or blur commits, Esc takes back, Tab goes on to `next`. */
export function CardInput(props: {
  dealId: string;
  field: 'title' | 'value';
  label: string;
  value: string;
  next?: 'value';
  /** Answers false for text that cannot be taken: it then stays, marked. */
  commit: (text: string) => boolean;
}) {
  const board = useDealBoard();
  const [isWrong, setWrong] = createSignal(false);
  let input: HTMLInputElement | undefined;
  let isDone = false;
  const card = () => input?.closest<HTMLElement>('[data-card]');
  const lock = () => board.lockReason();
  const leave = (to: 'value' | null, givesFocusBack: boolean) => {
    isDone = true;
    const home = card();
    board.editCard(to === null ? null : { id: props.dealId, field: to });
    if (to === null && givesFocusBack) home?.focus({ preventScroll: true });
  };
  const commit = (to: 'value' | null, givesFocusBack: boolean) => {
    if (isDone || !input) return;
    // Without the right to edit any more the text stays, to be copied.
    if (input.value !== props.value && (lock() !== undefined || !props.commit(input.value))) setWrong(true);
    else leave(to, givesFocusBack);
  };
  const keys = (event: KeyboardEvent) => {
    if (event.isComposing) return;
    if (event.key === 'Enter') commit(null, true);
    else if (event.key === 'Escape') leave(null, true);
    else if (event.key === 'Tab' && !event.shiftKey && props.next !== undefined) commit(props.next, false);
    else return event.stopPropagation();
    event.preventDefault();
    event.stopPropagation();
  };
  onMount(() => {
    board.tellEditing(props.dealId, props.field);
    queueMicrotask(() => {
      input?.focus({ preventScroll: true });
      input?.select();
    });
  });
  onCleanup(() => board.tellEditing(props.dealId, null));
  return (
    <input
      ref={(made) => (input = made)}
      class={`card-in ${props.field}${isWrong() ? ' is-error' : ''}`}
      aria-label={props.label}
      aria-invalid={isWrong() ? 'true' : undefined}
      title={
        isWrong()
          ? lock() !== undefined
            ? `Not saved. ${lock()} Copy the text; Esc lets it go.`
            : props.field === 'value'
              ? 'Type an amount, like 40,000 or 40k.'
              : 'Type a title.'
          : undefined
      }
      value={props.value}
      autocomplete="off"
      inputMode={props.field === 'value' ? 'decimal' : 'text'}
      onInput={() => setWrong(false)}
      onKeyDown={keys}
      onBlur={() => (isWrong() && lock() === undefined ? leave(null, false) : commit(null, false))}
      onClick={(event) => event.stopPropagation()}
      onPointerDown={(event) => event.stopPropagation()}
    />
  );
}
