import { createContext, useContext } from 'solid-js';
import type { Here } from '../workspace/here.ts';

/** What the parts of the shell open for one another. */
export interface ShellState {
  here: () => readonly Here[];
  /** Tells colleagues which cell of a table I edit; null: none. */
  tellCell: (cell: { record: string; field: string } | null) => void;
  /** Entries of the inbox that wait; undefined while there are none. */
  unread: () => number | undefined;
  openPalette: () => void;
  openKeys: () => void;
  openInvite: () => void;
  openNewPipeline: () => void;
  openNewRecord: (noun: 'contact' | 'company') => void;
  startSignOut: () => void;
}

export const ShellContext = createContext<ShellState>();

export function useShell(): ShellState {
  const shell = useContext(ShellContext);
  if (shell === undefined) throw new Error('useShell needs the shell above it');
  return shell;
}
