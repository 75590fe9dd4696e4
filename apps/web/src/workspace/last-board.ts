const keyOf = (workspaceId: string) => `rapport.board.${workspaceId}`;

/** The board that was open last on this device. */
export function lastBoard(workspaceId: string): string | null {
  try {
    return localStorage.getItem(keyOf(workspaceId));
  } catch {
    // Storage is forbidden in some private windows: the first board then opens.
    return null;
  }
}

export function rememberBoard(workspaceId: string, boardId: string): void {
  try {
    localStorage.setItem(keyOf(workspaceId), boardId);
  } catch {
    // As above.
  }
}
