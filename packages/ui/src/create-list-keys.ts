import type { Accessor } from 'solid-js';
import { nextIndex, typeAhead } from './logic/roving.ts';
import type { Option } from './option-list.tsx';

const typeAheadMs = 600;

/** The keys of a list that has the focus itself: arrows, Enter or Space, letters that begin a label. Tab leaves. */
export function createListKeys(options: {
  lines: Accessor<readonly Option[]>;
  active: Accessor<number>;
  onActive: (index: number) => void;
  onPick: (option: Option) => void;
  onLeave: () => void;
  /** As `nextIndex` takes them. */
  moves: Parameters<typeof nextIndex>[3];
  /** What only this list knows; answers whether the key was one. */
  more?: (key: string, current: Option | undefined) => boolean;
}): (event: KeyboardEvent) => void {
  let typed = '';
  let typedAt = 0;
  return (event) => {
    const lines = options.lines();
    const current = lines[options.active()];
    const next = nextIndex(event.key, options.active(), lines.length, options.moves);
    if (next !== undefined) options.onActive(next);
    else if (event.key === 'Enter' || event.key === ' ') {
      if (current !== undefined && current.forbidden === undefined) options.onPick(current);
    } else if (event.key === 'Tab') return options.onLeave();
    else if (options.more?.(event.key, current) === true) {
      // Done there.
    } else if (event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey) {
      typed = event.timeStamp - typedAt > typeAheadMs ? event.key : typed + event.key;
      typedAt = event.timeStamp;
      const labels = lines.map((line) => line.label);
      const found = typeAhead(labels, typed, options.active());
      if (found !== undefined) options.onActive(found);
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };
}
