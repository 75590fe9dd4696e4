import Search from 'lucide-solid/icons/search';
import X from 'lucide-solid/icons/x';
import { Icon } from '@rapport/ui/icon';
import { Show, createEffect, createSignal, on, onCleanup } from 'solid-js';
import { useDealBoard } from './deal-board-context.tsx';

const settleMs = 120;

/** Narrows the board down while one types (`/`). Esc clears it. */
export function DealSearch(props: { searchRef: (field: HTMLInputElement) => void }) {
  const board = useDealBoard();
  const [text, setText] = createSignal(board.view().q);
  const [isHere, setHere] = createSignal(false);
  let timer: ReturnType<typeof setTimeout> | undefined;
  // The URL may change from elsewhere: Back, a saved view. What is being typed is never overwritten.
  createEffect(
    on(
      () => board.view().q,
      (q) => timer === undefined && setText(q),
    ),
  );
  onCleanup(() => clearTimeout(timer));
  const show = (next: string, delayMs: number) => {
    setText(next);
    clearTimeout(timer);
    timer = setTimeout(() => {
      timer = undefined;
      board.setView({ q: next });
    }, delayMs);
  };
  return (
    <label class={`deal-search${isHere() || text() !== '' ? ' on' : ''}`}>
      <Icon of={Search} size={14} />
      <input
        ref={(made) => props.searchRef(made)}
        type="search"
        aria-label={`Search ${board.type.words.many}`}
        placeholder={`Search ${board.type.words.many}`}
        value={text()}
        onFocus={() => setHere(true)}
        onBlur={() => setHere(false)}
        onInput={(event) => show(event.currentTarget.value, settleMs)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return;
          event.preventDefault();
          show('', 0);
          event.currentTarget.blur();
        }}
      />
      <Show when={text() !== ''}>
        <button type="button" aria-label="Clear the search" onClick={() => show('', 0)}>
          <Icon of={X} size={12} />
        </button>
      </Show>
    </label>
  );
}
