import { Show } from 'solid-js';

/** Rapport's own mark: two lines that meet. With `letter` it is a workspace's tile, as at the top of the navigation. */
export function Logo(props: { letter?: string | undefined; sizePx?: number | undefined }) {
  const size = () => props.sizePx ?? 20;
  return (
    <Show
      when={props.letter}
      fallback={
        <svg width={size()} height={size()} viewBox="0 0 20 20" aria-hidden="true">
          <rect width="20" height="20" rx="5" fill="var(--text)" />
          <path
            d="M6 15V5.6h4.3a3 3 0 0 1 0 6H6m4.4 0L14 15"
            fill="none"
            stroke="var(--bg-app)"
            stroke-width="1.8"
            stroke-linecap="round"
            stroke-linejoin="round"
          />
        </svg>
      }
    >
      {(letter) => (
        <span class="logo" aria-hidden="true" style={{ width: `${size()}px`, height: `${size()}px` }}>
          {letter()}
        </span>
      )}
    </Show>
  );
}
