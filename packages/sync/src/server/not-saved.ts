/** By the beginning of SQLite's error code. */
const causes: readonly (readonly [string, string])[] = [
  ['SQLITE_FULL', 'The server’s disk is full.'],
  ['ENOSPC', 'The server’s disk is full.'],
  ['SQLITE_BUSY', 'Another program keeps the server’s storage busy.'],
  ['SQLITE_IOERR', 'The server’s disk reports errors.'],
  ['SQLITE_READONLY', 'The server may not write to its disk.'],
  ['SQLITE_CORRUPT', 'The server’s storage is damaged.'],
];

/** What people read when a commit failed: the cause, and that nothing is lost. */
export function notSavedSentence(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const cause = causes.find(([start]) => code.startsWith(start))?.[1] ?? 'The server cannot save at the moment.';
  return `${cause} Your change is kept here and is offered again.`;
}
