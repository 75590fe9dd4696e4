import { open } from 'node:fs/promises';
import { endingOf } from '@rapport/domain/files/file-name';
import { fileTypeFromBuffer } from 'file-type';

/** Enough for every signature, and little enough that nothing packed in it can grow. */
const headBytes = 64 * 1024;

const unknown = 'application/octet-stream';

/**
 * The media type of a file by its content alone. Text is `text/plain` whatever it says, HTML, SVG and scripts included,
 * so that it is never shown as anything that runs.
 */
export async function sniffType(path: string): Promise<string> {
  const file = await open(path, 'r');
  try {
    const head = Buffer.alloc(headBytes);
    const { bytesRead } = await file.read(head, 0, headBytes, 0);
    return await typeOfHead(head.subarray(0, bytesRead), bytesRead < headBytes);
  } finally {
    await file.close();
  }
}

/** `isWhole`: the head is all of the file. */
export async function typeOfHead(head: Uint8Array, isWhole: boolean): Promise<string> {
  if (head.length === 0) return 'text/plain';
  // What looks like markup is text: the signatures of XML and SVG say nothing that may be shown.
  if (isText(head, isWhole)) return 'text/plain';
  const found = await fileTypeFromBuffer(head).catch(() => undefined);
  if (found === undefined || /^text\/|xml|html|javascript/i.test(found.mime)) return unknown;
  return found.mime.toLowerCase();
}

function isText(head: Uint8Array, isWhole: boolean): boolean {
  const isPdf = head[0] === 0x25 && head[1] === 0x50 && head[2] === 0x44 && head[3] === 0x46;
  if (isPdf) return false;
  try {
    // A head that ends inside a character is still text.
    const text = new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: !isWhole });
    // Logs are full of escapes that colour a terminal.
    return !/[^\P{Cc}\t\n\v\f\r]/u.test(text.replaceAll('\u001b', ''));
  } catch {
    return false;
  }
}

/** Types that a browser may show by itself, on an address of ours, without anything running. */
export const shownImages: ReadonlySet<string> = new Set([
  'image/png',
  'image/apng',
  'image/jpeg',
  'image/gif',
  'image/webp',
  'image/avif',
  'image/bmp',
]);

/** What a name promises to be, for those that are shown rather than downloaded. */
const promises: Readonly<Record<string, 'picture' | 'PDF'>> = {
  png: 'picture',
  jpg: 'picture',
  jpeg: 'picture',
  gif: 'picture',
  webp: 'picture',
  avif: 'picture',
  bmp: 'picture',
  pdf: 'PDF',
};

/** What a file's name says and its content is not; null when they agree, or the name promises nothing. */
export function lieOf(name: string, type: string): string | null {
  const promised = promises[endingOf(name)];
  if (promised === undefined) return null;
  const isTrue = promised === 'PDF' ? type === 'application/pdf' : type.startsWith('image/');
  if (isTrue) return null;
  const what = type === unknown ? 'something else' : type === 'text/plain' ? 'text' : type;
  return `“${name}” is named as a ${promised}, but its content is ${what}.`;
}
