import type { LogEntry } from './ports.ts';

/** Reading a row takes 20 µs, proving a snapshot of a board 90 ms: so many rows are worth one. */
const rowsWorthIt = 2000;
const leastBytes = 128 * 1024;

/** What a document's log has after its snapshot: what the next to open it has to read one by one. */
export class LogTail {
  rows = 0;
  private bytes = 0;
  private snapshotBytes = 0;

  constructor(snapshot: Uint8Array | null = null, entries: readonly LogEntry[] = []) {
    this.snapshotBytes = snapshot?.length ?? 0;
    for (const entry of entries) this.add(entry);
  }

  add({ update }: LogEntry): void {
    this.rows++;
    this.bytes += update.length;
  }

  /** What it has now, to tell {@link LogTail.fold} once a snapshot of it is kept. */
  extent(): { readonly rows: number; readonly bytes: number } {
    return { rows: this.rows, bytes: this.bytes };
  }

  /** A snapshot covers the first of it. */
  fold(covered: { readonly rows: number; readonly bytes: number }, snapshot: Uint8Array): void {
    this.rows -= covered.rows;
    this.bytes -= covered.bytes;
    this.snapshotBytes = snapshot.length;
  }

  get isWorthSnapshot(): boolean {
    return this.rows > rowsWorthIt || this.bytes > Math.max(this.snapshotBytes, leastBytes);
  }
}
