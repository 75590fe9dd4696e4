import { describe, expect, it } from 'vitest';
import { cleanName, endingOf } from './file-name.ts';

describe('a file’s name', () => {
  it.each([
    ['plain', 'Offer 2026.pdf', 'Offer 2026.pdf'],
    ['a path up', '../../etc/passwd', 'passwd'],
    ['a Windows path', 'C:\\Users\\a\\..\\evil.exe', 'evil.exe'],
    ['only dots', '..', 'file'],
    ['nothing', '', 'file'],
    ['hidden', '.htaccess', 'htaccess'],
    ['control characters', 'a\0b\r\nSet-Cookie: x.txt', 'abSet-Cookie: x.txt'],
    ['a turned direction', 'invoice\u202Efdp.exe', 'invoicefdp.exe'],
    ['isolates', '\u2066a\u2069.png', 'a.png'],
    ['trailing dot and space', 'con. ', 'con'],
    ['half a character', 'a\ud800.txt', 'a\ufffd.txt'],
    ['Arabic stays', 'عرض السعر.pdf', 'عرض السعر.pdf'],
  ])('%s', (_case, raw, clean) => expect(cleanName(raw)).toBe(clean));

  it('has at most 255 bytes and keeps its ending', () => {
    const name = cleanName(`${'ü'.repeat(300)}.docx`);
    expect(new TextEncoder().encode(name).length).toBeLessThanOrEqual(255);
    expect(endingOf(name)).toBe('docx');
    expect(cleanName('😀'.repeat(200))).toBe('😀'.repeat(63));
  });
});
