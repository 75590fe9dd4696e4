import { getOwner, onCleanup } from 'solid-js';
import { place } from './logic/place.ts';

const delayMs = 500;
let shown: { element: HTMLElement; owner: HTMLElement } | undefined;

const hide = () => {
  shown?.element.remove();
  shown?.owner.removeAttribute('aria-describedby');
  shown = undefined;
};

/**
 * Gives an element a tooltip: after 500 ms of pointing, at once on keyboard focus. `text` may answer undefined for none.
 * Esc, pressing and leaving hide it. One plain element in the top layer serves the whole page.
 */
export function tooltip(owner: HTMLElement, text: () => string | undefined): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const show = () => {
    const words = text();
    if (words === undefined || words === '' || !owner.isConnected) return;
    hide();
    const element = document.createElement('div');
    element.className = 'tip';
    element.id = 'rapport-tip';
    element.setAttribute('role', 'tooltip');
    element.setAttribute('popover', 'manual');
    element.textContent = words;
    document.body.append(element);
    element.showPopover();
    const spot = place(
      owner.getBoundingClientRect(),
      { width: element.offsetWidth, height: element.offsetHeight },
      { width: innerWidth, height: innerHeight },
      { align: 'center', gapPx: 6 },
    );
    element.style.left = `${spot.left}px`;
    element.style.top = `${spot.top}px`;
    // A label that the tooltip only repeats must not be read twice.
    if (owner.getAttribute('aria-label') !== words) owner.setAttribute('aria-describedby', element.id);
    shown = { element, owner };
  };
  const cancel = () => {
    clearTimeout(timer);
    if (shown?.owner === owner) hide();
  };
  owner.addEventListener('pointerenter', (event) => {
    if (event.pointerType !== 'mouse') return;
    clearTimeout(timer);
    timer = setTimeout(show, delayMs);
  });
  owner.addEventListener('pointerleave', cancel);
  owner.addEventListener('pointerdown', cancel);
  owner.addEventListener('focus', () => owner.matches(':focus-visible') && show());
  owner.addEventListener('blur', cancel);
  owner.addEventListener('keydown', (event) => event.key === 'Escape' && cancel());
  if (getOwner() !== null) onCleanup(cancel);
}
