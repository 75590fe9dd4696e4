import { analyse } from 'chardet';

/** Text of a file and how it was understood. */
export interface Decoded {
  readonly text: string;
  /** A WHATWG encoding label: `utf-8`, `utf-16le`, `utf-16be`, `windows-1252`, … */
  readonly encoding: string;
}

/** Scripts that Windows-1252 cannot be mistaken for; between Latin ones chardet only guesses. */
const otherScripts = new Set(
  'windows-1251 koi8-r iso-8859-5 iso-8859-6 iso-8859-7 iso-8859-8 windows-1253 windows-1255 windows-1256 shift_jis euc-jp iso-2022-jp gb18030 big5 euc-kr'.split(
    ' ',
  ),
);
const sniffedBytes = 200_000;

const decodeAs = (bytes: Uint8Array, encoding: string): string =>
  new TextDecoder(encoding).decode(bytes).toWellFormed();

const startsWith = (bytes: Uint8Array, ...prefix: number[]): boolean =>
  prefix.every((byte, index) => bytes[index] === byte);

/** UTF-16 without a mark: in text that is mostly Latin, every other byte is zero. */
function utf16Without(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  const sample = bytes.subarray(0, 2000);
  let even = 0;
  let odd = 0;
  for (const [index, byte] of sample.entries()) {
    if (byte !== 0) continue;
    if (index % 2 === 0) even++;
    else odd++;
  }
  const pairs = sample.length / 2;
  if (odd > pairs * 0.4 && even < pairs * 0.1) return 'utf-16le';
  return even > pairs * 0.4 && odd < pairs * 0.1 ? 'utf-16be' : null;
}

/**
 * Says what a file is that is no text at all, so that nobody gets deals made of its bytes; null for text. `PK`: a ZIP,
 * which is what Excel writes. Zero bytes next to each other are in no encoding of text.
 */
export function notText(bytes: Uint8Array): string | null {
  if (startsWith(bytes, 0x50, 0x4b, 0x03, 0x04) || startsWith(bytes, 0xd0, 0xcf, 0x11, 0xe0))
    return 'is an Excel or ZIP file, not CSV; save it as CSV first';
  const sample = bytes.subarray(0, 2000);
  return sample.some((byte, index) => byte === 0 && sample[index + 1] === 0 && sample[index + 2] === 0)
    ? 'is not a text file'
    : null;
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

/** Whether this machine can decode a label. */
export function isKnownEncoding(label: string): boolean {
  try {
    return new TextDecoder(label).encoding !== '';
  } catch {
    return false;
  }
}

/**
 * Decodes a file of unknown origin. Order: the mark, UTF-16 by its zero bytes, valid UTF-8, a legacy script that
 * chardet is sure of, Windows-1252 (in which every byte means something). `encoding` overrides the guess.
 */
export function decode(bytes: Uint8Array, encoding?: string): Decoded {
  if (encoding !== undefined) {
    const label = new TextDecoder(encoding).encoding;
    return { text: decodeAs(bytes, label), encoding: label };
  }
  if (startsWith(bytes, 0xff, 0xfe)) return { text: decodeAs(bytes, 'utf-16le'), encoding: 'utf-16le' };
  if (startsWith(bytes, 0xfe, 0xff)) return { text: decodeAs(bytes, 'utf-16be'), encoding: 'utf-16be' };
  const wide = startsWith(bytes, 0xef, 0xbb, 0xbf) ? null : utf16Without(bytes);
  if (wide) return { text: decodeAs(bytes, wide), encoding: wide };
  if (isUtf8(bytes)) return { text: decodeAs(bytes, 'utf-8'), encoding: 'utf-8' };
  const [best] = analyse(bytes.subarray(0, sniffedBytes));
  const label = best?.name.toLowerCase() ?? '';
  const legacy = best && best.confidence >= 40 && otherScripts.has(label) && isKnownEncoding(label);
  const chosen = legacy ? label : 'windows-1252';
  return { text: decodeAs(bytes, chosen), encoding: chosen };
}
