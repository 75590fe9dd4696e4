/** Live regions made on first use: one polite, one that interrupts. */
const regions = new Map<'polite' | 'assertive', HTMLElement>();

function region(level: 'polite' | 'assertive'): HTMLElement {
  const known = regions.get(level);
  if (known?.isConnected === true) return known;
  const made = document.createElement('div');
  made.className = 'sr';
  made.setAttribute('aria-live', level);
  made.setAttribute('role', level === 'assertive' ? 'alert' : 'status');
  made.dataset.announcer = level;
  // A modal dialog hides the rest of the page from screen readers, so the region moves into it.
  (document.querySelector('dialog[open]') ?? document.body).append(made);
  regions.set(level, made);
  return made;
}

let isOdd = false;

/** Has a screen reader say `text`, after what it is saying now or, with `assertive`, at once. Repeats are said again. */
export function announce(text: string, level: 'polite' | 'assertive' = 'polite'): void {
  const home = document.querySelector('dialog[open]') ?? document.body;
  const element = region(level);
  if (element.parentElement !== home) home.append(element);
  isOdd = !isOdd;
  // The no-break space makes an equal text a new one.
  element.textContent = isOdd ? text : `${text}\u00a0`;
}
