import { useLocation } from '@solidjs/router';
import { createEffect, on } from 'solid-js';

/** After a change of page the focus goes to its main part, so that screen readers and keys start there. */
export function FocusOnNavigation() {
  const location = useLocation();
  createEffect(
    on(
      () => location.pathname,
      () => {
        requestAnimationFrame(() => {
          const active = document.activeElement;
          const isTaken = active !== null && active !== document.body && active.closest('#main, dialog[open]') !== null;
          if (!isTaken) document.getElementById('main')?.focus({ preventScroll: true });
        });
      },
      { defer: true },
    ),
  );
  return null;
}
