import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { lieOf, typeOfHead } from './sniff.ts';

const head = (hex: string, rest = '') => Buffer.concat([Buffer.from(hex, 'hex'), Buffer.from(rest)]);

describe('a type by content alone', () => {
  test.each([
    ['nothing', Buffer.alloc(0), 'text/plain'],
    ['UTF-8', Buffer.from('Grüße, 世界'), 'text/plain'],
    ['HTML', Buffer.from('<!doctype html><script>'), 'text/plain'],
    ['SVG', Buffer.from('<?xml version="1.0"?><svg onload="alert(1)"/>'), 'text/plain'],
    ['a log with colours', Buffer.from('\u001b[31mred\u001b[0m'), 'text/plain'],
    ['PDF', Buffer.from('%PDF-1.7\n1 0 obj'), 'application/pdf'],
    ['PNG', head('89504e470d0a1a0a0000000d49484452'), 'image/png'],
    ['a Windows program', head('4d5a90000300'), 'application/x-msdownload'],
    ['Latin-1', head('4772fcdf65'), 'application/octet-stream'],
    ['HTML in UTF-16', Buffer.from('\ufeff<html><script>', 'utf16le'), 'application/octet-stream'],
  ])('%s', async (_case, bytes, type) => {
    expect(await typeOfHead(bytes, true)).toBe(type);
  });

  test('a character that is cut by the end of the head is still text', async () => {
    const bytes = Buffer.from('ü'.repeat(100)).subarray(0, 199);
    expect([await typeOfHead(bytes, false), await typeOfHead(bytes, true)]).toEqual([
      'text/plain',
      'application/octet-stream',
    ]);
  });

  test('what is packed to grow a thousandfold is not unpacked', async () => {
    // 64 kB that are 60 MB: looking into it would take as much memory.
    const bomb = gzipSync(Buffer.alloc(60_000_000));
    const before = process.memoryUsage().rss;
    expect(await typeOfHead(bomb.subarray(0, 64 * 1024), false)).toBe('application/gzip');
    expect(process.memoryUsage().rss - before).toBeLessThan(40_000_000);
  });
});

test.each([
  ['photo.png', 'image/png', null],
  ['photo.JPG', 'image/png', null],
  ['photo.png', 'text/plain', 'text'],
  ['photo.png', 'application/octet-stream', 'something else'],
  ['offer.pdf', 'image/png', 'image/png'],
  ['offer.docx', 'application/zip', null],
  ['run.exe', 'application/x-msdownload', null],
])('%s with %s', (name, type, is) => {
  expect(lieOf(name, type)?.match(/its content is (.*)\.$/)?.[1] ?? null).toBe(is);
});
