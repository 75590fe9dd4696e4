import { type Accessor, createEffect, on, onCleanup } from 'solid-js';

/**
 * Keeps the chosen link of a row that scrolls sideways (settings on a phone) in sight: when the row is laid out, and when
 * another is chosen. Call it while the row is made.
 */
export function createChosenInSight(
  row: Accessor<HTMLElement | undefined>,
  chosen: Accessor<string | undefined>,
): void {
  const show = () => {
    const nav = row();
    const link = nav?.querySelector('[aria-current]');
    if (nav == null || link == null) return;
    const [around, own] = [nav.getBoundingClientRect(), link.getBoundingClientRect()];
    // By hand, not `scrollIntoView`: that also moves what the row lies in, and is dropped while the page is coming in.
    nav.scrollLeft += own.left + own.width / 2 - (around.left + around.width / 2);
  };
  createEffect(() => {
    const nav = row();
    if (nav === undefined) return;
    // A page that is fetched late is made before it is in the document, where nothing can be scrolled: its first size tells.
    const seen = new ResizeObserver(show);
    seen.observe(nav);
    onCleanup(() => seen.disconnect());
  });
  createEffect(on(chosen, show, { defer: true }));
}
