import { Show, onCleanup, onMount } from 'solid-js';
import { haloClass, PersonTag } from '../person-tag.tsx';
import { useBoard } from './board-state.tsx';

/** One card in its lane: states and roving focus outside, the owner's content inside. */
export function BoardCard(props: {
  id: string;
  isTabStop: boolean;
  observe: (element: HTMLElement) => () => void;
  onGone: (hadFocus: boolean) => void;
}) {
  const board = useBoard();
  let card: HTMLElement | undefined;
  onMount(() => {
    if (card !== undefined) onCleanup(props.observe(card));
  });
  onCleanup(() => props.onGone(card !== undefined && card === document.activeElement));
  const holder = () => board.props.holderOf?.(props.id);
  const classes = () => {
    const isCarried = board.isCarried(props.id);
    return [
      'card',
      isCarried ? 'ghost' : (board.props.cardClass?.(props.id) ?? ''),
      isCarried ? '' : haloClass(holder()?.person),
      board.isSelected(props.id) && !isCarried ? 'is-selected' : '',
    ]
      .filter((name) => name !== '')
      .join(' ');
  };
  return (
    <article
      ref={(made) => (card = made)}
      class={classes()}
      data-card={props.id}
      tabindex={props.isTabStop ? 0 : -1}
      aria-label={board.props.cardLabel(props.id)}
      aria-describedby="board-help"
      onFocus={() => board.setFocusedId(props.id)}
    >
      <Show when={board.isSelected(props.id)}>
        <span class="sr">Selected. </span>
      </Show>
      <Show when={holder()}>
        {(who) => (
          <span class="by">
            <PersonTag person={who().person} isTyping={who().isTyping} />
          </span>
        )}
      </Show>
      {board.props.renderCard(props.id)}
    </article>
  );
}
