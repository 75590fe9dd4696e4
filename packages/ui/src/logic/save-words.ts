/** Where this person's changes are. Counts are changes. */
export type SaveState =
  | { kind: 'saved' }
  | { kind: 'saving'; count: number }
  | { kind: 'offline'; count: number }
  /** The server cannot save at the moment; it is tried again. */
  | { kind: 'not-saved'; count: number; reason: string }
  | { kind: 'rejected'; count: number };

/** The one line at the top of the page. */
export function saveWords(state: SaveState): string {
  switch (state.kind) {
    case 'saved':
      return 'All changes saved';
    case 'saving':
      return `Saving ${state.count}`;
    case 'offline':
      return state.count === 0 ? 'Offline' : `Offline, ${state.count} pending`;
    case 'not-saved':
      return `${state.count} not saved: ${state.reason.split(/(?<=\.) /)[0] ?? ''}`;
    case 'rejected':
      return `${state.count} ${state.count === 1 ? 'change' : 'changes'} not saved: why`;
  }
}
