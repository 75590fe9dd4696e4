import { closeSync, openSync, readdirSync, readSync } from 'node:fs';
import { join } from 'node:path';

const pieceBytes = 4 * 2 ** 20;

/** Files below a folder that hold any of these texts as UTF-8 bytes, whatever the letters' case (of plain letters). */
export function filesWith(folder: string, texts: readonly string[]): string[] {
  const needles = texts.map((text) => Buffer.from(lowered(Buffer.from(text))));
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => holds(path, needles))
    .sort();
}

function holds(path: string, needles: readonly Buffer[]): boolean {
  const overlap = Math.max(...needles.map((needle) => needle.length)) - 1;
  const file = openSync(path, 'r');
  try {
    const piece = Buffer.alloc(pieceBytes);
    for (let at = 0; ; at += pieceBytes - overlap) {
      const count = readSync(file, piece, 0, pieceBytes, at);
      const bytes = lowered(piece.subarray(0, count));
      if (needles.some((needle) => bytes.includes(needle))) return true;
      if (count < pieceBytes) return false;
    }
  } finally {
    closeSync(file);
  }
}

/** A to Z in lower case; every other byte as it is, so that nothing of UTF-8 is taken for a letter. */
function lowered(bytes: Buffer): Buffer {
  const low = Buffer.from(bytes);
  for (let at = 0; at < low.length; at++) {
    const byte = low[at] ?? 0;
    if (byte >= 0x41 && byte <= 0x5a) low[at] = byte + 0x20;
  }
  return low;
}
