import { distance } from 'fastest-levenshtein';

/** Share of letters that agree, 0 to 1, by edit distance; two neighbouring letters swapped count as one slip. */
export function similarity(a: string, b: string): number {
  if (a === b) return 1;
  const longest = Math.max(a.length, b.length);
  if (longest === 0) return 1;
  return 1 - (isSwapped(a, b) ? 1 : distance(a, b)) / longest;
}

function isSwapped(a: string, b: string): boolean {
  if (a.length !== b.length) return false;
  let at = 0;
  while (at < a.length && a[at] === b[at]) at += 1;
  return a[at] === b[at + 1] && a[at + 1] === b[at] && a.slice(at + 2) === b.slice(at + 2);
}

const sounds: Readonly<Record<string, string>> = {
  b: '1',
  f: '1',
  p: '1',
  v: '1',
  w: '1',
  c: '2',
  g: '2',
  j: '2',
  k: '2',
  q: '2',
  s: '2',
  x: '2',
  z: '2',
  d: '3',
  t: '3',
  l: '4',
  m: '5',
  n: '5',
  r: '6',
};

/** How a name sounds, roughly: its consonants in four digits. For finding candidates, not for judging them. */
export function soundOf(name: string): string {
  let code = '';
  let last = '';
  for (const letter of name) {
    const sound = sounds[letter] ?? '';
    if (sound !== '' && sound !== last) code += sound;
    if (letter !== 'h') last = sound;
    if (code.length === 4) break;
  }
  return code === '' ? name.slice(0, 4) : code;
}
