export type Roving = {
  orientation?: 'vertical' | 'horizontal' | 'both';
  wraps?: boolean;
  /** Skipped when false. */
  isReachable?: (index: number) => boolean;
  /** How far Page Up and Page Down go; without it they do nothing. */
  pageSize?: number;
};

/** Where a key press moves the focus in a list of `count` items; undefined when it moves nothing. */
export function nextIndex(key: string, current: number, count: number, roving: Roving = {}): number | undefined {
  const { orientation = 'vertical', wraps = false, isReachable = () => true, pageSize } = roving;
  if (count === 0) return undefined;
  const along = (from: number, step: 1 | -1): number | undefined => {
    for (let i = from, tried = 0; tried < count; i += step, tried++) {
      const at = wraps ? ((i % count) + count) % count : i;
      if (at < 0 || at >= count) return undefined;
      if (isReachable(at)) return at;
    }
    return undefined;
  };
  const forward =
    (orientation !== 'horizontal' && key === 'ArrowDown') || (orientation !== 'vertical' && key === 'ArrowRight');
  const back =
    (orientation !== 'horizontal' && key === 'ArrowUp') || (orientation !== 'vertical' && key === 'ArrowLeft');
  if (forward) return along(current + 1, 1);
  if (back) return along(current < 0 ? count - 1 : current - 1, -1);
  if (key === 'Home') return along(0, 1);
  if (key === 'End') return along(count - 1, -1);
  if (pageSize !== undefined && key === 'PageDown')
    return along(Math.min(count - 1, Math.max(0, current) + pageSize), 1) ?? along(count - 1, -1);
  if (pageSize !== undefined && key === 'PageUp') return along(Math.max(0, current - pageSize), -1) ?? along(0, 1);
  return undefined;
}

/** The first item after `current` that starts with what was typed; wraps round. */
export function typeAhead(labels: readonly string[], typed: string, current: number): number | undefined {
  const wanted = typed.toLocaleLowerCase();
  const start = typed.length > 1 ? current : current + 1;
  for (let i = 0; i < labels.length; i++) {
    const at = (((start + i) % labels.length) + labels.length) % labels.length;
    if (labels[at]?.toLocaleLowerCase().startsWith(wanted) === true) return at;
  }
  return undefined;
}
