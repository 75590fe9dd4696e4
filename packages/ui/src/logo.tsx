import { Show } from 'solid-js';

/** Rapport's own mark: two circles that meet. With `letter` it is a workspace's tile, as at the top of the navigation. */
export function Logo(props: { letter?: string | undefined; sizePx?: number | undefined }) {
  const size = () => props.sizePx ?? 20;
  return (
    <Show
      when={props.letter}
      fallback={
        <svg width={size()} height={size()} viewBox="0 0 28 28" aria-hidden="true">
          <rect width="28" height="28" rx="8" fill="var(--text)" />
          <circle cx="11" cy="14" r="5.25" fill="none" stroke="var(--bg-page)" stroke-width="2" />
          <circle cx="17" cy="14" r="5.25" fill="none" stroke="var(--bg-page)" stroke-width="2" />
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
