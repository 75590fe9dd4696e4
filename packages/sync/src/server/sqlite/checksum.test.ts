import { crc32 } from 'node:zlib';
import { expect, test } from 'vitest';
import type { LogEntry } from '../ports.ts';
import { entrySum } from './checksum.ts';

test('a checksum is that of the bytes after a JSON list of what is said about them, as in files of all versions', () => {
  const update = new Uint8Array([1, 2, 250]);
  const plain: LogEntry = { seq: 7, doc: 'board/b', at: 1_700_000_000_000, actor: 'ana', via: 'live', update };
  const odd: LogEntry = {
    seq: 2 ** 52,
    doc: 'a "quoted"\n\u2028 doc \ud800',
    at: 0,
    actor: '',
    via: 'rest',
    agent: 'é',
    update,
  };
  for (const entry of [plain, odd, plain]) {
    const { seq, doc, at, actor, via, agent } = entry;
    const about = JSON.stringify([seq, doc, at, actor, via, agent ?? null]);
    expect(entrySum(entry)).toBe(crc32(update, crc32(about)));
  }
});
