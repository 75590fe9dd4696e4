/** Most file systems and archives take names of at most this many UTF-8 bytes. */
const mostBytes = 255;
const longestEnding = 20;

const utf8Bytes = (code: number): number => (code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x1_00_00 ? 3 : 4);
const bytes = (text: string): number =>
  [...text].reduce((sum, character) => sum + utf8Bytes(character.codePointAt(0) ?? 0), 0);

/** `text` cut at a whole character so that it has at most `most` UTF-8 bytes. */
function cut(text: string, most: number): string {
  let kept = '';
  let size = 0;
  for (const character of text) {
    size += bytes(character);
    if (size > most) return kept;
    kept += character;
  }
  return kept;
}

/**
 * A name under which a file can be shown, exported and downloaded, from whatever a program said: the last part of a
 * path, without control characters and without marks that turn the reading direction (`invoice‮fdp.exe` must not read as
 * a PDF), at most 255 bytes, the ending kept. Total: a name of nothing is `file`.
 */
export function cleanName(raw: string): string {
  const last = raw.toWellFormed().normalize('NFC').split(/[/\\]/).at(-1) ?? '';
  const shown = last
    .replaceAll(/[\p{Cc}\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]/gu, '')
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/^[ .]+|[ .]+$/g, '');
  if (shown === '') return 'file';
  if (bytes(shown) <= mostBytes) return shown;
  const dot = shown.lastIndexOf('.');
  const ending = dot > 0 && shown.length - dot <= longestEnding ? shown.slice(dot) : '';
  return cut(shown.slice(0, shown.length - ending.length), mostBytes - bytes(ending)) + ending;
}

/** The ending in lower case without its dot; empty when there is none. */
export const endingOf = (name: string): string => /\.([^.\s]{1,19})$/.exec(name)?.[1]?.toLowerCase() ?? '';
