/** One file on its way to the server, by the tus protocol: what is sent in pieces goes on after any cut. */
export interface SendOptions {
  /** `/api/v1/w/<id>`. */
  readonly base: string;
  readonly file: Blob;
  readonly name: string;
  /** `folder/<id>`, `note/<id>` …; null: the library itself. */
  readonly place: string | null;
  /** A file that gets a new version. */
  readonly fileId: string | null;
  /** Where an earlier try was sent; null: begin. */
  readonly url: string | null;
  readonly signal: AbortSignal;
  readonly onUrl: (url: string) => void;
  /** Bytes that the server has, durably. */
  readonly onSent: (bytes: number) => void;
  /** Whether it waits or goes on; with what the server said, or null when it cannot be reached. */
  readonly onWaiting: (isWaiting: boolean, said: string | null) => void;
  /** Resolves after `ms`, when the network is back, or when the signal says so. */
  readonly pause: (ms: number, signal: AbortSignal) => Promise<void>;
  readonly fetch?: (path: string, init: RequestInit) => Promise<Response>;
}

/** The server, or this device, will not take it. `message` is a sentence for the person. */
export class UploadRefused extends Error {
  override readonly name = 'UploadRefused';
}

const pieceBytes = 4 * 2 ** 20;
const firstPauseMs = 1000;
const longestPauseMs = 30_000;
const tus = { 'tus-resumable': '1.0.0' };

const base64 = (bytes: Uint8Array): string => btoa(String.fromCharCode(...bytes));
const metadata = (pairs: readonly (readonly [string, string | null])[]): string =>
  pairs
    .flatMap(([key, value]) => (value === null ? [] : [`${key} ${base64(new TextEncoder().encode(value))}`]))
    .join(',');

async function sentenceIn(reply: Response): Promise<string> {
  const body: unknown = await reply.json().catch(() => null);
  const error = typeof body === 'object' && body !== null && 'error' in body ? body.error : null;
  const message = typeof error === 'object' && error !== null && 'message' in error ? error.message : null;
  return typeof message === 'string' ? message : `The server answered ${reply.status}. Nothing was kept.`;
}

/** What a reply means: go on, try again later, start over, or give up. */
const isPassing = (status: number): boolean => status === 429 || status === 423 || status >= 500;

/** Sends a file and resolves with its id. Rejects with {@link UploadRefused}, or with the signal's reason. */
export async function sendUpload(options: SendOptions): Promise<string> {
  const { base, file, signal, onUrl, onSent, onWaiting } = options;
  const ask = options.fetch ?? ((path: string, init: RequestInit) => fetch(path, init));
  const { pause } = options;
  let waitMs = firstPauseMs;

  /** The reply, or null when there was none or it may be another one soon; the pause is over by then. */
  const request = async (path: string, init: RequestInit): Promise<Response | null> => {
    const reply = await ask(path, { ...init, headers: { ...tus, ...(init.headers as object) }, signal }).catch(
      () => null,
    );
    signal.throwIfAborted();
    if (reply !== null && !isPassing(reply.status)) {
      waitMs = firstPauseMs;
      onWaiting(false, null);
      return reply;
    }
    onWaiting(true, reply === null || reply.status === 423 ? null : await sentenceIn(reply));
    await pause(waitMs, signal);
    signal.throwIfAborted();
    waitMs = Math.min(longestPauseMs, waitMs * 2);
    return null;
  };

  const begin = async (): Promise<{ url: string; done: string | null }> => {
    for (;;) {
      const reply = await request(`${base}/uploads`, {
        method: 'POST',
        headers: {
          'upload-length': String(file.size),
          'upload-metadata': metadata([
            ['filename', options.name],
            ['place', options.place],
            ['file', options.fileId],
          ]),
        },
      });
      if (reply === null) continue;
      const url = reply.headers.get('location');
      if (reply.status !== 201 || url === null) throw new UploadRefused(await sentenceIn(reply));
      onUrl(url);
      return { url, done: reply.headers.get('rapport-file') };
    }
  };
  /** Null: the server knows this upload no more. */
  const progress = async (url: string): Promise<{ offset: number; done: string | null } | null> => {
    for (;;) {
      const reply = await request(url, { method: 'HEAD' });
      if (reply === null) continue;
      if (!reply.ok) return null;
      return { offset: Number(reply.headers.get('upload-offset')), done: reply.headers.get('rapport-file') };
    }
  };
  const read = async (offset: number): Promise<ArrayBuffer> => {
    try {
      return await file.slice(offset, offset + pieceBytes).arrayBuffer();
    } catch {
      throw new UploadRefused(`“${options.name}” cannot be read any more: it was changed, moved or deleted here.`);
    }
  };

  let url = options.url;
  let restarts = 0;
  for (;;) {
    let offset = 0;
    const known = url === null ? null : await progress(url);
    if (url === null || known === null) {
      if (restarts++ > 2) throw new UploadRefused('The server lost the upload again and again. Try again later.');
      const begun = await begin();
      url = begun.url;
      if (begun.done !== null) return begun.done;
    } else if (known.done !== null) return known.done;
    else offset = known.offset;
    onSent(offset);

    const sent = await sendFrom(url, offset);
    if (sent !== null) return sent;
    // Something was in the way: how far did it come?
  }

  /** The file's id; null when it must be asked how far it is. */
  async function sendFrom(to: string, from: number): Promise<string | null> {
    let offset = from;
    for (;;) {
      const piece = await read(offset);
      // Without a secure address there is no checksum; the connection's own must do.
      const digest = globalThis.crypto?.subtle
        ? base64(new Uint8Array(await crypto.subtle.digest('SHA-256', piece)))
        : null;
      const reply = await request(to, {
        method: 'PATCH',
        headers: {
          'content-type': 'application/offset+octet-stream',
          'upload-offset': String(offset),
          ...(digest === null ? {} : { 'upload-checksum': `sha256 ${digest}` }),
        },
        body: piece,
      });
      if (reply === null || reply.status === 409 || reply.status === 460 || reply.status === 404) return null;
      if (!reply.ok) throw new UploadRefused(await sentenceIn(reply));
      const done = reply.headers.get('rapport-file');
      if (done !== null) {
        onSent(file.size);
        return done;
      }
      offset = Number(reply.headers.get('upload-offset'));
      onSent(offset);
    }
  }
}
