import { crc32 } from 'node:zlib';
import type { LogEntry } from '../ports.ts';

/**
 * Checksum of one row of the log: its bytes and all that says whose they are and where they belong. CRC-32 finds every
 * flipped bit; it is there against failing disks, not against people who can write the file.
 */
export function entrySum({ seq, doc, at, actor, via, agent, update }: LogEntry): number {
  return crc32(update, crc32(JSON.stringify([seq, doc, at, actor, via, agent ?? null])));
}

/** Checksum of one snapshot. */
export function snapshotSum(doc: string, seq: number, state: Uint8Array): number {
  return crc32(state, crc32(JSON.stringify([doc, seq])));
}
