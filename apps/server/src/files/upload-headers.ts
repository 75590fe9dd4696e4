import type { PieceChecksum } from './uploads.ts';

/** The tus protocol (tus.io/protocols/resumable-upload, version 1.0.0) as this server speaks it. */
export const tusVersion = '1.0.0';
export const tusExtensions = 'creation,termination,checksum,expiration';
export const pieceType = 'application/offset+octet-stream';

/** A number of bytes as a header says it; null when it is none. */
export const byteCount = (header: string | undefined): number | null => {
  const value = header !== undefined && /^\d{1,15}$/.test(header) ? Number(header) : null;
  return value !== null && Number.isSafeInteger(value) ? value : null;
};

/** `key base64,key base64` as texts; null when it is written otherwise. */
export function readMetadata(header: string | undefined): ReadonlyMap<string, string> | null {
  const found = new Map<string, string>();
  if (header === undefined || header.trim() === '') return found;
  for (const pair of header.split(',')) {
    const [key, value = '', ...more] = pair.trim().split(' ');
    if (key === undefined || key === '' || more.length > 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(value)) return null;
    try {
      found.set(key, new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(value, 'base64')));
    } catch {
      return null;
    }
  }
  return found;
}

/** `sha256 <base64>`: undefined when it is none that this server knows. */
export function readChecksum(header: string | undefined): PieceChecksum | null | undefined {
  if (header === undefined) return null;
  const [algorithm, base64, ...more] = header.split(' ');
  if (base64 === undefined || more.length > 0 || (algorithm !== 'sha1' && algorithm !== 'sha256')) return undefined;
  return { algorithm, base64 };
}
