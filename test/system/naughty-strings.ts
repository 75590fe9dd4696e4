import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Strings of our own that break programs: markup, formulas, SQL, paths, odd Unicode, control characters. */
export const ownNaughty: readonly string[] = [
  '<script>globalThis.polluted=1</script>',
  '"><img src=x onerror=alert(1)>',
  "javascript:alert('1')//",
  '<svg/onload=alert(1)>',
  '</textarea><b>bold',
  '{{7*7}}${7*7}#{7*7}<%= 7*7 %>',
  '=1+1',
  '+1',
  '-1',
  '@SUM(A1)',
  '=HYPERLINK("http://evil.example","x")',
  "=cmd|'/C calc'!A0",
  "'; DROP TABLE deals; --",
  `" OR ""="`,
  '%',
  '_',
  '\\',
  '%00',
  'NULL',
  'undefined',
  'NaN',
  'true',
  '0x0',
  '1e309',
  '__proto__',
  'constructor',
  'hasOwnProperty',
  '../../etc/passwd',
  'C:\\con\\con',
  'a\u0000b',
  '\u0001\u0007\u001b[31mred\u007f',
  ' leading and trailing ',
  '\ttab\r\nline\u2028separator\u2029',
  '\ufeffbyte order mark',
  'e\u0301 is not é',
  'ﬁ ㎏ Å',
  '\u202eright to left\u202c',
  'עברית العربية',
  '👩‍👩‍👧‍👦 🏳️‍🌈 🇩🇪',
  'İıſß',
  '田中さんにあげて下さい',
  '\u{10ffff}\u{1f9ff}',
  'z̡̺̟͎a͠l̨̼g̴o̵',
  '\u200bzero\u200dwidth\u2060',
  'https://user:pass@evil.example/?a=b&c#d',
];

/** The Big List of Naughty Strings, or null where it is not on this machine. */
export function bigListOfNaughtyStrings(): readonly string[] | null {
  const path = join(import.meta.dirname, '../../../shared/data/blns/blns.json');
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as string[]) : null;
}
